/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/label/label_checks.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	return lint_label_check(f, in, LABEL_SEMVER, lint_label_is_semver,
				"a semantic version such as 1.2.3", out, err);
}

const struct lint_rule rule_label_not_semver = {
	.id = "DL3056",
	.severity = SEV_WARN,
	.on = DF_LABEL,
	.summary = "label that is not a semantic version",
	.check_instr = check,
};
