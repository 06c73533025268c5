/* SPDX-License-Identifier: Apache-2.0 */
/* No byte counts twice. Of sorted findings the first one has the bytes:
 *
 *	RUN pip install a && pip install b	DL3042 twice: one cache of pip
 *	RUN pip install a && pipenv sync	PARE1020 has pipenv's own cache,
 *						and pip's is DL3042's
 *	RUN apt-get update			apt's lists lie in the image
 *	RUN apt-get update			once, however many RUNs fetch
 *
 * Findings that were suppressed or left out have none. What was measured lies
 * in the layer of one instruction; an estimate is of a stage and of those that
 * it is built on. */
#include <string.h>

#include "catalog/catalog.h"
#include "lint/internal.h"

static void take_bytes(struct finding *f)
{
	lint_finding_bytes(f, 0, BYTES_UNKNOWN);
	f->basis = NULL;
}

/* The position of the row among all of them; CATALOG_CACHES_MAX: there is no
 * such row. */
static unsigned row_of(const char *key)
{
	struct catalog_at at = { 0 };
	const struct catalog_estimate *e;
	unsigned i = 0;
	while ((e = catalog_next_estimate(&at)) && strcmp(e->key, key) != 0)
		i++;
	return e ? i : CATALOG_CACHES_MAX;
}

/* A bit for each row, a stage each: told there or below it. A stage stands
 * behind all lines of its base, so that one's bits are there when it begins. */
struct told {
	uint64_t *v;
	uint32_t n; /* stages that have begun */
};

static void count_estimate(const struct lint_job *job, struct told *told,
			   struct finding *f)
{
	uint64_t bit = UINT64_C(1) << row_of(f->shared) % 64;
	uint32_t stage = lint_stage_at(&job->file, f->at.at);
	if (stage == DF_NO_STAGE)
		return;
	for (; told->n <= stage; told->n++) {
		uint32_t base = job->graph.stages[told->n].base;
		told->v[told->n] = base == DF_NO_STAGE ? 0 : told->v[base];
	}
	if (told->v[stage] & bit)
		take_bytes(f);
	told->v[stage] |= bit;
}

/* told has a bit for each kind of the layer that a finding has had. */
static void count_measured(const struct lint_measured *m, uint64_t *told,
			   struct finding *f)
{
	size_t k = 0;
	while (k < m->n_kinds && strcmp(m->kinds[k].name, f->shared) != 0)
		k++;
	if (k == m->n_kinds)
		return;
	uint64_t bit = UINT64_C(1) << k, had = *told & bit ? f->bytes : 0;
	for (size_t i = 0; !had && i < m->n_shares; i++)
		if (m->shares[i].caches & bit && m->shares[i].caches & *told)
			f->bytes -= m->shares[i].bytes;
	*told |= bit;
	if (had || f->bytes == 0)
		take_bytes(f);
}

int lint_count_once(struct lint_job *job, struct err *err)
{
	const struct lint_measured *layer = NULL;
	uint64_t told_of_layer = 0;
	struct told told = { .v = arena_array(&job->arena, job->graph.n,
					      sizeof *told.v, err) };
	if (!told.v)
		return -1;
	for (size_t i = 0; i < job->n_found; i++) {
		struct finding *f = &job->found[i].f;
		if (f->shared && f->bytes_source == BYTES_ESTIMATE)
			count_estimate(job, &told, f);
		if (!f->shared || f->bytes_source != BYTES_MEASURED)
			continue;
		const struct lint_measured *m =
			lint_measured_at(&job->file, f->at.at);
		if (m != layer)
			told_of_layer = 0;
		layer = m;
		if (m)
			count_measured(m, &told_of_layer, f);
	}
	return 0;
}
