/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/packages.h"

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	struct packages p;
	if (!lint_packages_of(&catalog_apt, c, &p) ||
	    !lint_cmd_is(c, "apt-get") ||
	    !lint_packages_verb(&p, p.tool->verbs.confirm))
		return 0;
	if (lint_cmd_count_options(c, "y yes assume-yes qq") ||
	    lint_cmd_count_options(c, "q") >= 2 ||
	    lint_cmd_count_options(c, "quiet") >= 2 ||
	    lint_cmd_has_arg(c, "-q=2"))
		return 0;
	return lint_find(out, lint_packages_span(&p), err,
			 "%s without -y asks and gets no answer",
			 lint_packages_words(&p).text);
}

CHECK_COMMANDS(check_command)

const struct lint_rule rule_apt_without_yes = {
	.id = "DL3014",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "apt-get asks a question that no one answers",
	.check_run = check_run,
};
