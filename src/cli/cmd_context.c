/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/build_arg.h"
#include "cli/option.h"
#include "cli/print.h"
#include "cli/style.h"
#include "report/context.h"
#include "report/human.h"
#include "work/context.h"
#include "work/context_name.h"

enum { UNREAD_SHOWN = 10 };

struct context_options {
	const char *file, *target, *why;
	struct build_args args;
	int64_t depth;
	bool write, diff;
	int builder; /* an index into builders; -1: not said */
};

static const char *const builders[] = { "docker", "podman", NULL };

static const struct context_options defaults = { .depth = 1, .builder = -1 };

static const struct option options[] = {
	{ .name = "file",
	  .letter = 'f',
	  .arg = "DOCKERFILE",
	  .type = OPT_STRING,
	  .kind = VALUE_FILE,
	  .at = offsetof(struct context_options, file),
	  .help = "the Dockerfile, from here or else from DIR; - is stdin",
	  .initial = "DIR/Dockerfile",
	  .since = "0.1" },
	{ .name = "target",
	  .arg = "STAGE",
	  .type = OPT_STRING,
	  .at = offsetof(struct context_options, target),
	  .help = "the stage that is built",
	  .initial = "the last one",
	  .since = "0.1" },
	{ .name = "build-arg",
	  .arg = "NAME[=VALUE]",
	  .type = OPT_PARSED,
	  .parse = cli_build_arg_parse,
	  .at = offsetof(struct context_options, args),
	  .help = BUILD_ARG_HELP,
	  .since = "0.1" },
	{ .name = "builder",
	  .type = OPT_ENUM,
	  .choices = builders,
	  .at = offsetof(struct context_options, builder),
	  .help = "whose ignore file counts: podman prefers .containerignore, "
		  "docker does not read it",
	  .initial = "podman where its files alone are there, else docker",
	  .since = "0.1" },
	{ .name = "why",
	  .arg = "PATH",
	  .type = OPT_STRING,
	  .kind = VALUE_FILE,
	  .at = offsetof(struct context_options, why),
	  .help = "is PATH (relative to DIR) sent, and which pattern says so",
	  .since = "0.1" },
	{ .name = "write",
	  .type = OPT_FLAG,
	  .at = offsetof(struct context_options, write),
	  .help = "make the ignore file, or add lines to it",
	  .since = "0.1" },
	{ .name = "diff",
	  .type = OPT_FLAG,
	  .at = offsetof(struct context_options, diff),
	  .help = "show what --write would change, and change nothing",
	  .since = "0.1" },
	{ .name = "depth",
	  .arg = "N",
	  .type = OPT_INT,
	  .at = offsetof(struct context_options, depth),
	  .min = 0,
	  .max = 1000,
	  .help = "how deep the list of directories goes",
	  .initial = "1",
	  .since = "0.1" },
};

/* One use of the command. */
struct job {
	const struct invocation *inv;
	const struct context_options *opt;
	struct work_context w;
};

static void job_done(struct job *j)
{
	work_context_done(&j->w);
}

static void warn(const struct job *j, const char *fmt, ...) printf_like(2, 3);
static void warn(const struct job *j, const char *fmt, ...)
{
	va_list ap;
	if (j->inv->common.quiet)
		return;
	va_start(ap, fmt);
	fputs("pare context: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
}

static void hear_note(void *self, enum work_level level, const char *text)
{
	if (level >= WORK_NOTE)
		warn(self, "%s", text);
}

/* A build fails on them, unless they are excluded. */
static void warn_unread(const struct job *j)
{
	const struct context *c = &j->w.c;
	const struct context_tree *t = &c->tree;
	size_t n = 0;
	for (size_t i = 0; i < t->n_unread; i++) {
		scoped(buf_done) struct buf path = BUF_INIT(UINT32_MAX);
		struct err ignored = { 0 };
		uint32_t e = t->unread[i].entry;
		if (c->verdicts[e].excluded || ++n > UNREAD_SHOWN)
			continue;
		if (context_path(t, CONTEXT_ROOT, e, &path, &ignored) == 0)
			warn(j, "%s: cannot be read: %s",
			     path.n ? str_quoted(buf_str(&path)).text : ".",
			     strerror(t->unread[i].sys));
	}
	if (n > UNREAD_SHOWN)
		warn(j, "and %s more that cannot be read",
		     report_human_things(n - UNREAD_SHOWN, "directory",
					 "directories")
			     .text);
}

static int open_context(struct job *j, struct err *err)
{
	const struct invocation *inv = j->inv;
	const struct work_context_options opt = {
		.dir = inv->n_args ? inv->args[0] : ".",
		.file = j->opt->file,
		.target = j->opt->target,
		.builder = (enum builder)(j->opt->builder + 1),
		.args = j->opt->args.v,
		.n_args = j->opt->args.n,
		.limits = &inv->common.limits,
		.threads = (unsigned)inv->common.jobs,
		.events = { .note = hear_note, .self = j },
	};
	return work_context_open(&opt, &j->w, err);
}

static int look(struct job *j, struct err *err)
{
	const struct context *c = &j->w.c;
	if (work_context_walk(&j->w, err) < 0)
		return -1;
	warn_unread(j);
	if (work_context_judge(&j->w, err) < 0)
		return -1;
	if (c->problem.line)
		warn(j, "%.*s:%u:%u: %s",
		     STR_ARG(work_context_dockerfile(&j->w)), c->problem.line,
		     c->problem.column, c->problem.message);
	return 0;
}

static struct report_context page_of(const struct job *j)
{
	const struct context_files *f = &j->w.files;
	return (struct report_context){
		.c = &j->w.c,
		.show = j->opt->diff	? CONTEXT_DIFF
			: j->opt->write ? CONTEXT_WRITTEN
					: CONTEXT_FOUND,
		.root = str_of(f->dir),
		.builder = f->builder == BUILDER_PODMAN ? "podman" : "docker",
		.dockerfile = work_context_dockerfile(&j->w),
		.ignore_file = buf_str(&f->ignore_name),
		.ignore_exists = f->has_ignore,
		.depth = (unsigned)j->opt->depth,
	};
}

static int answer_why(struct job *j, struct buf *out, struct err *err)
{
	const struct context_files *f = &j->w.files;
	scoped(work_why_done) struct work_why why = { 0 };
	if (work_context_why(&j->w, j->opt->why, &why, err) < 0)
		return -1;
	struct context_why w = {
		.ig = &why.patterns,
		.text = buf_str(&f->ignore),
		.ignore_file =
			f->has_ignore ? buf_str(&f->ignore_name) : STR(""),
		.path = why.path,
	};
	if (j->inv->common.format->context_why(&w, out, err) < 0)
		return -1;
	return cli_print_result(buf_str(out), err);
}

static int report(const struct job *j, const struct report_context *p,
		  struct buf *out, struct err *err)
{
	const struct common *com = &j->inv->common;
	struct text_style style = cli_style_for(com, STDOUT_FILENO);
	if (com->format->context(p, &style, out, err) < 0)
		return -1;
	return cli_print_result(buf_str(out), err);
}

/* What --write and --diff do before the report. */
static int change(struct job *j, struct report_context *p,
		  struct buf *patch_name, struct err *err)
{
	const struct context_options *opt = j->opt;
	if (!opt->write && !opt->diff)
		return 0;
	if (work_context_check(&j->w, err) < 0)
		return -1;
	if (opt->diff) {
		if (work_context_patch_name(&j->w.files, patch_name, err) < 0)
			return -1;
		p->patch_name = buf_str(patch_name);
		return 0;
	}
	p->written = j->w.c.advice.n > 0;
	return work_context_write(&j->w, err);
}

static int run(const struct invocation *inv, struct err *err)
{
	scoped(job_done) struct job j = { .inv = inv,
					  .opt = inv->options,
					  .w = WORK_CONTEXT_INIT };
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << 34);
	scoped(buf_done) struct buf patch_name = BUF_INIT(1 << 16);
	const struct context_options *opt = j.opt;
	if ((opt->why != NULL) + opt->write + opt->diff > 1)
		return err_set(err, ERR_USAGE,
			       "one of --why, --write and --diff");
	if (open_context(&j, err) < 0)
		return -1;
	if (opt->why)
		return answer_why(&j, &out, err);
	if (look(&j, err) < 0)
		return -1;
	struct report_context p = page_of(&j);
	if (change(&j, &p, &patch_name, err) < 0 ||
	    report(&j, &p, &out, err) < 0)
		return -1;
	return opt->diff && j.w.c.advice.n ? 1 : 0;
}

const struct command command_context = {
	.name = "context",
	.summary = "shows the build context and what could be excluded",
	.description =
		"Reads the ignore file as the builder does (NAME.dockerignore "
		"beside the Dockerfile, else DIR/.dockerignore; podman's "
		"names, too) and tells how "
		"many files and bytes of DIR (without one, the directory at "
		"hand) are sent, why they may be too "
		"much, what each COPY, ADD and bind mount takes, and what is "
		"sent but never copied.\n\n"
		"--write adds lines to the ignore file, or makes one. What a "
		"COPY names is never left out; where a COPY takes the whole "
		"context, only what no image needs is. Lines that are there "
		"stay as they are, and a second run changes nothing.",
	.since = "0.1",
	.operands = { { .name = "DIR", .kind = VALUE_DIR } },
	.examples = { { "pare context", "what docker build . would send" },
		      { "pare context . -f build/Dockerfile --target test",
			"for one stage of another Dockerfile" },
		      { "pare context . --why src/app.log",
			"is it sent, and which line says so" },
		      { "pare context . --diff", "a better .dockerignore" },
		      { "pare context . --write", "the same, done" } },
	.options = options,
	.n_options = ARRAY_LEN(options),
	.defaults = &defaults,
	.options_size = sizeof(struct context_options),
	.common = COMMON_FORMAT | COMMON_JOBS | COMMON_LIMIT | COMMON_QUIET |
		  COMMON_VERBOSE | COMMON_COLOR,
	.writes = REPORT_CONTEXT,
	.exit_one = "--diff: --write would change something",
	.run = run,
};
