/* SPDX-License-Identifier: Apache-2.0 */
/* Each line is looked at once. A base is an earlier stage, so what a stage has
 * from below is there when its turn comes:
 *
 *	FROM debian AS base
 *	USER root
 *	ONBUILD USER app
 *	FROM base		last USER: the trigger's, app
 *	FROM base AS third
 *	USER www		its own
 *	FROM third		www: triggers fire once */
#include "lint/facts/stages.h"

#include "lint/internal.h"

static void note(const struct df_instr *in, unsigned *kinds,
		 const struct df_instr **last)
{
	*kinds |= in->kind;
	if (in->kind != DF_UNKNOWN && in->n_words)
		last[__builtin_ctz(in->kind)] = in;
}

static void read_lines(const struct lint_file *f, const struct df_stage *s,
		       struct lint_stage *to, struct lint_above *above)
{
	for (uint32_t i = s->first; i < s->end; i++) {
		const struct df_instr *in = f->df->instrs[i];
		above[i] = (struct lint_above){ to->kinds, to->triggers };
		note(in, &to->kinds, to->last);
		if (in->inner)
			note(in->inner, &to->triggers, to->last_trigger);
	}
}

static void inherit(struct lint_stage *to, const struct lint_stage *base)
{
	to->below = base->kinds | base->triggers | base->below;
	for (size_t k = 0; k < LINT_KINDS; k++) {
		if (!to->last[k])
			to->last[k] = base->last_trigger[k];
		if (!to->last[k])
			to->last[k] = base->last[k];
	}
}

int lint_read_stages(struct lint_file *f, struct err *err)
{
	const struct df_graph *g = f->graph;
	struct lint_stage *v = arena_array(f->arena, g->n, sizeof *v, err);
	struct lint_above *above =
		arena_array(f->arena, f->df->n_instrs, sizeof *above, err);
	if (!v || !above)
		return -1;
	for (uint32_t i = 0; i < g->n; i++) {
		const struct df_stage *s = &g->stages[i];
		read_lines(f, s, &v[i], above);
		if (s->base != DF_NO_STAGE)
			inherit(&v[i], &v[s->base]);
		for (size_t k = 0; k < s->n_edges; k++)
			if (s->edges[k].to != DF_NO_STAGE)
				v[s->edges[k].to].is_used = true;
	}
	f->stages = v;
	f->above = above;
	return 0;
}
