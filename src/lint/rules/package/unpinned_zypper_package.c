/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/packages.h"
#include "lint/facts/words.h"

static bool is_pinned(const struct lint_command *c, const struct lint_arg *arg)
{
	(void)c;
	/* Patterns have no versions, and what follows ! or - is removed. */
	return lint_arg_has(arg, "=<>") || str_ends(arg->text, STR(".rpm")) ||
	       lint_word_starts(arg->text, "@ ! - pattern:");
}

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	struct packages p;
	if (!lint_packages_of(&catalog_zypper, c, &p) ||
	    !lint_packages_verb(&p, p.tool->verbs.pin) ||
	    lint_word_in(lint_cmd_option(c, "-t --type"),
			 "pattern product patch srcpackage"))
		return 0;
	return lint_packages_pin(&p, is_pinned, "NAME=VERSION", out, err);
}

CHECK_UNWRAPPED(check_command)

const struct lint_rule rule_unpinned_zypper_package = {
	.id = "DL3037",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "zypper install of a package in any version",
	.check_run = check_run,
};
