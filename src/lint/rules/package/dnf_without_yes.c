/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/rpm.h"

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	return lint_rpm_check_yes(c, &catalog_dnf, out, err);
}

CHECK_UNWRAPPED(check_command)

const struct lint_rule rule_dnf_without_yes = {
	.id = "DL3038",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "dnf asks a question that no one answers",
	.check_run = check_run,
};
