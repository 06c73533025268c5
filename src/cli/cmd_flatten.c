/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/rewrite.h"

static const struct rewrite_cli defaults = { .base = "none" };

static const struct option options[] = {
	REWRITE_BASE("none"), REWRITE_COMPRESSION, REWRITE_LONG,
	REWRITE_ORDER,	      REWRITE_TAG,
};

static int run(const struct invocation *inv, struct err *err)
{
	scoped(cli_rewrite_done) struct rewrite w = REWRITE_INIT;
	if (cli_rewrite_open(inv, &w, err) < 0)
		return -1;
	w.job.merge = WORK_MERGE_ABOVE_BASE;
	return cli_rewrite_run(&w, err);
}

const struct command command_flatten = {
	.name = "flatten",
	.summary = "make all layers one, with the same files and config",
	.description =
		"Writes IMAGE as an image of one layer that holds just the "
		"final file system: no dead bytes, no whiteouts. Unlike "
		"`docker "
		"export | docker import`, it keeps the config (environment, "
		"command, user, labels, health check, history), hard links, "
		"extended attributes and times, and proves it: the result is "
		"read back, and it appears at the destination only when its "
		"tree digest and its config are those of IMAGE.\n\n"
		"One layer shares nothing with other images. With --base, the "
		"base's layers pass bit for bit and the rest becomes one layer "
		"on top. Without -o nothing is written, and the figures are "
		"exact.",
	.since = "0.1",
	.operands = { { "IMAGE", VALUE_IMAGE, .required = true } },
	.examples = { { "pare flatten app.tar -o flat.tar",
			"the whole image as one layer" },
		      { "pare flatten --base auto oci:build -o oci:flat:app",
			"one layer on top of the base" } },
	.options = options,
	.n_options = ARRAY_LEN(options),
	.defaults = &defaults,
	.options_size = sizeof(struct rewrite_cli),
	.common = COMMON_READ | COMMON_DEST | COMMON_FORCE,
	.writes = REPORT_REWRITE,
	.run = run,
};
