/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"

/* Without any FROM the first instruction stands for all of them. */
static int check(const struct lint_file *f, struct lint_out *out,
		 struct err *err)
{
	for (size_t i = 0; i < f->df->n_instrs; i++) {
		const struct df_instr *in = f->df->instrs[i];
		bool none = f->graph->n == 0 || !f->graph->stages[0].from;
		if (in->kind == DF_FROM)
			return 0;
		if (in->kind & (DF_ARG | DF_UNKNOWN))
			continue;
		if (lint_find(out, in->keyword.at, err,
			      "%s comes before FROM, where the builder "
			      "accepts only ARG; move it below FROM",
			      str_quoted(in->keyword.text).text) < 0)
			return -1;
		if (none)
			return 0;
	}
	return 0;
}

const struct lint_rule rule_instruction_before_from = {
	.id = "DL3061",
	.severity = SEV_ERROR,
	.whole = true,
	.summary = "instruction before FROM",
	.check_file = check,
};
