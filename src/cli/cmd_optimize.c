/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/size.h"
#include "cli/print.h"
#include "cli/rewrite.h"
#include "cli/style.h"
#include "report/report.h"

enum { PERCENT_DIGITS = 4 };

struct optimize_cli {
	struct rewrite_cli rewrite;
	struct option_list drop;
	const char *removed, *previous;
	bool drop_list, recompress;
	struct min_gain {
		uint64_t bytes;
		uint32_t ppm;
	} min_gain;
};

static const struct optimize_cli defaults = {
	.min_gain = { .bytes = WORK_MIN_GAIN_BYTES, .ppm = WORK_MIN_GAIN_PPM },
};

/* "2", "0.5": per cent in millionths of the whole, at most all of it. 1: *ppm is
 * set; 0: it is no percentage; -1: one that is too fine to be kept. */
static int parse_percent(struct str text, uint32_t *ppm, struct err *err)
{
	uint64_t whole, fraction = 0;
	struct str part = { 0 };
	bool has_point = str_cut(text, '.', &text, &part);
	if (!str_to_u64(text, &whole) || whole > 100 ||
	    (has_point && !str_to_u64(part, &fraction)))
		return 0;
	if (part.n > PERCENT_DIGITS)
		return err_set(err, ERR_USAGE,
			       "--min-gain takes no more than four digits "
			       "behind the point of a per cent");
	for (size_t i = part.n; i < PERCENT_DIGITS; i++)
		fraction *= 10;
	*ppm = (uint32_t)(whole * 10000 + fraction);
	return *ppm <= 1000000;
}

/* A size, "P%", or both: "P%,SIZE". */
static int parse_min_gain(const char *value, void *target, struct err *err)
{
	struct min_gain g = { 0 };
	struct str rest = str_of(value), part;
	bool more = true;
	while (more) {
		more = str_cut(rest, ',', &part, &rest);
		if (!more)
			part = rest;
		bool is_pct = str_ends(part, STR("%"));
		struct str digits = { part.p, part.n - is_pct };
		int good = is_pct ? parse_percent(digits, &g.ppm, err)
				  : size_parse(part, &g.bytes);
		if (good < 0)
			return -1;
		if (!good)
			return err_set(err, ERR_USAGE,
				       "--min-gain takes bytes (1M, 512KiB), a "
				       "part of the layer (2%%) or both "
				       "(2%%,1M), not \"%s\"",
				       str_quoted(str_of(value)).text);
	}
	*(struct min_gain *)target = g;
	return 0;
}

static const struct option options[] = {
	REWRITE_BASE("auto"),
	REWRITE_COMPRESSION,
	{ .name = "recompress",
	  .type = OPT_FLAG,
	  .at = offsetof(struct optimize_cli, recompress),
	  .help = "recompress kept layers, too; their DiffIDs stay, their "
		  "digests change",
	  .since = "0.1" },
	REWRITE_LONG,
	REWRITE_ORDER,
	{ .name = "previous",
	  .arg = "IMAGE",
	  .type = OPT_STRING,
	  .kind = VALUE_IMAGE,
	  .at = offsetof(struct optimize_cli, previous),
	  .help = "keep the layers of the last result, blob for blob, and "
		  "write what changed since as one layer; see `pare diff "
		  "--wire`",
	  .since = "0.1" },
	{ .name = "min-gain",
	  .arg = "SIZE|P%",
	  .type = OPT_PARSED,
	  .parse = parse_min_gain,
	  .at = offsetof(struct optimize_cli, min_gain),
	  .help = "rewrite a layer only when it loses that much (1M is "
		  "1,000,000 bytes, 1MiB 1,048,576); with both, the larger "
		  "counts",
	  .initial = "2%,1M",
	  .since = "0.1" },
	REWRITE_TAG,
	{ .name = "drop",
	  .arg = "RULE,...",
	  .type = OPT_LIST,
	  .group = "Options that remove files",
	  .at = offsetof(struct optimize_cli, drop),
	  .help = "take out what these rules or presets (caches, runtime) "
		  "name; all else stays, and that is proven",
	  .since = "0.1" },
	{ .name = "drop-list",
	  .type = OPT_FLAG,
	  .group = "Options that remove files",
	  .at = offsetof(struct optimize_cli, drop_list),
	  .help = "show the rules, what each takes and what it can break",
	  .since = "0.1" },
	{ .name = "removed",
	  .arg = "FILE",
	  .type = OPT_STRING,
	  .kind = VALUE_FILE,
	  .group = "Options that remove files",
	  .at = offsetof(struct optimize_cli, removed),
	  .help = "write a line for each removed name: bytes, rule, package, "
		  "path",
	  .since = "0.1" },
};

static int show_rules(const struct invocation *inv, struct err *err)
{
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	struct text_style style = cli_style_for(&inv->common, STDOUT_FILENO);
	if (inv->common.format->drops(&style, &out, err) < 0)
		return -1;
	return cli_print_result(buf_str(&out), err);
}

/* The source of --previous lives as long as the run. */
static int open_previous(struct rewrite *w, const char *name,
			 struct source **source, struct err *err)
{
	if (!name)
		return 0;
	if (work_open_images(&w->session.work, name, source, &w->job.previous,
			     err) < 0)
		return err_ctx(err, "--previous");
	return cli_rewrite_keep_read(w, *source, err);
}

static int run(const struct invocation *inv, struct err *err)
{
	const struct optimize_cli *cli = inv->options;
	scoped(source_close) struct source *previous = NULL;
	scoped(cli_rewrite_done) struct rewrite w = REWRITE_INIT;
	if (cli->drop_list)
		return show_rules(inv, err);
	if (inv->n_args == 0)
		return err_set(err, ERR_USAGE, "IMAGE is missing");
	if (cli->removed && cli->drop.n == 0)
		return err_set(err, ERR_USAGE,
			       "--removed lists what --drop takes out: name "
			       "rules");
	if (cli_drop_option_open(&cli->drop, cli->removed, &w.drop, err) < 0 ||
	    cli_rewrite_open(inv, &w, err) < 0 ||
	    open_previous(&w, cli->previous, &previous, err) < 0)
		return -1;
	w.job.drop = w.drop.rules;
	work_optimize_defaults(&w.job.how);
	w.job.how.min_gain_bytes = cli->min_gain.bytes;
	w.job.how.min_gain_ppm = cli->min_gain.ppm;
	w.job.how.recompress = cli->recompress;
	return cli_rewrite_run(&w, err);
}

const struct command command_optimize = {
	.name = "optimize",
	.summary = "write a smaller image with the same files, and prove it",
	.description =
		"Drops every byte of IMAGE that no container can see: copies "
		"that later layers overwrite, remove, hide or replace. What "
		"stays is written as layers that old and new engines unpack "
		"to the same tree. The result is read back, and it appears at "
		"the destination only when its tree digest and its config are "
		"those of IMAGE.\n\n"
		"The base image's layers pass bit for bit, so that they stay "
		"shared with other images. Without -o nothing is written: all "
		"is computed, and the figures are exact.\n\n"
		"With --drop, files go that a rule names, and nothing else: "
		"the result must have the tree of IMAGE without just the names "
		"that --removed lists. A rule takes no directory that a "
		"package owns, nothing that the config starts or names below "
		"the rule's place, and nothing that the kept base stores.\n\n"
		"A bare -o PATH is an OCI layout when it is a directory or "
		"ends in a slash, else one file that `docker load` of any age, "
		"podman and skopeo read; \"-\" is standard output.",
	.since = "0.1",
	.operands = { { "IMAGE", VALUE_IMAGE,
			.required = false } }, /* --drop-list takes none */
	.examples = { { "pare optimize app.tar -o small.tar",
			"the base is kept, the rest loses its dead bytes" },
		      { "pare optimize app.tar", "what that would win" },
		      { "pare optimize --base none --recompress "
			"--compression best oci:build -o oci:small:app",
			"as small as it gets without touching a file" },
		      { "pare optimize --drop caches,docs --removed gone.txt "
			"app.tar -o small.tar",
			"without package caches and documentation" } },
	.options = options,
	.n_options = ARRAY_LEN(options),
	.defaults = &defaults,
	.options_size = sizeof(struct optimize_cli),
	.common = COMMON_READ | COMMON_DEST | COMMON_FORCE,
	.writes = REPORT_REWRITE,
	.run = run,
};
