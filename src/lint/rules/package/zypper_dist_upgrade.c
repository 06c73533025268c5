/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/packages.h"

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	struct packages p;
	if (!lint_packages_of(&catalog_zypper, c, &p) ||
	    !lint_packages_verb(&p, p.tool->verbs.upgrade))
		return 0;
	return lint_find(out, lint_packages_span(&p), err,
			 "%s turns the base image into another release, one "
			 "that FROM does not name; name the release that you "
			 "want in FROM",
			 lint_packages_words(&p).text);
}

CHECK_UNWRAPPED(check_command)

const struct lint_rule rule_zypper_dist_upgrade = {
	.id = "DL3035",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "zypper dist-upgrade",
	.check_run = check_run,
};
