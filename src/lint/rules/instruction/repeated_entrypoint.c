/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"

static int check(const struct lint_file *f, const struct df_stage *s,
		 struct lint_out *out, struct err *err)
{
	bool met = false;
	for (uint32_t i = s->first; i < s->end; i++) {
		const struct df_instr *in = f->df->instrs[i];
		if (in->kind != DF_ENTRYPOINT)
			continue;
		if (met &&
		    lint_find(out, in->keyword.at, err,
			      "an earlier ENTRYPOINT of this stage has no "
			      "effect, since only the last one counts; keep "
			      "one") < 0)
			return -1;
		met = true;
	}
	return 0;
}

const struct lint_rule rule_repeated_entrypoint = {
	.id = "DL4004",
	.alias = "MultipleInstructionsDisallowed",
	.severity = SEV_ERROR,
	.whole = true,
	.summary = "more than one ENTRYPOINT in a stage",
	.check_stage = check,
};
