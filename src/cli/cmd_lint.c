/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/atomic_file.h"
#include "base/nearest.h"
#include "base/sink.h"
#include "cli/lint_files.h"
#include "cli/lint_image.h"
#include "cli/lint_known.h"
#include "cli/lint_option.h"
#include "lint/shellcheck/shellcheck.h"
#include "lint/table.h"
#include "cli/terminal.h"
#include "report/lint.h"
#include "store/cache.h"

enum { STATUS_UNREADABLE = 3 };
enum { REPORT_LOG = 32 };

/* One run of the command. */
struct run {
	const struct invocation *inv;
	const struct lint_options *opt;
	const struct lint_format *format;
	struct lint_files files;
	struct session session; /* when an image is read */
	bool has_session;
	bool has_shellcheck;
	struct lint_image *image;
	struct lint_known known;
	struct sink *out;
	struct atomic_file file, new_baseline; /* -o, --write-baseline */
};

static void run_done(struct run *r)
{
	lint_files_close(&r->files);
	lint_image_close(&r->image);
	lint_known_done(&r->known);
	sink_close(&r->out);
	atomic_file_done(&r->file);
	atomic_file_done(&r->new_baseline);
	if (r->has_session)
		session_close(&r->session);
}

static void note(const struct run *r, const char *text)
{
	if (!r->inv->common.quiet)
		fprintf(stderr, "pare lint: %s\n", text);
}

static int find_files(struct run *r, struct err *err)
{
	static const char *const here[] = { "." };
	const struct invocation *inv = r->inv;
	bool none = inv->n_args == 0;
	if (lint_files_open(r->opt, none ? here : inv->args,
			    none ? 1 : inv->n_args, &r->files, err) < 0)
		return -1;
	const struct lint_targets *t = &r->files.targets;
	for (size_t i = 0; i < t->n_notes && !inv->common.quiet; i++)
		fprintf(stderr,
			"pare lint: %s; what it builds is not looked for\n",
			t->notes[i].text);
	return 0;
}

/* --- what is asked for ---------------------------------------------------- */

/* Before the work, which is lost where it cannot be written. */
static int open_file(struct run *r, const char *path, struct atomic_file *out,
		     struct err *err)
{
	if (atomic_file_open(path, out, err) < 0 ||
	    (!r->inv->common.force &&
	     lint_files_refuse_place(&r->files, &out->at, err) < 0))
		return err_ctx(err, "%s", path);
	return 0;
}

/* -o; NULL: standard output */
static const char *output_of(const struct run *r)
{
	const char *to = r->inv->common.output;
	return to && strcmp(to, "-") != 0 ? to : NULL;
}

static int open_output(struct run *r, struct err *err)
{
	const char *to = output_of(r), *baseline = r->opt->write_baseline;
	if (baseline && open_file(r, baseline, &r->new_baseline, err) < 0)
		return -1;
	if (!to)
		return fd_sink_open(STDOUT_FILENO, "standard output", &r->out,
				    err);
	if (open_file(r, to, &r->file, err) < 0)
		return -1;
	return fd_sink_open(r->file.fd, to, &r->out, err);
}

/* Of the option, else of the first file's configuration. */
static int find_format(struct run *r, struct err *err)
{
	const char *name = r->opt->format;
	struct str said = name ? str_of(name) : (struct str){ 0 };
	const struct lint_setup *u = lint_files_setup(&r->files);
	if (!name && u)
		said = u->config.format;
	r->format = said.n ? lint_format_find(said) : &lint_formats[0];
	if (r->format)
		return 0;
	struct quoted q = str_quoted(said);
	if (!name)
		return err_set(err, ERR_UNSUPPORTED,
			       "%s: there is no format %s here; --format goes "
			       "before it",
			       u->path, q.text);
	struct nearest near = nearest_to(q.text);
	for (size_t i = 0; i < n_lint_formats; i++)
		nearest_try(&near, lint_formats[i].name);
	return err_set(err, ERR_USAGE, "there is no format %s%s", q.text,
		       nearest_hint(&near, "").text);
}

static bool wants_color(const struct run *r)
{
	const struct lint_setup *u = lint_files_setup(&r->files);
	if (r->inv->common.color == COLOR_AUTO && u && u->config.no_color)
		return false;
	return option_color(&r->inv->common, STDOUT_FILENO);
}

static int read_images(struct run *r, struct err *err)
{
	const struct lint_options *opt = r->opt;
	if (!opt->base_image && !opt->image)
		return 0;
	if (session_open(r->inv, &r->session, err) < 0)
		return -1;
	r->has_session = true;
	r->session.work.load.trust_cache = true;
	if (opt->base_image &&
	    lint_base_read(&r->session, opt->base_image, &r->session.work.arena,
			   &r->files.base, err) < 0)
		return err_ctx(err, "--base-image");
	if (opt->image) {
		if (lint_image_open(&r->session, opt->image, &r->image, err) <
		    0)
			return err_ctx(err, "--image");
		r->files.measurer = lint_image_measurer(r->image);
	}
	progress_line_close(&r->session.line);
	return 0;
}

/* --- shellcheck ----------------------------------------------------------- */

/* --shellcheck auto|never|PATH, else the first file's configuration. */
static bool wants_shellcheck(const struct run *r, const char **program)
{
	const struct lint_setup *u = lint_files_setup(&r->files);
	const char *said = r->opt->shellcheck;
	*program = NULL;
	if (!said)
		return !u || !u->config.has_shellcheck || u->config.shellcheck;
	if (strcmp(said, "never") == 0)
		return false;
	if (strcmp(said, "auto") != 0)
		*program = said;
	return true;
}

/* Of the batch that is open. What keeps it from running is said once: then it
 * is not asked again. */
static int run_shellcheck(struct run *r, struct shellcheck_options *o,
			  struct err *err)
{
	if (!r->has_shellcheck)
		return 0;
	int ran = shellcheck_run(r->files.jobs, r->files.n, o, err);
	r->has_shellcheck = ran > 0;
	if (ran >= 0)
		return 0;
	if (err->code == ERR_CANCELLED || err->code == ERR_NOMEM)
		return -1;
	note(r, err->text);
	err_clear(err);
	return 0;
}

static int look(struct run *r, struct err *err)
{
	const struct common *common = &r->inv->common;
	struct shellcheck_options o = {
		.threads = common->jobs ? (unsigned)common->jobs : pool_cpus()
	};
	struct err none = { 0 };
	scoped(cache_close) struct cache *cache = NULL;
	int more;
	r->has_shellcheck = wants_shellcheck(r, &o.program);
	/* Without a cache it is asked about everything. */
	if (r->has_shellcheck && !common->no_cache &&
	    cache_open(NULL, 0, &cache, &none) == 0)
		o.cache = cache;
	while ((more = lint_files_look(&r->files, o.threads, err)) > 0)
		if (run_shellcheck(r, &o, err) < 0 ||
		    lint_files_finish(&r->files, err) < 0)
			return -1;
	return more;
}

/* --- baseline ------------------------------------------------------------- */

static int save_baseline(struct run *r, struct err *err)
{
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << REPORT_LOG);
	if (baseline_write(r->files.results, r->files.n_results, &out, err) < 0)
		return -1;
	if (atomic_file_put(&r->new_baseline, buf_str(&out), err) < 0)
		return err_ctx(err, "%s", r->opt->write_baseline);
	return 0;
}

/* --- the result ----------------------------------------------------------- */

static int put(struct run *r, const struct buf *out, struct err *err)
{
	const char *to = output_of(r);
	if (sink_write(r->out, out->p, out->n, err) < 0 ||
	    sink_finish(r->out, err) < 0)
		return -1;
	if (to && atomic_file_commit(&r->file, err) < 0)
		return err_ctx(err, "%s", to);
	return 0;
}

static int report(struct run *r, struct err *err)
{
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << REPORT_LOG);
	struct lint_report rep = {
		.results = r->files.results,
		.n = r->files.n_results,
		.version = pare_version,
		.baseline = r->known.name,
		.n_known = r->known.n_hidden,
		.color = !r->inv->common.output && wants_color(r),
		.to = r->out,
	};
	if (r->format->put(&rep, &out, err) < 0)
		return -1;
	return put(r, &out, err);
}

/* Files that could not be read are told last, and weigh most. */
static int status_of(const struct run *r)
{
	const struct lint_files *f = &r->files;
	int status = 0;
	for (size_t i = 0; i < f->n_results; i++) {
		const struct lint_result *res = &f->results[i];
		const struct lint_setup *u = f->setups_of[i];
		for (size_t k = 0; k < res->n && u->fail == FAIL_LEVEL; k++)
			if (res->findings[k].severity <= u->fail_level)
				status = 1;
		if (res->must_fail && u->fail != FAIL_NEVER)
			status = 1;
	}
	for (size_t i = 0; i < f->n_results; i++) {
		if (!f->results[i].err)
			continue;
		fprintf(stderr, "pare lint: %s\n", f->results[i].err->text);
		status = STATUS_UNREADABLE;
	}
	return status;
}

static int list_rules(struct run *r, struct err *err)
{
	static const char *const formats[] = { "text", "json", NULL };
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << REPORT_LOG);
	int json = 0;
	if (r->opt->format &&
	    option_choose("--list-rules takes --format", formats,
			  r->opt->format, &json, err) < 0)
		return -1;
	if (open_output(r, err) < 0)
		return -1;
	bool to_file = r->inv->common.output;
	int done =
		json ? report_lint_rules_json(&lint_all_rules, &out, err)
		     : report_lint_rules_text(
			       &lint_all_rules, !to_file && wants_color(r),
			       to_file ? 0
				       : terminal_width_of_list(STDOUT_FILENO),
			       &out, err);
	return done < 0 ? -1 : put(r, &out, err);
}

static int run(const struct invocation *inv, struct err *err)
{
	scoped(run_done) struct run r = { .inv = inv,
					  .opt = inv->options,
					  .file = ATOMIC_FILE_INIT,
					  .new_baseline = ATOMIC_FILE_INIT };
	if (r.opt->list_rules)
		return list_rules(&r, err);
	if (find_files(&r, err) < 0 || open_output(&r, err) < 0 ||
	    find_format(&r, err) < 0 || read_images(&r, err) < 0 ||
	    look(&r, err) < 0)
		return -1;
	if (r.files.targets.n == 0)
		note(&r, "there is no Dockerfile here");
	if (r.opt->write_baseline && save_baseline(&r, err) < 0)
		return -1;
	if (lint_known_hide(&r.known, &r.files, !inv->common.quiet, err) < 0 ||
	    report(&r, err) < 0)
		return -1;
	return status_of(&r);
}

const struct command command_lint = {
	.name = "lint",
	.summary = "find what is wrong, wasteful or unsafe in Dockerfiles",
	.description =
		"Looks at Dockerfiles with hadolint's rules, BuildKit's checks "
		"and its own about bytes that an image does not need. FILE is "
		"a Dockerfile, a directory (the Dockerfiles below it and what "
		"its compose files build; .gitignore is heeded), a compose "
		"file, or \"-\" for standard input; without one, the "
		"directory at hand.\n\n"
		"A configuration is .pare.yaml in the file's directory or "
		"above, else .hadolint.yaml where hadolint looks for it "
		"(docs/lint.md). Rules, their pages and what suppresses a "
		"finding stand in docs/lint/.\n\n"
		"A file that cannot be read ends the run with 3 after the "
		"others were reported.",
	.since = "0.1",
	.operands = { { "FILE", VALUE_FILE, .repeated = true } },
	.examples = { { "pare lint Dockerfile", "text, for people" },
		      { "pare lint .", "every Dockerfile of a repository" },
		      { "pare lint --format sarif -o lint.sarif .",
			"for code scanning" },
		      { "pare lint --select PARE --image app.tar Dockerfile",
			"waste alone, with the bytes it has in an image" },
		      { "pare lint --fail-on error --severity warning -",
			"a gate that reads standard input" } },
	.options = lint_option_table,
	.n_options = LINT_OPTIONS,
	.options_size = sizeof(struct lint_options),
	.common = COMMON_OUTPUT | COMMON_FORCE | COMMON_JOBS | COMMON_QUIET |
		  COMMON_COLOR | COMMON_CACHE | COMMON_LIMIT,
	.exit_one = "a finding reaches --fail-on",
	.run = run,
};
