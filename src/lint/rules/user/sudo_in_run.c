/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	if (!lint_cmd_is(c, "sudo"))
		return 0;
	return lint_find(out, c->name.at, err,
			 "sudo in RUN hides who runs a command and hands on no "
			 "signals: use USER");
}

CHECK_COMMANDS(check_command)

const struct lint_rule rule_sudo_in_run = {
	.id = "DL3004",
	.severity = SEV_ERROR,
	.on_onbuild = true,
	.summary = "sudo in RUN",
	.check_run = check_run,
};
