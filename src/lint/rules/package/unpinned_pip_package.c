/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/packages.h"
#include "lint/facts/words.h"

static bool is_vcs(struct str s)
{
	return lint_word_starts(
		       s, "git+file git+https git+ssh git+http git+git git "
			  "hg+file hg+http hg+https hg+ssh hg+static-http "
			  "svn bzr+http bzr+https bzr+ssh bzr+sftp bzr+ftp "
			  "bzr+lp") &&
	       lint_word_find(s, 0, ":") < s.n;
}

static bool is_pinned(const struct lint_command *c, const struct lint_arg *arg)
{
	(void)c;
	struct str s = arg->text;
	if (is_vcs(s))
		return lint_arg_has(arg, "@");
	return lint_arg_has(arg, "<>/") || lint_word_contains(s, "==") ||
	       lint_word_contains(s, "~=") || lint_word_contains(s, "!=") ||
	       lint_word_ends(s, ".whl .tar.gz .zip") ||
	       lint_word_in(s, ". ..") || lint_word_starts(s, ".[ ..[");
}

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	struct packages p;
	if (!lint_packages_of(&catalog_pip, c, &p) ||
	    !lint_packages_verb(&p, p.tool->verbs.pin) ||
	    lint_cmd_count_options(c, "r requirement c constraint") ||
	    lint_cmd_has_arg(c, ".") || lint_cmd_count_options(c, "no-index"))
		return 0;
	return lint_packages_pin(&p, is_pinned, "NAME==VERSION", out, err);
}

CHECK_UNWRAPPED(check_command)

const struct lint_rule rule_unpinned_pip_package = {
	.id = "DL3013",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "pip install of a package in any version",
	.check_run = check_run,
};
