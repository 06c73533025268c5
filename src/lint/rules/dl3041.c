/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/packages.h"
#include "lint/rules/words.h"

/* Streams of modules: NAME:STREAM. */
static bool has_stream(const struct cmd *c, const struct lint_arg *arg)
{
	(void)c;
	return word_in(arg->text, "install") || arg_has(arg, ":");
}

static int check_command(const struct cmd *c, struct lint_out *out,
			 struct err *err)
{
	struct packages p;
	if (!packages_read(c, &p) || p.manager != PKG_DNF)
		return 0;
	if (packages_verb(&p, "module") && cmd_has(c, "install"))
		return packages_pin(&p, has_stream, "NAME:STREAM", out, err);
	if (!packages_verb(&p, "install"))
		return 0;
	return packages_pin(&p, packages_rpm_pinned, "NAME-VERSION", out, err);
}

CHECK_COMMANDS(check_command)

const struct lint_rule rule_dl3041 = {
	.id = "DL3041",
	.severity = SEV_WARN,
	.fix = FIX_SUGGESTION,
	.on_onbuild = true,
	.summary = "dnf install of a package in any version",
	.check_run = check_run,
};
