/* SPDX-License-Identifier: Apache-2.0 */
/* Findings one by one, and what they sum up to. */
#include <stdlib.h>

#include "base/arena.h"
#include "report/findings_parts.h"

/* qsort is not stable: the number decides where bytes do not. */
struct ranked {
	const struct finding_list *file;
	const struct finding *f;
	size_t nth;
};

static int by_cost(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	uint64_t m = finding_cost(x->f), n = finding_cost(y->f);
	if (m != n)
		return m < n ? 1 : -1;
	return x->nth < y->nth ? -1 : x->nth > y->nth;
}

static int rank(const struct report_findings *r, struct arena *a,
		struct ranked **out, size_t *n, struct err *err)
{
	size_t all = 0;
	for (size_t i = 0; i < r->n; i++)
		all += r->results[i].n;
	struct ranked *v = arena_array(a, all, sizeof *v, err);
	if (!v)
		return -1;
	*n = 0;
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; k < r->results[i].n; k++, (*n)++)
			v[*n] = (struct ranked){ &r->results[i],
						 &r->results[i].findings[k],
						 *n };
	if (r->by_bytes && all)
		qsort(v, all, sizeof *v, by_cost);
	*out = v;
	return 0;
}

int report_each_finding(const struct report_findings *r,
			const struct text_style *style, struct buf *out,
			int (*put)(const struct text_style *style,
				   const struct finding_list *file,
				   const struct finding *f, struct buf *out,
				   struct err *err),
			struct err *err)
{
	scoped(arena_done) struct arena a = { 0 };
	struct ranked *v;
	size_t n;
	if (rank(r, &a, &v, &n, err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (put(style, v[i].file, v[i].f, out, err) < 0 ||
		    report_drain(r, out, err) < 0)
			return -1;
	}
	return 0;
}

static void add_bytes(struct report_totals *t, const struct finding *f)
{
	uint64_t *sum = f->bytes_source == BYTES_MEASURED ? &t->measured
							  : &t->estimated;
	uint64_t room = UINT64_MAX - *sum, cost = finding_cost(f);
	*sum += MIN(room, cost);
}

struct report_totals report_count(const struct report_findings *r)
{
	struct report_totals t = { 0 };
	for (size_t i = 0; i < r->n; i++) {
		const struct finding_list *file = &r->results[i];
		t.findings += file->n;
		t.files += file->n > 0;
		t.suppressed += file->n_suppressed;
		t.small += file->n_small;
		t.unread += file->err != NULL;
		for (size_t k = 0; k < file->n; k++) {
			t.by_severity[file->findings[k].severity]++;
			add_bytes(&t, &file->findings[k]);
		}
	}
	return t;
}
