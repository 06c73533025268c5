/* SPDX-License-Identifier: Apache-2.0 */
/* Which RUNs of the file leave a cache, once a kind: thousands of COPYs and rms
 * may ask. */
#include "lint/rules/cache/cache.h"

/* A kind's in the memo: room for all kinds is there from the first question
 * on. */
static struct lint_left *of_kind(const struct lint_file *f,
				 const struct catalog_cache *kind,
				 struct err *err)
{
	struct lint_memo *m = f->memo;
	if (!m->lefts)
		m->lefts = arena_array(f->arena, CATALOG_CACHES_MAX,
				       sizeof *m->lefts, err);
	for (size_t i = 0; m->lefts && i < CATALOG_CACHES_MAX; i++) {
		struct lint_left *l = &m->lefts[i];
		if (l->kind == NULL || l->kind == kind) {
			l->kind = kind;
			return l;
		}
	}
	return NULL;
}

static int look(const struct lint_file *f, const struct catalog_cache *kind,
		struct lint_left *l, struct err *err)
{
	struct lint_command by;
	uint32_t last = LINT_NO_RUN;
	l->ships = arena_array(f->arena, f->n_runs, sizeof *l->ships, err);
	uint32_t *first =
		arena_array(f->arena, f->graph->n, sizeof *first, err);
	if (!l->ships || !first)
		return -1;
	for (uint32_t i = 0; i < f->graph->n; i++)
		first[i] = LINT_NO_RUN;
	for (uint32_t i = 0; i < f->n_runs; i++) {
		const struct lint_run *run = &f->runs[i];
		int left = lint_cache_left(f, kind, run, &by, err);
		if (left < 0)
			return -1;
		if (left && lint_run_ships(f, run))
			last = i;
		if (left && run->stage != DF_NO_STAGE)
			first[run->stage] = MIN(first[run->stage], i);
		l->ships[i] = last;
	}
	/* Lines of a base stand in front of those of what is built on it. */
	for (uint32_t i = 0; i < f->graph->n; i++) {
		uint32_t base = f->graph->stages[i].base;
		if (base != DF_NO_STAGE)
			first[i] = MIN(first[i], first[base]);
	}
	l->first = first;
	return 0;
}

int lint_cache_lefts(const struct lint_file *f,
		     const struct catalog_cache *kind,
		     const struct lint_left **out, struct err *err)
{
	struct lint_left *l = of_kind(f, kind, err);
	if (!l || (!l->first && look(f, kind, l, err) < 0))
		return -1;
	*out = l;
	return 0;
}
