/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts/cmd.h"

static int check_command(const struct cmd *c, struct lint_out *out,
			 struct err *err)
{
	if (!cmd_is(c, "wget") ||
	    cmd_options(c, "progress q quiet o output-file a append-output "
			   "no-verbose") ||
	    cmd_has(c, "-nv"))
		return 0;
	return lint_find(out, c->at, err,
			 "wget without --progress=dot:giga, -nv or -q writes "
			 "thousands of lines to the log");
}

CHECK_COMMANDS(check_command)

const struct lint_rule rule_wget_progress_bar = {
	.id = "DL3047",
	.severity = SEV_INFO,
	.on_onbuild = true,
	.summary = "wget fills the log with its progress bar",
	.check_run = check_run,
};
