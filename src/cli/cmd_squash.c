/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/rewrite.h"

struct squash_cli {
	struct rewrite_cli rewrite;
	const char *layers;
};

static const struct option options[] = {
	{ .name = "layers",
	  .arg = "FROM..TO",
	  .type = OPT_STRING,
	  .at = offsetof(struct squash_cli, layers),
	  .help = "which layers become one: numbers as analyze shows them, "
		  "starts of digests, DiffIDs or layer ids, base, top; either "
		  "end may be left out",
	  .initial = "base..top",
	  .since = "0.1" },
	REWRITE_BASE("auto"),
	REWRITE_COMPRESSION,
	REWRITE_LONG,
	REWRITE_ORDER,
	REWRITE_TAG,
};

static int run(const struct invocation *inv, struct err *err)
{
	const struct squash_cli *cli = inv->options;
	scoped(cli_rewrite_done) struct rewrite w = REWRITE_INIT;
	if (cli_rewrite_open(inv, &w, err) < 0)
		return -1;
	w.job.merge = WORK_MERGE_ABOVE_BASE;
	if (cli->layers) {
		w.job.merge = WORK_MERGE_NAMED;
		w.job.layers = str_of(cli->layers);
	}
	return cli_rewrite_run(&w, err);
}

const struct command command_squash = {
	.name = "squash",
	.summary = "make a range of layers one, with the same files",
	.description =
		"Writes layers FROM to TO of IMAGE as one layer that holds "
		"just what of them is live in the end. The other layers pass "
		"bit for bit, but for two cases: a layer above that has a hard "
		"link to a file of the range is rewritten with its own copy "
		"of it, since no engine takes a link that leaves its layer; "
		"and one whose whiteouts have nothing left to hide, since "
		"containers would list their names.\n\n"
		"Layers are named by number, from 1 up; by the start of their "
		"digest or DiffID, or of the id that docker save names them "
		"by; \"top\" is the highest one. \"base\" as FROM is the first "
		"layer above the base, as TO the base's last one. One name "
		"alone is a range of one layer.\n\n"
		"The config stays as it is; the history entries of layers that "
		"went into another one are marked as empty. The result is read "
		"back, and it appears at the destination only when its tree "
		"digest and its config are those of IMAGE. Without -o nothing "
		"is written, and the figures are exact.",
	.since = "0.1",
	.operands = { { "IMAGE", VALUE_IMAGE, .required = true } },
	.examples = { { "pare squash app.tar -o app1.tar",
			"all that stands on the base becomes one layer" },
		      { "pare squash --layers 3..5 oci:build -o oci:small:app",
			"three layers in the middle" },
		      { "pare squash --layers ..base app.tar",
			"what the base would be as one layer" } },
	.options = options,
	.n_options = ARRAY_LEN(options),
	.options_size = sizeof(struct squash_cli),
	.common = COMMON_READ | COMMON_DEST | COMMON_FORCE,
	.writes = REPORT_REWRITE,
	.run = run,
};
