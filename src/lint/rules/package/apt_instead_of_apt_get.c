/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	if (!lint_cmd_is(c, "apt"))
		return 0;
	return lint_find(out, c->name.at, err,
			 "apt is made for people at a terminal and may "
			 "change how it behaves, so a script can break; use "
			 "apt-get or apt-cache");
}

CHECK_UNWRAPPED(check_command)

const struct lint_rule rule_apt_instead_of_apt_get = {
	.id = "DL3027",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "apt instead of apt-get or apt-cache",
	.check_run = check_run,
};
