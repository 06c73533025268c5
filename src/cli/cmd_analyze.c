/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <unistd.h>

#include "cli/base_option.h"
#include "cli/promise.h"
#include "cli/session.h"
#include "cli/style.h"
#include "report/report.h"
#include "work/analyze.h"

struct analyze_options {
	const char *base;
};

static const struct option options[] = {
	{ .name = "base",
	  .arg = "REF|N|none|auto",
	  .type = OPT_STRING,
	  .kind = VALUE_IMAGE,
	  .at = offsetof(struct analyze_options, base),
	  .help = "which lowest layers are somebody else's: those of an image, "
		  "a number, none, or told from the history",
	  .initial = "auto",
	  .since = "0.1" },
};

/* What to type for what can be won, a line an image. */
struct promises {
	struct buf *v;
	size_t n;
};

static void promises_done(struct promises *p)
{
	for (size_t i = 0; i < p->n; i++)
		buf_done(&p->v[i]);
	free(p->v);
}

static int promise_all(const struct invocation *inv, struct work_analyzed *a,
		       struct promises *p, struct err *err)
{
	const struct analyze_options *opt = inv->options;
	p->v = calloc(a->n + 1, sizeof *p->v);
	if (!p->v)
		return err_nomem(err, a->n * sizeof *p->v);
	for (; p->n < a->n; p->n++) {
		struct buf *line = &p->v[p->n];
		*line = (struct buf)BUF_INIT(1 << 20);
		if (cli_promise_make(inv, opt->base, &a->gains[p->n],
				     &a->v[p->n], line, err) < 0)
			return -1;
	}
	return 0;
}

static int report(struct session *s, const struct work_analyzed *a,
		  struct err *err)
{
	const struct common *c = &s->inv->common;
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << REPORT_MAX_LOG);
	struct text_style style = cli_style_for(c, STDOUT_FILENO);
	const struct report_analyses r = { a->v, a->n, pare_version };
	if (report_analysis(c->format, &r, &style, &out, err) < 0)
		return -1;
	return cli_session_print(s, &out, err);
}

static int run(const struct invocation *inv, struct err *err)
{
	const struct analyze_options *cli = inv->options;
	bool people = inv->common.format->people;
	scoped(cli_session_close) struct session s = { 0 };
	scoped(source_close) struct source *src = NULL;
	scoped(cli_base_option_done) struct base_option base = { 0 };
	scoped(work_analyzed_done) struct work_analyzed a = { 0 };
	scoped(promises_done) struct promises lines = { 0 };
	const struct image_set *set;
	if (cli_session_open(inv, &s, err) < 0 ||
	    work_open_images(&s.work, inv->args[0], &src, &set, err) < 0 ||
	    cli_base_option_open(&s, cli->base, &base, err) < 0)
		return -1;
	const struct work_analyze_options opt = { base.policy, .gain = people };
	if (work_analyze_run(&s.work, set, &opt, &a, err) < 0 ||
	    (people && promise_all(inv, &a, &lines, err) < 0))
		return -1;
	return report(&s, &a, err);
}

const struct command command_analyze = {
	.name = "analyze",
	.summary = "show where the bytes of an image are, and which are dead",
	.description =
		"Reads every layer of IMAGE once, lays them over one another "
		"as an overlay engine does, and tells which stored bytes the "
		"final file system still shows (live) and which no container "
		"will ever see (dead): overwritten, removed, hidden by an "
		"opaque directory, replaced by another type, or stored again "
		"because only mode, owner or times changed.\n\n"
		"IMAGE is a docker archive, an OCI layout (directory or tar), "
		"either compressed or not, or \"-\" for standard input; "
		"transports as skopeo names them pick one kind.",
	.since = "0.1",
	.operands = { { "IMAGE", VALUE_IMAGE, .required = true } },
	.examples = { { "pare analyze app.tar", "text, for people" },
		      { "docker save app | pare analyze -",
			"straight from the engine" },
		      { "pare analyze --format json oci:build:app",
			"for programs" } },
	.options = options,
	.n_options = ARRAY_LEN(options),
	.options_size = sizeof(struct analyze_options),
	.common = COMMON_READ,
	.writes = REPORT_ANALYSIS,
	.run = run,
};
