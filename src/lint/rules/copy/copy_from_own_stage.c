/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "base/chars.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	const struct df_flag *from = dockerfile_flag(in, "from");
	uint32_t own = dockerfile_graph_stage_of(f->graph, in->index);
	if (!from || own == DF_NO_STAGE)
		return 0;
	const struct df_stage *s = &f->graph->stages[own];
	uint64_t index;
	bool name = s->name.n && str_eq_nocase(s->name, from->text);
	if (!name && !(str_to_u64(from->text, &index) && index == own))
		return 0;
	return lint_find(out, from->value, err,
			 "--from=%s is the stage that this COPY is in, which "
			 "the builder refuses; name an earlier stage, or copy "
			 "without --from",
			 str_quoted(from->text).text);
}

const struct lint_rule rule_copy_from_own_stage = {
	.id = "DL3023",
	.severity = SEV_ERROR,
	.on = DF_COPY,
	.summary = "COPY --from of its own stage",
	.check_instr = check,
};
