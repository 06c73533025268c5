/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/label/label_checks.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	return lint_label_check(f, in, LABEL_RFC3339, lint_label_is_rfc3339,
				"time of RFC 3339", out, err);
}

const struct lint_rule rule_label_not_rfc3339 = {
	.id = "DL3053",
	.severity = SEV_WARN,
	.on = DF_LABEL,
	.summary = "label that is no time of RFC 3339",
	.check_instr = check,
};
