/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/label/label_checks.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	return lint_label_check(f, in, LABEL_RFC3339, lint_label_is_rfc3339,
				"a time such as 2024-05-17T12:00:00Z", out,
				err);
}

const struct lint_rule rule_label_not_rfc3339 = {
	.id = "DL3053",
	.severity = SEV_WARN,
	.on = DF_LABEL,
	.summary = "label that is not an RFC 3339 time",
	.check_instr = check,
};
