/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	if (!lint_cmd_is(c, "wget") ||
	    lint_cmd_count_options(
		    c, "progress q quiet o output-file a append-output "
		       "no-verbose") ||
	    lint_cmd_has_arg(c, "-nv"))
		return 0;
	return lint_find(out, c->name.at, err,
			 "wget draws a progress bar, which fills the log "
			 "with thousands of lines; give it -nv, -q or "
			 "--progress=dot:giga");
}

CHECK_UNWRAPPED(check_command)

const struct lint_rule rule_wget_progress_bar = {
	.id = "DL3047",
	.severity = SEV_INFO,
	.on_onbuild = true,
	.summary = "wget fills the log with its progress bar",
	.check_run = check_run,
};
