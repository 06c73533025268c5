/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/packages.h"
#include "lint/facts/words.h"

static bool is_pinned(const struct lint_command *c, const struct lint_arg *arg)
{
	(void)c;
	/* name- is removed, name^ is a task: neither has a version. */
	return lint_arg_has(arg, "=/") || lint_word_ends(arg->text, ".deb - ^");
}

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	struct packages p;
	if (!lint_packages_of(&catalog_apt, c, &p) ||
	    !lint_cmd_is(c, "apt-get") ||
	    !lint_packages_verb(&p, p.tool->verbs.pin))
		return 0;
	return lint_packages_pin(&p, is_pinned, "NAME=VERSION", out, err);
}

CHECK_UNWRAPPED(check_command)

const struct lint_rule rule_unpinned_apt_package = {
	.id = "DL3008",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "apt-get install of a package in any version",
	.check_run = check_run,
};
