/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/label/label_checks.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	return lint_label_check(f, in, LABEL_SPDX, lint_label_is_spdx,
				"an SPDX identifier such as Apache-2.0", out,
				err);
}

const struct lint_rule rule_label_not_spdx = {
	.id = "DL3054",
	.severity = SEV_WARN,
	.on = DF_LABEL,
	.summary = "label that is not an SPDX license",
	.check_instr = check,
};
