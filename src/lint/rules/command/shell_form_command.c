/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"

static bool has_shell(const struct lint_file *f, const struct df_instr *in)
{
	uint32_t s = df_graph_stage_of(f->graph, in->index), end = in->index;
	for (; s != DF_NO_STAGE; s = f->graph->stages[s].base) {
		const struct df_stage *stage = &f->graph->stages[s];
		for (uint32_t i = stage->first; i < MIN(end, stage->end); i++)
			if (f->df->instrs[i]->kind == DF_SHELL)
				return true;
	}
	return false;
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	(void)f;
	size_t n;
	const struct df_word *words = df_command(in, &n);
	if (n == 0 || in->form == DF_FORM_JSON || df_health_is_none(in))
		return 0;
	struct finding found = lint_finding_at(
		out, span_of(words[0].at.at, span_end(words[n - 1].at)));
	/* BuildKit's check is quiet where SHELL says which shell is meant,
	 * and does not look at HEALTHCHECK. */
	if (in->kind == DF_HEALTHCHECK || has_shell(f, in))
		lint_finding_named(&found, "DL3025");
	return lint_report(
		out, &found, err,
		"%s in shell form: a shell stands between the program "
		"and its signals",
		df_kind_name(in->kind));
}

const struct lint_rule rule_shell_form_command = {
	.id = "DL3025",
	.alias = "JSONArgsRecommended",
	.severity = SEV_WARN,
	.on = DF_CMD | DF_ENTRYPOINT | DF_HEALTHCHECK,
	.summary = "command in shell form",
	.check_instr = check,
};
