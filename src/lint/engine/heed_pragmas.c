/* SPDX-License-Identifier: Apache-2.0 */
/* Comments that suppress findings, and those that suppress nothing. */
#include <stdlib.h>
#include <string.h>

#include "lint/facts/words.h"
#include "lint/internal.h"

/* The rule as far as the finding is one of it: a finding that goes by one of
 * two names must not be covered by a comment that says the other. */
struct lint_rule lint_rule_of(const struct found *f)
{
	struct lint_rule r = *f->rule;
	if (f->f.sole) {
		r.id = f->f.id;
		r.alias = NULL;
	}
	return r;
}

/* BuildKit's names only, and those letter by letter. */
static bool check_names(struct str name, const struct lint_rule *rule)
{
	const char *own = lint_buildkit_name(rule);
	return own && (str_eqz(name, own) || str_eqz(name, "all"));
}

static bool is_check(const struct lint_pragma *p)
{
	return p->kind == PRAGMA_CHECK || p->kind == PRAGMA_CHECK_FILE;
}

static bool names(const struct lint_pragma *p, size_t k, const struct found *f,
		  const struct lint_rule *rule)
{
	return is_check(p) ? check_names(p->rules[k], rule)
			   : lint_name_means(p->rules[k], rule, f->f.id);
}

static bool **make_used(struct lint_job *job, struct err *err)
{
	size_t n = job->file.n_pragmas;
	bool **used = arena_array(&job->arena, n, sizeof *used, err);
	for (size_t i = 0; used && i < n; i++) {
		used[i] = arena_array(&job->arena, job->file.pragmas[i].n_rules,
				      sizeof **used, err);
		if (!used[i])
			return NULL;
	}
	return used;
}

/* Findings that go by one name, in the order of their places: one pragma names
 * all of them or none. */
struct alike {
	const struct found **v;
	size_t n;
	uint32_t *begins, *ends; /* n + 1: pragmas from this one on, up to it */
};

/* The first that does not stand in front of the place. */
static size_t bound(const struct alike *a, uint32_t at)
{
	size_t from = 0, to = a->n;
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		if (a->v[mid]->f.at.at < at)
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

/* Every pragma that covers one is used, not the first alone. */
static void heed(const struct lint_pragma *p, struct alike *a, bool *used)
{
	const struct lint_rule rule = lint_rule_of(a->v[0]);
	bool file = p->kind == PRAGMA_HADOLINT_GLOBAL ||
		    p->kind == PRAGMA_CHECK_FILE || p->kind == PRAGMA_PARE_FILE;
	size_t from = file ? 0 : bound(a, p->where.at);
	size_t to = file ? a->n : bound(a, span_end(p->where));
	if (p->kind == PRAGMA_HADOLINT_SHELL || from >= to)
		return;
	for (size_t k = 0; k < p->n_rules; k++)
		if (names(p, k, a->v[0], &rule)) {
			used[k] = true;
			a->begins[from]++;
			a->ends[to]++;
		}
}

static int by_name(const struct found *a, const struct found *b)
{
	int d = strcmp(a->f.id, b->f.id);
	if (d)
		return d;
	if (a->rule != b->rule)
		return strcmp(a->rule->id, b->rule->id);
	return (int)a->f.sole - (int)b->f.sole;
}

static int by_name_and_place(const void *a, const void *b)
{
	const struct found *x = *(const struct found *const *)a;
	const struct found *y = *(const struct found *const *)b;
	int d = by_name(x, y);
	return d ? d : (x->f.at.at > y->f.at.at) - (x->f.at.at < y->f.at.at);
}

static void heed_all(const struct lint_job *job, struct alike *a,
		     bool *const *used, bool *out)
{
	uint32_t open = 0;
	memset(a->begins, 0, (a->n + 1) * sizeof *a->begins);
	memset(a->ends, 0, (a->n + 1) * sizeof *a->ends);
	for (size_t i = 0; i < job->file.n_pragmas; i++)
		heed(&job->file.pragmas[i], a, used[i]);
	for (size_t i = 0; i < a->n; i++) {
		open += a->begins[i] - a->ends[i];
		out[a->v[i] - job->found] = open > 0;
	}
}

/* Takes out what pragmas cover among the findings from `from` on.
 *
 * Not each finding asks each pragma, but each name: of those that have one, a
 * pragma covers a row of neighbours, and it is noted where rows begin and
 * end. */
static int suppress(struct lint_job *job, bool *const *used, size_t from,
		    struct finding_list *out, struct err *err)
{
	size_t n = job->n_found - from, kept = from;
	const struct found **v =
		arena_array(&job->arena, n, sizeof(void *), err);
	struct alike a = {
		.begins =
			arena_array(&job->arena, n + 1, sizeof *a.begins, err),
	};
	bool *gone = arena_array(&job->arena, job->n_found, sizeof *gone, err);
	if (!v || !a.begins || !gone)
		return -1;
	a.ends = arena_array(&job->arena, n + 1, sizeof *a.ends, err);
	if (!a.ends)
		return -1;
	for (size_t i = 0; i < n; i++)
		v[i] = &job->found[from + i];
	qsort(v, n, sizeof *v, by_name_and_place);
	for (size_t i = 0; i < n; i += a.n) {
		a.v = v + i;
		for (a.n = 1; i + a.n < n && by_name(v[i], v[i + a.n]) == 0;)
			a.n++;
		heed_all(job, &a, used, gone);
	}
	for (size_t i = from; i < job->n_found; i++)
		if (gone[i])
			out->n_suppressed++;
		else
			job->found[kept++] = job->found[i];
	job->n_found = kept;
	return 0;
}

int lint_heed_pragmas(struct lint_job *job, struct finding_list *out,
		      struct err *err)
{
	if (job->in.choice->forbid_suppressions ||
	    job->file.settings->pragmas_off || job->file.n_pragmas == 0)
		return 0;
	bool **used = make_used(job, err);
	if (!used)
		return -1;
	if (suppress(job, used, 0, out, err) < 0)
		return -1;
	size_t before = job->n_found;
	if (lint_find_unused(job, used, err) < 0)
		return -1;
	return suppress(job, used, before, out, err);
}
