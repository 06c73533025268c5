/* SPDX-License-Identifier: Apache-2.0 */
/* The findings of one file while it is looked at: what rules report, what the
 * engine itself reports, and what comes from outside. */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#include "lint/config/bytes.h"
#include "lint/internal.h"

const struct lint_rule rule_syntax = {
	.id = "PARE-SYNTAX",
	.severity = SEV_ERROR,
	.stays = true,
	.yields_to = "DL3043",
	.summary = "the file cannot be read here",
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

/* What the image that was measured has of this, else the table's row. */
static void weigh(const struct lint_job *job, const char *key, struct found *f)
{
	const struct lint_measured *m = lint_measured_at(&job->file, f->at.at);
	const struct lint_estimate *row = lint_estimate_find(key);
	for (size_t i = 0; m && i < m->n_kinds; i++)
		if (strcmp(m->kinds[i].key, key) == 0) {
			f->bytes = m->kinds[i].bytes;
			f->bytes_source = BYTES_MEASURED;
			return;
		}
	if (row) {
		f->bytes = row->bytes;
		f->bytes_source = BYTES_ESTIMATE;
	}
}

static int tell(struct lint_out *out, struct span at, const char *key,
		struct err *err, const char *fmt, va_list ap)
{
	struct lint_job *job = out->job;
	struct next_finding next = out->next;
	struct found f = { .rule = out->rule,
			   .id = next.name ? next.name : out->rule->id,
			   .sole = next.name,
			   .order = out->order,
			   .severity = next.has_severity ? next.severity
							 : out->rule->severity,
			   .at = at };
	out->next = (struct next_finding){ 0 };
	assert(at.at <= job->df.text.n && at.n <= job->df.text.n - at.at);
	if (next.has_bytes) {
		f.bytes = next.bytes;
		f.bytes_source = next.bytes_source;
	} else if (key) {
		weigh(job, key, &f);
	}
	if (format(&job->arena, &f.message, err, fmt, ap) < 0)
		return -1;
	return lint_keep(job, &f, err);
}

int lint_find(struct lint_out *out, struct span at, struct err *err,
	      const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	int r = tell(out, at, NULL, err, fmt, ap);
	va_end(ap);
	return r;
}

int lint_find_bytes(struct lint_out *out, struct span at, const char *key,
		    struct err *err, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	int r = tell(out, at, key, err, fmt, ap);
	va_end(ap);
	return r;
}

void lint_next_severity(struct lint_out *out, enum severity severity)
{
	out->next.has_severity = true;
	out->next.severity = severity;
}

void lint_next_name(struct lint_out *out, const char *name)
{
	out->next.name = name;
}

void lint_next_bytes(struct lint_out *out, uint64_t bytes,
		     enum lint_bytes source)
{
	out->next.has_bytes = true;
	out->next.bytes = bytes;
	out->next.bytes_source = source;
}

/* --- findings of others --------------------------------------------------- */

const struct lint_file *lint_job_file(const struct lint_job *job)
{
	return &job->file;
}

int lint_add(struct lint_job *job, const struct lint_rule *rule, const char *id,
	     enum severity severity, struct span at, struct str message,
	     struct err *err)
{
	struct found f = { .rule = rule,
			   .id = id,
			   .order = order_of(job->in.rules, rule),
			   .severity = severity,
			   .at = at };
	if (arena_str(&job->arena, message, &f.message, err) < 0)
		return -1;
	return lint_keep(job, &f, err);
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
