/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	if (!lint_cmd_is(c, "sudo"))
		return 0;
	return lint_find(out, c->name.at, err,
			 "sudo in RUN is not needed, since RUN runs as root "
			 "unless USER says otherwise, and it stays in the "
			 "image for an attacker; use USER to change the user");
}

CHECK_COMMANDS(check_command)

const struct lint_rule rule_sudo_in_run = {
	.id = "DL3004",
	.severity = SEV_ERROR,
	.on_onbuild = true,
	.summary = "sudo in RUN",
	.check_run = check_run,
};
