/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/packages.h"
#include "lint/facts/words.h"

static bool is_pinned(const struct lint_command *c, const struct lint_arg *arg)
{
	(void)c;
	/* !name must not be there. */
	return lint_arg_has(arg, "=~<>") || str_starts(arg->text, STR("!")) ||
	       str_ends(arg->text, STR(".apk"));
}

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	struct packages p;
	if (!lint_packages_of(&catalog_apk, c, &p) ||
	    !lint_packages_verb(&p, p.tool->verbs.pin))
		return 0;
	return lint_packages_pin(&p, is_pinned, "NAME=VERSION", out, err);
}

CHECK_UNWRAPPED(check_command)

const struct lint_rule rule_unpinned_apk_package = {
	.id = "DL3018",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "apk add of a package in any version",
	.check_run = check_run,
};
