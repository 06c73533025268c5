/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	if (!lint_cmd_is(c, "free kill mount ps service shutdown ssh top vim"))
		return 0;
	return lint_find(out, c->name.at, err,
			 "%s has nothing to work on during a build: no "
			 "service runs and nobody sits at a terminal; leave "
			 "it out",
			 str_quoted(c->base).text);
}

CHECK_COMMANDS(check_command)

const struct lint_rule rule_pointless_command = {
	.id = "DL3001",
	.severity = SEV_INFO,
	.on_onbuild = true,
	.summary = "command that makes no sense while an image is built",
	.check_run = check_run,
};
