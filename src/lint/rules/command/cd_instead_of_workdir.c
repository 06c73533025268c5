/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	if (!lint_cmd_is(c, "cd"))
		return 0;
	return lint_find(out, lint_cmd_span(c, 0), err,
			 "%s is forgotten at the end of this RUN, so the "
			 "next one starts elsewhere; write WORKDIR in front "
			 "of it",
			 lint_cmd_words(c, 0).text);
}

CHECK_COMMANDS(check_command)

const struct lint_rule rule_cd_instead_of_workdir = {
	.id = "DL3003",
	.severity = SEV_WARN,
	.summary = "cd in RUN instead of WORKDIR",
	.check_run = check_run,
};
