/* SPDX-License-Identifier: Apache-2.0 */
#include <unistd.h>

#include "cli/session.h"
#include "cli/style.h"
#include "report/diff.h"

struct diff_options {
	bool wire;
};

static const struct option options[] = {
	{ .name = "wire",
	  .type = OPT_FLAG,
	  .at = offsetof(struct diff_options, wire),
	  .help = "tell what a node that has OLD must fetch for NEW, and what "
		  "of it comes again without need",
	  .since = "0.1" },
};

static int run(const struct invocation *inv, struct err *err)
{
	const struct diff_options *cli = inv->options;
	const struct report_format *format = inv->common.format;
	const struct text_style style =
		cli_style_for(&inv->common, STDOUT_FILENO);
	scoped(cli_session_close) struct session s = { 0 };
	scoped(work_diff_done) struct work_diff d = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << REPORT_MAX_LOG);
	const struct work_diff_options opt = {
		.from = inv->args[0],
		.to = inv->args[1],
		.transfer = cli->wire,
		/* The text of --wire does not tell of packages. */
		.packages = !format->people || !cli->wire,
	};
	if (cli_session_open(inv, &s, err) < 0 ||
	    work_diff_run(&s.work, &opt, &d, err) < 0)
		return -1;
	const struct report_diff r = { &d, cli->wire };
	if (format->diff(&r, &style, &out, err) < 0)
		return -1;
	return cli_session_print(&s, &out, err);
}

const struct command command_diff = {
	.name = "diff",
	.summary = "tell what changed from one image to another",
	.description =
		"Lists the paths of the final file system that NEW adds (+), "
		"removes (-) or changes (~, with the fields that differ), the "
		"packages of dpkg and apk whose versions differ, and what "
		"differs in the config. `pare verify` tells every value and "
		"fails when there is one.\n\n"
		"With --wire, the bytes that a node which has OLD must fetch "
		"for NEW: blobs go by digest, each whole. Every file in a "
		"fetched layer is compared with OLD, and what comes again "
		"without need is told by its cause: a layer that changed "
		"elsewhere, another mtime or owner, another place, the stamp "
		"in Python bytecode, an archive of the same members in another "
		"order or with other times, other compression. Only what the "
		"bytes prove is told; files over 64 MiB are not looked into. "
		"`pare optimize --previous` writes a NEW that moves less.",
	.since = "0.1",
	.operands = { { "OLD", VALUE_IMAGE, .required = true },
		      { "NEW", VALUE_IMAGE, .required = true } },
	.examples = { { "pare diff app1.tar app2.tar",
			"what the release changed" },
		      { "pare diff --wire oci:app:1 oci:app:2",
			"what each node transfers, and why" } },
	.options = options,
	.n_options = ARRAY_LEN(options),
	.options_size = sizeof(struct diff_options),
	.common = COMMON_READ,
	.writes = REPORT_DIFF,
	.run = run,
};
