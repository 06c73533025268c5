/* SPDX-License-Identifier: Apache-2.0 */
/* The findings of one file while it is looked at: what rules report, what the
 * engine itself reports, and what comes from outside. */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#include "catalog/catalog.h"
#include "catalog/debian_packages.h"
#include "lint/internal.h"

const struct lint_rule rule_syntax = {
	.id = "PARE-SYNTAX",
	.severity = SEV_ERROR,
	.stays = true,
	.yields_to = "DL3011 DL3023 DL3043 DL3061",
	.summary = "the builder refuses this",
};

int lint_keep(struct lint_job *job, const struct found *f, struct err *err)
{
	if (arena_grow(&job->arena, &job->found, job->n_found, &job->cap_found,
		       sizeof *f, err) < 0)
		return -1;
	job->found[job->n_found++] = *f;
	return 0;
}

static size_t order_of(const struct lint_table *t, const struct lint_rule *rule)
{
	size_t i = 0;
	while (i < t->n && t->v[i] != rule)
		i++;
	return i;
}

int lint_tell(struct lint_job *job, const struct lint_rule *rule,
	      struct span at, struct str message, struct err *err)
{
	return lint_add(job, rule, rule->id, rule->severity, at, message, err);
}

/* --- what rules call ------------------------------------------------------ */

static int format(struct arena *a, struct str *out, struct err *err,
		  const char *fmt, va_list ap)
{
	char small[512];
	va_list again;
	va_copy(again, ap);
	/* The first call measures: the text holds names from the file, which
	 * may be as long as the file itself. */
	int n = vsnprintf(small, sizeof small, fmt, ap);
	char *to = n < 0 ? NULL : arena_bytes(a, (size_t)n + 1, err);
	if (to)
		vsnprintf(to, (size_t)n + 1, fmt, again);
	va_end(again);
	if (n < 0)
		return err_set(err, ERR_LIMIT, "a message that is too long");
	if (!to)
		return -1;
	*out = (struct str){ to, (size_t)n };
	return 0;
}

static struct finding finding_of(const struct lint_rule *rule, const char *id,
				 struct span at)
{
	return (struct finding){ .id = id,
				 .alias = rule->alias,
				 .summary = rule->summary,
				 .usual = rule->severity,
				 .severity = rule->severity,
				 .at = at,
				 .removed_in = FINDING_NO_LAYER };
}

struct finding lint_finding_at(const struct lint_out *out, struct span at)
{
	return finding_of(out->rule, out->rule->id, at);
}

void lint_finding_named(struct finding *f, const char *name)
{
	f->id = name;
	f->sole = true;
}

void lint_finding_bytes(struct finding *f, uint64_t bytes,
			enum finding_bytes source)
{
	f->bytes = bytes;
	f->bytes_source = source;
}

static bool is_of_release(const struct lint_job *job, uint32_t at,
			  const struct catalog_estimate *row)
{
	if (!row->release)
		return true;
	const char *release =
		lint_stage_release(&job->file, lint_stage_at(&job->file, at));
	return release && strcmp(release, row->release) == 0;
}

static void weigh_by_row(struct lint_job *job, struct finding *f,
			 const struct catalog_estimate *row)
{
	if (row->typical || !is_of_release(job, f->at.at, row)) {
		f->typical = row->bytes;
		f->typical_of = row->source;
	} else {
		lint_finding_bytes(f, row->bytes, BYTES_ESTIMATE);
		f->basis = row->source;
		f->shared = row->key;
	}
}

void lint_finding_weigh(const struct lint_out *out, struct finding *f,
			const char *key)
{
	const struct lint_measured *m =
		lint_measured_at(&out->job->file, f->at.at);
	const struct catalog_estimate *row = catalog_estimate_find(key);
	for (size_t i = 0; m && i < m->n_kinds; i++)
		if (strcmp(m->kinds[i].key, key) == 0) {
			lint_finding_bytes(f, m->kinds[i].bytes,
					   BYTES_MEASURED);
			f->shared = m->kinds[i].name;
			return;
		}
	if (row)
		weigh_by_row(out->job, f, row);
}

void lint_finding_packages(struct finding *f, struct lint_weight w)
{
	if (w.typical) {
		f->typical = w.bytes;
		f->typical_of = w.bytes ? catalog_debian_source : NULL;
		return;
	}
	lint_finding_bytes(f, w.bytes, BYTES_ESTIMATE);
	f->basis = catalog_debian_source;
}

static int report(struct lint_out *out, const struct finding *f,
		  struct err *err, const char *fmt, va_list ap)
{
	struct lint_job *job = out->job;
	struct found found = { .f = *f,
			       .rule = out->rule,
			       .order = out->order };
	assert(f->at.at <= job->df.text.n &&
	       f->at.n <= job->df.text.n - f->at.at);
	if (format(&job->arena, &found.f.message, err, fmt, ap) < 0)
		return -1;
	return lint_keep(job, &found, err);
}

int lint_report(struct lint_out *out, const struct finding *f, struct err *err,
		const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	int r = report(out, f, err, fmt, ap);
	va_end(ap);
	return r;
}

int lint_find(struct lint_out *out, struct span at, struct err *err,
	      const char *fmt, ...)
{
	struct finding f = lint_finding_at(out, at);
	va_list ap;
	va_start(ap, fmt);
	int r = report(out, &f, err, fmt, ap);
	va_end(ap);
	return r;
}

int lint_find_bytes(struct lint_out *out, struct span at, const char *key,
		    struct err *err, const char *fmt, ...)
{
	struct finding f = lint_finding_at(out, at);
	va_list ap;
	if (lint_ships_at(&out->job->file, at.at))
		lint_finding_weigh(out, &f, key);
	va_start(ap, fmt);
	int r = report(out, &f, err, fmt, ap);
	va_end(ap);
	return r;
}

/* --- findings of other tools ---------------------------------------------- */

const struct lint_file *lint_job_file(const struct lint_job *job)
{
	return &job->file;
}

int lint_add(struct lint_job *job, const struct lint_rule *rule, const char *id,
	     enum severity severity, struct span at, struct str message,
	     struct err *err)
{
	struct found found = { .f = finding_of(rule, id, at),
			       .rule = rule,
			       .order = order_of(job->in.rules, rule) };
	found.f.severity = severity;
	if (arena_str(&job->arena, message, &found.f.message, err) < 0)
		return -1;
	return lint_keep(job, &found, err);
}

void lint_job_ran(struct lint_job *job, const char *prefix)
{
	assert(job->n_ran < JOB_PREFIXES_MAX);
	job->ran[job->n_ran++] = prefix;
}

bool lint_job_wants(const struct lint_job *job, struct str id)
{
	scoped(buf_done) struct buf b = BUF_INIT(1 << 10);
	struct err none = { 0 };
	if (buf_str_add(&b, id, &none) < 0 || !buf_cstr(&b))
		return true;
	static const struct lint_rule other = { .severity = SEV_WARN };
	return lint_choose(job->in.choice, &other, b.p, SEV_WARN).on;
}
