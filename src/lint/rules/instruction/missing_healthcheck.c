/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"

static bool has_own(const struct lint_file *f, const struct df_stage *s)
{
	for (uint32_t i = s->first; i < s->end; i++)
		if (f->df->instrs[i]->kind == DF_HEALTHCHECK)
			return true;
	return false;
}

/* The stages it is built on count, and those that are built on it. */
static int check(const struct lint_file *f, const struct df_stage *s,
		 struct lint_out *out, struct err *err)
{
	const struct lint_base *base = f->bases[s->index];
	const struct df_word *image =
		s->from ? dockerfile_from_image(s->from) : NULL;
	if (!image || (base && base->given && base->healthcheck))
		return 0;
	for (uint32_t i = 0; i < f->graph->n; i++)
		if ((dockerfile_graph_stands_on(f->graph, s->index, i) ||
		     dockerfile_graph_stands_on(f->graph, i, s->index)) &&
		    has_own(f, &f->graph->stages[i]))
			return 0;
	return lint_find(out, image->at, err,
			 "nothing tells whether a container of this stage on "
			 "%s still works, only whether its process runs; add "
			 "a HEALTHCHECK",
			 str_quoted(image->text).text);
}

const struct lint_rule rule_missing_healthcheck = {
	.id = "DL3057",
	.severity = SEV_INFO,
	.off = true,
	.summary = "stage without HEALTHCHECK",
	.check_stage = check,
};
