/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/packages.h"
#include "lint/facts/words.h"

static bool is_pinned(const struct lint_command *c, const struct lint_arg *arg)
{
	(void)c;
	struct str s = arg->text;
	if (lint_word_starts(s, "git:// git+ssh:// git+http:// git+https:// "
				"github: gitlab: bitbucket: gist:"))
		return lint_arg_has(arg, "#");
	if (lint_word_ends(s, ".tar .tar.gz .tgz") || lint_word_in(s, ". ..") ||
	    lint_word_starts(s, "/ ./ ../ ~/ file: http:// https://"))
		return true;
	/* user/repository of GitHub; @scope/name is a package. */
	if (s.n && *s.p != '@' && lint_arg_has(arg, "/"))
		return lint_arg_has(arg, "#");
	/* The first @ of @scope/name is no version's. */
	size_t from = s.n && *s.p == '@';
	return lint_word_find(s, from, "@") < s.n;
}

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	struct packages p;
	if (!lint_packages_of(&catalog_npm, c, &p) ||
	    !lint_packages_verb(&p, p.tool->verbs.pin))
		return 0;
	return lint_packages_pin(&p, is_pinned, "NAME@VERSION", out, err);
}

CHECK_UNWRAPPED(check_command)

const struct lint_rule rule_unpinned_npm_package = {
	.id = "DL3016",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "npm install of a package in any version",
	.check_run = check_run,
};
