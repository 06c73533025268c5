/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/atomic_file.h"
#include "base/pool.h"
#include "cli/build_arg.h"
#include "cli/context_name.h"
#include "cli/option.h"
#include "cli/print.h"
#include "cli/terminal.h"
#include "report/context.h"
#include "report/human.h"

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
	  .parse = build_arg_parse,
	  .at = offsetof(struct context_options, args),
	  .help = BUILD_ARG_HELP,
	  .since = "0.1" },
	{ .name = "builder",
	  .type = OPT_ENUM,
	  .choices = builders,
	  .at = offsetof(struct context_options, builder),
	  .help = "whose ignore file counts: podman prefers .containerignore, "
		  "docker does not read it",
	  .initial = "podman where its ignore file alone is there, else docker",
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
	struct context_files f;
	struct context c;
};

static void job_done(struct job *j)
{
	context_done(&j->c);
	context_files_done(&j->f);
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

/* A build fails on them, unless they are excluded. */
static void warn_unread(const struct job *j)
{
	const struct context_tree *t = &j->c.tree;
	size_t n = 0;
	for (size_t i = 0; i < t->n_unread; i++) {
		scoped(buf_done) struct buf path = BUF_INIT(UINT32_MAX);
		struct err ignored = { 0 };
		uint32_t e = t->unread[i].entry;
		if (j->c.verdicts[e].excluded || ++n > UNREAD_SHOWN)
			continue;
		if (context_path(t, CONTEXT_ROOT, e, &path, &ignored) == 0)
			warn(j, "%s: cannot be read: %s",
			     path.n ? str_quoted(buf_str(&path)).text : ".",
			     strerror(t->unread[i].sys));
	}
	if (n > UNREAD_SHOWN)
		warn(j, "and %s more that cannot be read",
		     human_things(n - UNREAD_SHOWN, "directory", "directories")
			     .text);
}

static int look(struct job *j, struct err *err)
{
	const struct common *com = &j->inv->common;
	unsigned threads = com->jobs ? (unsigned)com->jobs : pool_cpus();
	struct str target =
		j->opt->target ? str_of(j->opt->target) : (struct str){ 0 };
	if (target.n && !j->f.has_dockerfile)
		return err_set(err, ERR_NOT_FOUND,
			       "--target %s: there is no Dockerfile that could "
			       "have it",
			       str_quoted(target).text);
	if (context_read(j->f.rootfd, threads, &com->limits, &j->c, err) < 0)
		return -1;
	if (context_read_ignore(&j->c, buf_str(&j->f.ignore), err) < 0)
		return err_ctx(err, "%s", j->f.ignore_name.p);
	warn_unread(j);
	if (j->f.has_dockerfile &&
	    context_read_dockerfile(&j->c, buf_str(&j->f.dockerfile), target,
				    j->opt->args.v, j->opt->args.n, err) < 0)
		return err_ctx(err, "%s",
			       j->f.dockerfile_name.n ? j->f.dockerfile_name.p
						      : "-");
	if (j->f.shared && context_files_others(&j->f, &j->c, err) < 0)
		return -1;
	if (j->c.problem.line)
		warn(j, "%s:%u:%u: %s",
		     j->f.dockerfile_name.n ? j->f.dockerfile_name.p : "-",
		     j->c.problem.line, j->c.problem.column,
		     j->c.problem.message);
	bool is_new = j->f.shared && !j->f.has_ignore;
	return context_conclude(&j->c, is_new ? j->f.ignore_base : NULL, err);
}

/* A link that leads out of its directory is not the context's to follow, and
 * lines that someone wrote meanwhile stay. */
static int write_rules(const struct job *j, struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(UINT32_MAX / 2);
	const struct context_files *f = &j->f;
	if (context_compose_ignore(buf_str(&f->ignore), &j->c.advice, &text,
				   err) < 0)
		return -1;
	if (atomic_file_save_found(f->ignore_dir, f->ignore_base,
				   f->has_ignore ? &f->ignore_id : NULL,
				   buf_str(&text), err) < 0)
		return err_ctx(err, "%s", f->ignore_name.p);
	return 0;
}

static struct context_page page_of(const struct job *j)
{
	return (struct context_page){
		.root = str_of(j->f.dir),
		.builder = j->f.builder == BUILDER_PODMAN ? "podman" : "docker",
		.dockerfile = !j->f.has_dockerfile ? STR("")
			      : j->f.dockerfile_name.n
				      ? buf_str(&j->f.dockerfile_name)
				      : STR("-"),
		.ignore_file = buf_str(&j->f.ignore_name),
		.ignore_exists = j->f.has_ignore,
		.depth = (unsigned)j->opt->depth,
	};
}

static int answer_why(struct job *j, struct buf *out, struct err *err)
{
	scoped(ignore_done) struct ignore ig = { 0 };
	struct arena a = { 0 };
	struct str path;
	if (ignore_parse(buf_str(&j->f.ignore), &ig, err) < 0)
		return err_ctx(err, "%s", j->f.ignore_name.p);
	int r = context_clean_path(str_of(j->opt->why), &a, &path, err);
	struct context_why w = {
		.ig = &ig,
		.text = buf_str(&j->f.ignore),
		.ignore_file =
			j->f.has_ignore ? buf_str(&j->f.ignore_name) : STR(""),
		.path = path,
	};
	if (r == 0)
		r = report_context_why(&w, j->inv->common.format == FORMAT_JSON,
				       out, err);
	arena_done(&a);
	return r < 0 ? -1 : print_result(buf_str(out), err);
}

static int report(const struct job *j, const struct context_page *p,
		  struct buf *out, struct err *err)
{
	const struct common *com = &j->inv->common;
	struct context_style style = { option_color(com, STDOUT_FILENO),
				       com->verbose,
				       terminal_width(STDOUT_FILENO) };
	int r;
	if (com->format == FORMAT_JSON)
		r = report_context_json(&j->c, p, out, err);
	else if (j->opt->diff)
		r = report_context_diff(&j->c, p, out, err);
	else if (j->opt->write)
		r = report_context_written(&j->c, p, out, err);
	else
		r = report_context_text(&j->c, p, &style, out, err);
	return r < 0 ? -1 : print_result(buf_str(out), err);
}

static int run(const struct invocation *inv, struct err *err)
{
	scoped(job_done) struct job j = { .inv = inv,
					  .opt = inv->options,
					  .f = CONTEXT_FILES_INIT };
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << 34);
	scoped(buf_done) struct buf patch_name = BUF_INIT(1 << 16);
	const struct context_options *opt = j.opt;
	j.f.dir = inv->n_args ? inv->args[0] : ".";
	j.f.file = opt->file;
	j.f.builder = (enum builder)(opt->builder + 1);
	if ((opt->why != NULL) + opt->write + opt->diff > 1)
		return err_set(err, ERR_USAGE,
			       "one of --why, --write and --diff");
	if (context_files_read(&j.f, err) < 0)
		return -1;
	if (j.f.passed_over.n)
		warn(&j,
		     "%s is passed over, as docker does; podman reads it and "
		     "not %s: --builder says which counts",
		     j.f.passed_over.p, j.f.ignore_name.p);
	if (opt->why)
		return answer_why(&j, &out, err);
	if (look(&j, err) < 0)
		return -1;
	struct context_page p = page_of(&j);
	if ((opt->write || opt->diff) && j.c.problem.line)
		return err_set(err, ERR_CORRUPT,
			       "%.*s:%u:%u: %s; what it copies is not known",
			       STR_ARG(p.dockerfile), j.c.problem.line,
			       j.c.problem.column, j.c.problem.message);
	if (opt->write && j.c.advice.n) {
		if (write_rules(&j, err) < 0)
			return -1;
		p.written = true;
	}
	if (opt->diff && context_patch_name(&j.f, &patch_name, err) < 0)
		return -1;
	p.patch_name = buf_str(&patch_name);
	if (report(&j, &p, &out, err) < 0)
		return -1;
	return opt->diff && j.c.advice.n ? 1 : 0;
}

const struct command command_context = {
	.name = "context",
	.summary = "what is sent to the builder, and what of it is too much",
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
		"stay as they are, and a second run changes nothing. See "
		"docs/context.md.",
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
	.exit_one = "--diff: --write would change something",
	.run = run,
};
