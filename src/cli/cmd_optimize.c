/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "cli/rewrite.h"

struct optimize_cli {
	struct rewrite_cli rewrite;
	bool recompress;
	struct min_gain {
		uint64_t bytes;
		unsigned pct;
	} min_gain;
};

static const struct optimize_cli defaults = {
	.min_gain = { .bytes = 1000000, .pct = 2 },
};

/* "N" bytes (K, M, G), "P%", or both: "P%,N". */
static int parse_min_gain(const char *value, void *target, struct err *err)
{
	struct min_gain g = { 0 };
	struct str rest = str_of(value), part;
	while (rest.n) {
		uint64_t v, unit = 1;
		if (!str_cut(rest, ',', &part, &rest)) {
			part = rest;
			rest.n = 0;
		}
		struct str digits = part;
		char last = digits.n ? digits.p[digits.n - 1] : 0;
		if (last == '%' || last == 'K' || last == 'M' || last == 'G')
			digits.n--;
		unit = last == 'K'   ? 1000
		       : last == 'M' ? 1000000
		       : last == 'G' ? 1000000000
				     : 1;
		if (!str_to_u64(digits, &v) || v > UINT64_MAX / unit ||
		    (last == '%' && v > 100))
			return err_set(err, ERR_USAGE,
				       "takes bytes (1000000, 1M) or a part of "
				       "the layer (2%%), not \"%s\"",
				       str_quoted(str_of(value)).text);
		if (last == '%')
			g.pct = (unsigned)v;
		else
			g.bytes = v * unit;
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
	  .help = "compress kept layers anew, too; their DiffIDs stay, their "
		  "digests change",
	  .since = "0.1" },
	REWRITE_LONG,
	{ .name = "min-gain",
	  .arg = "BYTES|P%",
	  .type = OPT_PARSED,
	  .parse = parse_min_gain,
	  .at = offsetof(struct optimize_cli, min_gain),
	  .help = "rewrite a layer only when it loses that much; with both, "
		  "the larger counts",
	  .initial = "2%,1M",
	  .since = "0.1" },
	REWRITE_TAG,
};

static int run(const struct invocation *inv, struct err *err)
{
	const struct optimize_cli *cli = inv->options;
	scoped(rewrite_done) struct rewrite w = { 0 };
	if (rewrite_open(inv, &w, err) < 0)
		return -1;
	w.opt.min_gain_bytes = cli->min_gain.bytes;
	w.opt.min_gain_pct = cli->min_gain.pct;
	w.opt.recompress = cli->recompress;
	return rewrite_run(&w, err);
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
		"A bare -o PATH is an OCI layout when it is a directory or "
		"ends in a slash, else one file that `docker load` of any age, "
		"podman and skopeo read; \"-\" is standard output.",
	.since = "0.1",
	.operands = { { "IMAGE", VALUE_IMAGE, .required = true } },
	.examples = { { "pare optimize app.tar -o small.tar",
			"the base is kept, the rest loses its dead bytes" },
		      { "pare optimize app.tar", "what that would win" },
		      { "pare optimize --base none --recompress "
			"--compression zstd:12 oci:build -o oci:small:app",
			"as small as it gets without touching a file" } },
	.options = options,
	.n_options = ARRAY_LEN(options),
	.defaults = &defaults,
	.options_size = sizeof(struct optimize_cli),
	.common = COMMON_READ | COMMON_OUTPUT,
	.run = run,
};
