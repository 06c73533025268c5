/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/label/label_checks.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	return lint_label_check(f, in, LABEL_EMAIL, lint_label_is_email,
				"an email address", out, err);
}

const struct lint_rule rule_label_not_email = {
	.id = "DL3058",
	.severity = SEV_WARN,
	.on = DF_LABEL,
	.summary = "label that is not an email address",
	.check_instr = check,
};
