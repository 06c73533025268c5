/* SPDX-License-Identifier: Apache-2.0 */
/* The list of pragmas while it grows. */
#include <stdlib.h>

#include "lint/internal.h"

int lint_pragma_keep(struct pragmas *ps, const struct said *said,
		     struct span at, bool inside)
{
	struct lint_file *f = &ps->job->file;
	struct str *rules =
		arena_array(f->arena, said->n, sizeof *rules, ps->err);
	struct span *spans =
		arena_array(f->arena, said->n, sizeof *spans, ps->err);
	if (!rules || !spans ||
	    arena_grow(f->arena, &ps->v, ps->n, &ps->cap, sizeof *ps->v,
		       ps->err) < 0)
		return -1;
	for (size_t i = 0; i < said->n; i++) {
		spans[i] = said->names[i];
		rules[i] = span_str(f->df->text, spans[i]);
	}
	ps->v[ps->n++] = (struct lint_pragma){
		.kind = said->kind,
		.at = at,
		.where = lint_pragma_place(f, said->kind, at, inside),
		.rules = rules,
		.rule_at = spans,
		.n_rules = said->n,
		.reason = span_str(f->df->text, said->reason),
	};
	return 0;
}

static int by_place(const void *a, const void *b)
{
	const struct lint_pragma *x = a, *y = b;
	return (x->at.at > y->at.at) - (x->at.at < y->at.at);
}

void lint_pragma_sort(struct pragmas *ps)
{
	if (ps->n)
		qsort(ps->v, ps->n, sizeof *ps->v, by_place);
	ps->job->file.pragmas = ps->v;
	ps->job->file.n_pragmas = ps->n;
}
