/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/atomic_file.h"
#include "base/nearest.h"
#include "base/sink.h"
#include "cli/lint_option.h"
#include "cli/session.h"
#include "cli/terminal.h"
#include "lint/config/choice.h"
#include "lint/pages.h"
#include "lint/suppress/baseline.h"
#include "lint/table.h"
#include "report/findings.h"

enum { STATUS_UNREADABLE = 3 };
enum { REPORT_LOG = 32 };

/* One run of the command. */
struct run {
	const struct invocation *inv;
	const struct lint_options *opt;
	const struct report_format *format;
	struct work_lint_options work_opt;
	struct work_lint *work;
	struct session session; /* when an image is read */
	bool has_session;
	struct sink *out;
	struct atomic_file file, new_baseline; /* -o, --write-baseline */
};

static void run_done(struct run *r)
{
	work_lint_close(&r->work);
	sink_close(&r->out);
	atomic_file_done(&r->file);
	atomic_file_done(&r->new_baseline);
	if (r->has_session)
		cli_session_close(&r->session);
}

static void hear_note(void *self, enum work_level level, const char *text)
{
	const struct run *r = self;
	if (level >= WORK_NOTE && !r->inv->common.quiet)
		fprintf(stderr, "pare lint: %s\n", text);
}

static int find_files(struct run *r, struct err *err)
{
	r->work_opt = cli_lint_option_work(r->inv);
	r->work_opt.events =
		(struct work_events){ .note = hear_note, .self = r };
	return work_lint_open(&r->work_opt, &r->work, err);
}

/* --- what is asked for ---------------------------------------------------- */

/* Before the work, which is lost where it cannot be written. */
static int open_file(struct run *r, const char *path, struct atomic_file *out,
		     struct err *err)
{
	if (atomic_file_open(path, out, err) < 0 ||
	    (!r->inv->common.force && r->work &&
	     work_lint_refuse_place(r->work, &out->at, err) < 0))
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
	const char *name = r->opt->format, *path;
	const struct lint_config *c = work_lint_config(r->work, &path);
	struct str said = name ? str_of(name) : (struct str){ 0 };
	if (!name && c)
		said = c->format;
	r->format = said.n ? report_format_find(REPORT_FINDINGS, said)
			   : report_format_at(REPORT_FINDINGS, 0);
	if (r->format)
		return 0;
	struct quoted q = str_quoted(said);
	if (!name)
		return err_set(err, ERR_UNSUPPORTED,
			       "%s: there is no format %s here; --format goes "
			       "before it",
			       path, q.text);
	struct nearest near = nearest_to(q.text);
	const struct report_format *f;
	for (size_t i = 0; (f = report_format_at(REPORT_FINDINGS, i)); i++)
		nearest_try(&near, f->name);
	return err_set(err, ERR_USAGE, "there is no format %s%s", q.text,
		       nearest_hint(&near, "").text);
}

/* Without files (--list-rules) no configuration has a say. */
static bool wants_color(const struct run *r)
{
	const char *path;
	const struct lint_config *c =
		r->work ? work_lint_config(r->work, &path) : NULL;
	if (r->inv->common.color == COLOR_AUTO && c && c->no_color)
		return false;
	return cli_option_color(&r->inv->common, STDOUT_FILENO);
}

static int read_images(struct run *r, struct err *err)
{
	if (!r->opt->base_image && !r->opt->image)
		return 0;
	if (cli_session_open(r->inv, &r->session, err) < 0)
		return -1;
	r->has_session = true;
	if (work_lint_images(r->work, &r->session.work, err) < 0)
		return -1;
	cli_progress_line_close(&r->session.line);
	return 0;
}

/* --- the result ----------------------------------------------------------- */

static int save_baseline(struct run *r, struct err *err)
{
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << REPORT_LOG);
	struct work_lint_results res = work_lint_results(r->work);
	if (!r->opt->write_baseline)
		return 0;
	if (lint_baseline_write(res.v, res.n, &out, err) < 0)
		return -1;
	if (atomic_file_put(&r->new_baseline, buf_str(&out), err) < 0)
		return err_ctx(err, "%s", r->opt->write_baseline);
	return 0;
}

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
	struct work_lint_results res = work_lint_results(r->work);
	struct report_findings rep = {
		.command = "lint",
		.results = res.v,
		.n = res.n,
		.version = pare_version,
		.baseline = res.baseline,
		.n_known = res.n_known,
		.by_bytes = res.by_bytes,
		.to = r->out,
	};
	const struct text_style style = {
		.color = !r->inv->common.output && wants_color(r),
	};
	if (r->format->findings(&rep, &style, &out, err) < 0)
		return -1;
	return put(r, &out, err);
}

/* "." is where the user is. */
static void tell_empty(struct str dir)
{
	bool here = str_eqz(dir, ".");
	fprintf(stderr, "pare lint: %s%sthere is no Dockerfile here\n",
		here ? "" : dir.p, here ? "" : ": ");
}

/* What could not be read or found is told last, and weighs most. */
static int status_of(const struct run *r)
{
	struct work_lint_results res = work_lint_results(r->work);
	int status = work_lint_fails(r->work) ? 1 : 0;
	for (size_t i = 0; i < res.n; i++) {
		if (!res.v[i].err)
			continue;
		fprintf(stderr, "pare lint: %s\n", res.v[i].err->text);
		status = STATUS_UNREADABLE;
	}
	for (size_t i = 0; i < res.n_empty; i++) {
		tell_empty(res.empty[i]);
		status = STATUS_UNREADABLE;
	}
	return status;
}

/* A format that the rules do not have is told with those that they have. */
static int find_rules_format(struct run *r, struct err *err)
{
	const struct report_format *f;
	const char *names[OPTION_CHOICES_MAX + 1];
	size_t n = 0;
	int i = 0;
	for (; (f = report_format_at(REPORT_RULES, n)); n++)
		names[n] = f->name;
	names[n] = NULL;
	if (r->opt->format &&
	    cli_option_choose("--list-rules takes --format", names,
			      r->opt->format, &i, err) < 0)
		return -1;
	r->format = report_format_at(REPORT_RULES, (size_t)i);
	return 0;
}

static int list_rules(struct run *r, struct err *err)
{
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << REPORT_LOG);
	if (find_rules_format(r, err) < 0 || open_output(r, err) < 0)
		return -1;
	bool to_file = r->inv->common.output;
	const struct text_style style = {
		.color = !to_file && wants_color(r),
		.width =
			to_file ? 0 : cli_terminal_width_of_list(STDOUT_FILENO),
	};
	if (r->format->rules(&lint_all_rules, &style, &out, err) < 0)
		return -1;
	return put(r, &out, err);
}

/* shellcheck's codes have their pages elsewhere. */
static int put_page(const struct run *r, const char *name, struct buf *out,
		    struct err *err)
{
	struct str rule = str_of(name);
	const struct text_style style = {
		.color = !r->inv->common.output && wants_color(r),
	};
	if (lint_page(rule).n)
		return report_explain(rule, &style, out, err);
	if (lint_name_is_shellcheck(rule))
		return buf_addf(out, err,
				"https://www.shellcheck.net/wiki/SC%s\n",
				name + 2);
	return err_set(err, ERR_USAGE, "--explain: no rule is called %s%s",
		       str_quoted(rule).text,
		       lint_name_hint(&lint_all_rules, rule).text);
}

static int explain(struct run *r, struct err *err)
{
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << REPORT_LOG);
	if (put_page(r, r->opt->explain, &out, err) < 0 ||
	    open_output(r, err) < 0)
		return -1;
	return put(r, &out, err);
}

static int run(const struct invocation *inv, struct err *err)
{
	scoped(run_done) struct run r = { .inv = inv,
					  .opt = inv->options,
					  .file = ATOMIC_FILE_INIT,
					  .new_baseline = ATOMIC_FILE_INIT };
	if (r.opt->explain)
		return explain(&r, err);
	if (r.opt->list_rules)
		return list_rules(&r, err);
	if (find_files(&r, err) < 0 || open_output(&r, err) < 0 ||
	    find_format(&r, err) < 0 || read_images(&r, err) < 0 ||
	    work_lint_run(r.work, err) < 0)
		return -1;
	struct work_lint_results res = work_lint_results(r.work);
	if (res.n == 0 && res.n_empty == 0)
		hear_note(&r, WORK_NOTE, "there is no Dockerfile here");
	if (save_baseline(&r, err) < 0 ||
	    work_lint_hide_known(r.work, err) < 0 ||
	    work_lint_sort(r.work, err) < 0 || report(&r, err) < 0)
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
		"above, else .hadolint.yaml where hadolint looks for it. "
		"--list-rules tells the rules, --explain RULE what one finds, "
		"why, and what to write instead. A comment "
		"\"# pare:ignore RULE reason\" above an instruction "
		"suppresses its findings.\n\n"
		"A file that cannot be read, or a directory without a "
		"Dockerfile, ends the run with 3 after the others were "
		"reported.",
	.since = "0.1",
	.operands = { { "FILE", VALUE_FILE, .repeated = true } },
	.examples = { { "pare lint Dockerfile", "text, for people" },
		      { "pare lint .", "every Dockerfile of a repository" },
		      { "pare lint --explain DL3008", "what a rule is about" },
		      { "pare lint --format sarif -o lint.sarif .",
			"for code scanning" },
		      { "pare lint --select PARE --image app.tar Dockerfile",
			"waste alone, with the bytes it has in an image" },
		      { "pare lint --fail-on error --severity warning -",
			"a gate that reads standard input" } },
	.writes = REPORT_FINDINGS,
	.options = lint_option_table,
	.n_options = LINT_OPTIONS,
	.options_size = sizeof(struct lint_options),
	.common = COMMON_OUTPUT | COMMON_FORCE | COMMON_JOBS | COMMON_QUIET |
		  COMMON_COLOR | COMMON_CACHE | COMMON_LIMIT,
	.exit_one = "a finding reaches --fail-on",
	.run = run,
};
