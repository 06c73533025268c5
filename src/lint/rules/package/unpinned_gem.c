/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/packages.h"
#include "lint/facts/words.h"

static bool is_pinned(const struct lint_command *c, const struct lint_arg *arg)
{
	(void)c;
	return lint_arg_has(arg, ":") || str_ends(arg->text, STR(".gem"));
}

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	struct packages p;
	if (!lint_packages_of(&catalog_gem, c, &p) ||
	    !lint_packages_verb(&p, p.tool->verbs.pin))
		return 0;
	for (size_t i = 0; i < c->n_args; i++)
		if (lint_word_starts(c->args[i].text, "-v --version -g --file"))
			return 0;

	return lint_packages_pin(&p, is_pinned, "NAME:VERSION", out, err);
}

CHECK_UNWRAPPED(check_command)

const struct lint_rule rule_unpinned_gem = {
	.id = "DL3028",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "gem install of a gem in any version",
	.check_run = check_run,
};
