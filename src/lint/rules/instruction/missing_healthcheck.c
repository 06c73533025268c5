/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"

static bool has_own(const struct lint_file *f, uint32_t stage)
{
	return f->stages[stage].kinds & DF_HEALTHCHECK;
}

static int tell(const struct lint_file *f, const struct df_stage *s,
		struct lint_out *out, struct err *err)
{
	const struct lint_base *base = f->bases[s->index];
	const struct df_word *image =
		s->from ? dockerfile_from_image(s->from) : NULL;
	if (!image || (base && base->given && base->healthcheck))
		return 0;
	return lint_find(out, image->at, err,
			 "nothing tells whether a container of this stage on "
			 "%s still works, only whether its process runs; add "
			 "a HEALTHCHECK",
			 str_quoted(image->text).text);
}

/* The stages it is built on count, and those that are built on it: a base is
 * an earlier stage, so one pass goes up and one down. */
static int check(const struct lint_file *f, struct lint_out *out,
		 struct err *err)
{
	const struct df_graph *g = f->graph;
	bool *below = arena_array(f->arena, g->n, sizeof *below, err);
	bool *above = arena_array(f->arena, g->n, sizeof *above, err);
	if (!below || !above)
		return -1;
	for (uint32_t i = 0; i < g->n; i++) {
		uint32_t base = g->stages[i].base;
		below[i] =
			has_own(f, i) || (base != DF_NO_STAGE && below[base]);
	}
	for (uint32_t i = g->n; i-- > 0;) {
		uint32_t base = g->stages[i].base;
		above[i] |= has_own(f, i);
		if (base != DF_NO_STAGE)
			above[base] |= above[i];
	}
	for (uint32_t i = 0; i < g->n; i++)
		if (!below[i] && !above[i] &&
		    tell(f, &g->stages[i], out, err) < 0)
			return -1;
	return 0;
}

const struct lint_rule rule_missing_healthcheck = {
	.id = "DL3057",
	.severity = SEV_INFO,
	.off = true,
	.summary = "stage without HEALTHCHECK",
	.check_file = check,
};
