/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/packages.h"

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	struct packages p;
	size_t verb = lint_cmd_find_arg(c, catalog_zypper.verbs.confirm);
	if (!lint_packages_of(&catalog_zypper, c, &p) || verb == c->n_args ||
	    lint_cmd_count_options(c, "non-interactive n no-confirm y") ||
	    lint_cmd_is_fed(c))
		return 0;
	return lint_find(out, lint_cmd_span(c, verb), err,
			 "%s asks before it does anything, and in a build "
			 "nobody answers, so it fails; add -n or -y",
			 lint_cmd_words(c, verb).text);
}

CHECK_UNWRAPPED(check_command)

const struct lint_rule rule_zypper_without_yes = {
	.id = "DL3034",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "zypper asks a question that no one answers",
	.check_run = check_run,
};
