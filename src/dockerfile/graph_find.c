/* SPDX-License-Identifier: Apache-2.0 */
/* Questions about the stages of a graph. None walks all of them: a file may
 * have thousands, and ask for each of its lines. Names are found in a sorted
 * list, and whether a stage stands on another is seen in an order of the trees
 * that bases make, parents in front:
 *
 *	0 a   1 on a   2 b   3 on 1   4 on a
 *	order	a 1 3 4 b
 *	a	the 4 elements from 0 on; 3 is at 2, so it stands on a */
#include "dockerfile/graph.h"

#include "dockerfile/access.h"
#include "dockerfile/internal.h"

enum { HINT_STAGES_MAX = 256 };

int dockerfile_graph_sort_names(struct df_graph *g, struct arena *a,
				struct err *err)
{
	struct str *names = arena_array(a, g->n, sizeof *names, err);
	struct str *written = arena_array(a, g->n, sizeof *written, err);
	if (!names || !written)
		return -1;
	for (uint32_t i = 0; i < g->n; i++) {
		const struct df_stage *s = &g->stages[i];
		const struct df_word *as =
			s->from ? dockerfile_from_name(s->from) : NULL;
		names[i] = s->name;
		written[i] = as ? as->text : STR("");
	}
	if (str_index_make(&g->names, names, g->n, a, err) < 0)
		return -1;
	return str_index_make(&g->written, written, g->n, a, err);
}

uint32_t dockerfile_graph_find(const struct df_graph *g, uint32_t n,
			       struct str name, bool any_case)
{
	if (name.n == 0)
		return DF_NO_STAGE;
	return any_case ? str_index_last_any_case(&g->names, name, n)
			: str_index_last(&g->names, name, n);
}

bool dockerfile_graph_has_written(const struct df_graph *g, uint32_t n,
				  struct str name)
{
	return name.n && str_index_last(&g->written, name, n) != STR_INDEX_NONE;
}

uint32_t dockerfile_graph_target(const struct df_graph *g, struct str target)
{
	if (target.n == 0)
		return g->n ? g->n - 1 : DF_NO_STAGE;
	return dockerfile_graph_find(g, g->n, target, true);
}

struct nearest_hint dockerfile_graph_hint(const struct df_graph *g, uint32_t n,
					  struct str name)
{
	struct quoted wanted = str_quoted(name), best, other;
	struct nearest near = nearest_to(wanted.text);
	uint32_t i = n > HINT_STAGES_MAX ? n - HINT_STAGES_MAX : 0;
	for (; i < n; i++) {
		other = str_quoted(g->stages[i].name);
		if (g->stages[i].name.n)
			nearest_try(&near, other.text);
		if (near.best != other.text)
			continue;
		best = other;
		near.best = best.text;
	}
	return nearest_hint(&near, "");
}

/* Stages stand in the order of the file. */
uint32_t dockerfile_graph_stage_of(const struct df_graph *g, uint32_t instr)
{
	uint32_t from = 0, to = g->n;
	while (from < to) {
		uint32_t mid = from + (to - from) / 2;
		const struct df_stage *s = &g->stages[mid];
		uint32_t start = s->from ? s->from->index : s->first;
		if (instr < start)
			to = mid;
		else if (instr >= s->end && instr != start)
			from = mid + 1;
		else
			return mid;
	}
	return DF_NO_STAGE;
}

/* A base is an earlier stage: counting down meets each stage before its base,
 * counting up each base before what stands on it. */
void dockerfile_graph_order_bases(struct df_graph *g)
{
	for (uint32_t i = 0; i < g->n; i++)
		g->stages[i].n_above = 1;
	for (uint32_t i = g->n; i-- > 0;)
		if (g->stages[i].base != DF_NO_STAGE)
			g->stages[g->stages[i].base].n_above +=
				g->stages[i].n_above;
	uint32_t next = 0;
	for (uint32_t i = 0; i < g->n; i++) {
		struct df_stage *s = &g->stages[i];
		uint32_t *at = s->base == DF_NO_STAGE
				       ? &next
				       : &g->stages[s->base].next;
		s->order = *at;
		s->next = s->order + 1;
		*at += s->n_above;
	}
}

uint32_t dockerfile_graph_root(const struct df_graph *g, uint32_t stage)
{
	return g->stages[stage].root;
}

bool dockerfile_graph_stands_on(const struct df_graph *g, uint32_t stage,
				uint32_t on)
{
	if (stage == DF_NO_STAGE || on == DF_NO_STAGE)
		return on == DF_NO_STAGE;
	uint32_t order = g->stages[stage].order, from = g->stages[on].order;
	return order >= from && order - from < g->stages[on].n_above;
}

/* FROM's edge comes first, then those of triggers, then those of the stage's
 * own lines in their order. */
const struct df_edge *dockerfile_graph_edge_of(const struct df_graph *g,
					       const struct df_instr *in)
{
	uint32_t stage = dockerfile_graph_stage_of(g, in->index);
	if (stage == DF_NO_STAGE)
		return NULL;
	const struct df_edge *v = g->stages[stage].edges;
	size_t from = 0, to = g->stages[stage].n_edges;
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		if (v[mid].onbuild || v[mid].in->index < in->index)
			from = mid + 1;
		else
			to = mid;
	}
	return from < g->stages[stage].n_edges && v[from].in == in ? &v[from]
								   : NULL;
}
