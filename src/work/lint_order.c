/* SPDX-License-Identifier: Apache-2.0 */
/* --sort bytes: what costs most first, and what costs the same as it was. */
#include <stdlib.h>

#include "work/lint_files.h"

/* qsort is not stable: the place before it decides where bytes do not. */
struct ranked {
	uint64_t bytes;
	size_t was;
};

static int by_bytes(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	if (x->bytes != y->bytes)
		return x->bytes < y->bytes ? 1 : -1;
	return x->was < y->was ? -1 : x->was > y->was;
}

static int sort_findings(struct finding_list *l, struct arena *a,
			 struct err *err)
{
	struct ranked *order = arena_array(a, l->n, sizeof *order, err);
	struct finding *sorted = arena_array(a, l->n, sizeof *sorted, err);
	if (!order || !sorted)
		return -1;
	for (size_t i = 0; i < l->n; i++)
		order[i] = (struct ranked){ finding_cost(&l->findings[i]), i };
	qsort(order, l->n, sizeof *order, by_bytes);
	for (size_t i = 0; i < l->n; i++)
		sorted[i] = l->findings[order[i].was];
	l->findings = sorted;
	return 0;
}

int work_lint_files_by_bytes(struct lint_files *f, struct err *err)
{
	size_t n = f->n_results;
	struct ranked *order = arena_array(&f->arena, n, sizeof *order, err);
	struct finding_list *results =
		arena_array(&f->arena, n, sizeof *results, err);
	const struct lint_setup **setups =
		arena_array(&f->arena, n, sizeof *setups, err);
	if (!order || !results || !setups)
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct finding_list *l = &f->results[i];
		if (l->n && sort_findings(l, &f->arena, err) < 0)
			return -1;
		order[i] = (struct ranked){ finding_list_cost(l), i };
	}
	if (n)
		qsort(order, n, sizeof *order, by_bytes);
	for (size_t i = 0; i < n; i++) {
		results[i] = f->results[order[i].was];
		setups[i] = f->setups_of[order[i].was];
	}
	if (n) {
		memcpy(f->results, results, n * sizeof *results);
		memcpy(f->setups_of, setups, n * sizeof *setups);
	}
	return 0;
}
