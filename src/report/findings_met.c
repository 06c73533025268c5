/* SPDX-License-Identifier: Apache-2.0 */
/* The rules that found something. */
#include <stdlib.h>

#include "report/findings_parts.h"

void report_met_done(struct report_met *u)
{
	arena_done(&u->arena);
}

static int by_id(const void *a, const void *b)
{
	const struct finding *const *x = a, *const *y = b;
	return strcmp((*x)->id, (*y)->id);
}

int report_met_collect(const struct report_findings *r, struct report_met *u,
		       struct err *err)
{
	size_t all = 0, n = 0;
	for (size_t i = 0; i < r->n; i++)
		all += r->results[i].n;
	u->v = arena_array(&u->arena, all, sizeof *u->v, err);
	if (!u->v)
		return -1;
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; k < r->results[i].n; k++)
			u->v[n++] = &r->results[i].findings[k];
	if (n)
		qsort(u->v, n, sizeof *u->v, by_id);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || strcmp(u->v[i]->id, u->v[u->n - 1]->id) != 0)
			u->v[u->n++] = u->v[i];
	return 0;
}

size_t report_met_index(const struct report_met *u, const struct finding *f)
{
	const struct finding **at =
		bsearch(&f, u->v, u->n, sizeof *u->v, by_id);
	return at ? (size_t)(at - u->v) : 0;
}
