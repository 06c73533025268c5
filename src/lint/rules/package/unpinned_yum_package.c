/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/rpm.h"

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	return lint_rpm_check_pins(c, &catalog_yum, out, err);
}

CHECK_UNWRAPPED(check_command)

const struct lint_rule rule_unpinned_yum_package = {
	.id = "DL3033",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "yum install of a package in any version",
	.check_run = check_run,
};
