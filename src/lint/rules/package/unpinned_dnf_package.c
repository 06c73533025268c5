/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/rpm.h"

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	return lint_rpm_check_pins(c, &catalog_dnf, out, err);
}

CHECK_UNWRAPPED(check_command)

const struct lint_rule rule_unpinned_dnf_package = {
	.id = "DL3041",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "dnf install of a package in any version",
	.check_run = check_run,
};
