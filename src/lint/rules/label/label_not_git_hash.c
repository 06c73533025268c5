/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/label/label_checks.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	return lint_label_check(f, in, LABEL_HASH, lint_label_is_hash,
				"a git hash of 7 or 40 digits", out, err);
}

const struct lint_rule rule_label_not_git_hash = {
	.id = "DL3055",
	.severity = SEV_WARN,
	.on = DF_LABEL,
	.summary = "label that is not a git hash",
	.check_instr = check,
};
