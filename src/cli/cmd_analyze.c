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
	unsigned show; /* SHOW_LAYERS, ... */
	int64_t top, depth;
};

static const struct {
	const char *name;
	unsigned parts;
} parts[] = {
	{ "layers", SHOW_LAYERS }, { "files", SHOW_FILES },
	{ "tree", SHOW_TREE },	   { "findings", SHOW_FINDINGS },
	{ "all", SHOW_ALL },
};
static const char *const part_names[] = { "layers",   "files", "tree",
					  "findings", "all",   NULL };

static int read_show(const char *value, void *target, struct err *err)
{
	unsigned *show = target;
	struct str name, rest = str_of(value);
	for (bool more = true; more;) {
		size_t i = 0;
		more = str_cut(rest, ',', &name, &rest);
		if (!more)
			name = rest;
		while (i < ARRAY_LEN(parts) && !str_eqz(name, parts[i].name))
			i++;
		if (i == ARRAY_LEN(parts))
			return err_set(err, ERR_USAGE,
				       "--show takes layers, files, tree, "
				       "findings or all, not %s",
				       str_quoted(name).text);
		*show |= parts[i].parts;
	}
	return 0;
}

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
	{ .name = "show",
	  .arg = "PARTS",
	  .type = OPT_PARSED,
	  .parse = read_show,
	  .choices = part_names,
	  .at = offsetof(struct analyze_options, show),
	  .help = "parts of the text, whole and the costliest first: layers, "
		  "files, tree, findings, all",
	  .initial = "one screen that sums it up",
	  .since = "0.1" },
	{ .name = "top",
	  .arg = "N",
	  .type = OPT_INT,
	  .min = 1,
	  .max = INT32_MAX,
	  .at = offsetof(struct analyze_options, top),
	  .help = "at most N rows of each part that --show names",
	  .initial = "all of them",
	  .since = "0.1" },
	{ .name = "depth",
	  .arg = "N",
	  .type = OPT_INT,
	  .min = 1,
	  .max = INT32_MAX,
	  .at = offsetof(struct analyze_options, depth),
	  .help = "directories of --show tree down to the Nth below the root",
	  .initial = "3",
	  .since = "0.1" },
};

/* What to type for what can be won: an element an image. */
struct promised {
	struct promises *v;
	size_t n;
};

static void promised_done(struct promised *p)
{
	for (size_t i = 0; i < p->n; i++)
		cli_promises_done(&p->v[i]);
	free(p->v);
}

static int promise_all(const struct invocation *inv, struct work_analyzed *a,
		       struct promised *p, struct err *err)
{
	const struct analyze_options *opt = inv->options;
	p->v = calloc(a->n + 1, sizeof *p->v);
	if (!p->v)
		return err_nomem(err, a->n * sizeof *p->v);
	for (; p->n < a->n; p->n++)
		if (cli_promises_make(inv, opt->base, &a->v[p->n], &p->v[p->n],
				      err) < 0)
			return -1;
	return 0;
}

static int report(struct session *s, const struct work_analyzed *a,
		  struct err *err)
{
	const struct common *c = &s->inv->common;
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << REPORT_MAX_LOG);
	struct text_style style = cli_style_for(c, STDOUT_FILENO);
	const struct analyze_options *opt = s->inv->options;
	const struct report_analyses r = {
		.v = a->v,
		.n = a->n,
		.show = { opt->show, (unsigned)opt->top, (unsigned)opt->depth },
		.version = pare_version,
	};
	if (report_analysis(c->format, &r, &style, &out, err) < 0)
		return -1;
	return cli_session_print(s, &out, err);
}

static int run(const struct invocation *inv, struct err *err)
{
	const struct analyze_options *cli = inv->options;
	/* Formats of findings alone have no place for them. */
	bool wins = inv->common.format->analysis;
	scoped(cli_session_close) struct session s = { 0 };
	scoped(source_close) struct source *src = NULL;
	scoped(cli_base_option_done) struct base_option base = { 0 };
	scoped(work_analyzed_done) struct work_analyzed a = { 0 };
	scoped(promised_done) struct promised lines = { 0 };
	const struct image_set *set;
	if (cli_session_open(inv, &s, err) < 0 ||
	    work_open_images(&s.work, inv->args[0], &src, &set, err) < 0 ||
	    cli_base_option_open(&s, cli->base, &base, err) < 0)
		return -1;
	const struct work_analyze_options opt = { base.policy, .wins = wins };
	if (work_analyze_run(&s.work, set, &opt, &a, err) < 0 ||
	    (wins && promise_all(inv, &a, &lines, err) < 0))
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
		"The text is one screen: how much of the image can go, the "
		"commands that take it out, each with exactly what it wins "
		"(after the first, what it wins beyond that), the "
		"instructions that store most, and the largest live "
		"directories and files. A directory gives way to those below "
		"it when one of them has more than a third of its bytes. "
		"Findings are told where there is room for them, else counted. "
		"--show gives the parts whole.\n\n"
		"IMAGE is a docker archive, an OCI layout (directory or tar), "
		"either compressed or not, or \"-\" for standard input; "
		"transports as skopeo names them pick one kind.",
	.since = "0.1",
	.operands = { { "IMAGE", VALUE_IMAGE, .required = true } },
	.examples = { { "pare analyze app.tar", "what makes it big" },
		      { "pare analyze --show tree --depth 4 app.tar",
			"live bytes by directory" },
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
