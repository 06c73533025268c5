/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/packages.h"
#include "lint/facts/words.h"

/* go install and go run of a package without a version take the one that go.mod
 * of the working directory says, or fail: "'go install' requires a version when
 * current directory is not in a module" (Go 1.16 on). go get asks for the
 * newest and writes it there. */
static bool is_pinned(const struct lint_command *c, const struct lint_arg *arg)
{
	struct str s = arg->text;
	if (lint_word_starts(s, ". /") || str_ends(s, STR(".go")) ||
	    lint_word_in(s, "tool std cmd") || str_starts(s, STR("cmd/")))
		return true;
	if (!lint_arg_has(arg, "@"))
		return !lint_cmd_has_arg(c, "get");
	return !lint_word_ends(s, "@latest @none");
}

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	struct packages p;
	if (!lint_packages_of(&catalog_go, c, &p) ||
	    !lint_packages_verb(&p, p.tool->verbs.pin))
		return 0;
	/* vendor/ is part of the sources. */
	if (lint_cmd_has_arg(c, "-mod=vendor") ||
	    str_eqz(lint_cmd_option(c, "-mod"), "vendor"))
		return 0;
	if (!lint_packages_verb(&p, "run"))
		return lint_packages_pin(&p, is_pinned, "PACKAGE@VERSION", out,
					 err);
	/* What stands behind the package is the program's. */
	size_t at = 0;
	const struct lint_arg *arg = lint_packages_next(&p, &at);
	if (!arg || is_pinned(c, arg))
		return 0;
	return lint_find(out, arg->at, err,
			 "go run takes %s in whatever version is there that "
			 "day, so the same file builds something else later; "
			 "pin with PACKAGE@VERSION",
			 str_quoted(arg->text).text);
}

CHECK_UNWRAPPED(check_command)

const struct lint_rule rule_unpinned_go_module = {
	.id = "DL3062",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "go install of a package in any version",
	.check_run = check_run,
};
