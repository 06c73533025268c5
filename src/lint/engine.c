/* SPDX-License-Identifier: Apache-2.0 */
/* A file is read, facts are made, every rule that is switched on looks. */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/cancel.h"
#include "lint/bytes.h"
#include "lint/internal.h"

const struct lint_rule rule_syntax = {
	.id = "PARE-SYNTAX",
	.severity = SEV_ERROR,
	.stays = true,
	.yields_to = "DL3043",
	.summary = "the file cannot be read here",
};

int lint_grow(struct arena *a, void *p, size_t n, size_t *cap, size_t size,
	      struct err *err)
{
	void **array = p;
	if (n < *cap)
		return 0;
	size_t want = *cap ? *cap * 2 : 16;
	void *more = arena_array(a, want, size, err);
	if (!more)
		return -1;
	if (n)
		memcpy(more, *array, n * size);
	*array = more;
	*cap = want;
	return 0;
}

int lint_keep(struct lint_job *job, const struct found *f, struct err *err)
{
	if (lint_grow(&job->arena, &job->found, job->n_found, &job->cap_found,
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
	return lint_add(job, rule, rule->id, rule->severity, rule->fix, at,
			message, err);
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
			   .fix = next.has_fix ? next.fix : out->rule->fix,
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

void lint_next_fix(struct lint_out *out, enum lint_fix fix)
{
	out->next.has_fix = true;
	out->next.fix = fix;
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

/* --- calling the rules ---------------------------------------------------- */

static int each_instr(const struct lint_file *f, struct lint_out *out,
		      struct err *err)
{
	const struct lint_rule *r = out->rule;
	for (size_t i = 0; i < f->df->n_instrs; i++) {
		const struct df_instr *in = f->df->instrs[i];
		if (cancel_check(err) < 0)
			return -1;
		if ((r->on & in->kind) && r->check_instr(f, in, out, err) < 0)
			return -1;
		if (r->on_onbuild && in->inner && (r->on & in->inner->kind) &&
		    r->check_instr(f, in->inner, out, err) < 0)
			return -1;
	}
	return 0;
}

static int each_run(const struct lint_file *f, struct lint_out *out,
		    struct err *err)
{
	const struct lint_rule *r = out->rule;
	for (size_t i = 0; i < f->n_runs; i++) {
		const struct lint_run *run = &f->runs[i];
		if (cancel_check(err) < 0)
			return -1;
		bool told = run->run.sh.readable ||
			    (run->run.form == DF_RUN_EXEC && run->n_commands);
		if (!told || (run->outer != run->in && !r->on_onbuild))
			continue;
		if (r->check_run(f, run, out, err) < 0)
			return -1;
	}
	return 0;
}

static int look(struct lint_job *job, size_t i, struct err *err)
{
	const struct lint_rule *r = job->in.rules->v[i];
	const struct lint_file *f = &job->file;
	struct lint_out out = { .job = job, .rule = r, .order = i };
	if (r->check_instr && each_instr(f, &out, err) < 0)
		return -1;
	if (r->check_run && each_run(f, &out, err) < 0)
		return -1;
	for (uint32_t k = 0; r->check_stage && k < f->graph->n; k++)
		if (r->check_stage(f, &f->graph->stages[k], &out, err) < 0)
			return -1;
	return r->check_file ? r->check_file(f, &out, err) : 0;
}

static int choose(struct lint_job *job, struct err *err)
{
	static const struct lint_choice plain = { .show = SEV_STYLE };
	const struct lint_table *t = job->in.rules;
	if (!job->in.choice)
		job->in.choice = &plain;
	job->states = arena_array(&job->arena, t->n, sizeof *job->states, err);
	if (!job->states)
		return -1;
	for (size_t i = 0; i < t->n; i++)
		job->states[i] = lint_choose(job->in.choice, t->v[i],
					     t->v[i]->id, t->v[i]->severity);
	return 0;
}

/* Syntax errors come while the text is read. */
static void push(void *self, const struct diag *d)
{
	struct lint_job *job = self;
	if (!job->failed.code &&
	    lint_tell(job, &rule_syntax, d->at, str_of(d->message),
		      &job->failed) < 0)
		return;
}

static int read_text(struct lint_job *job, struct err *err)
{
	struct diag_sink sink = { push, job };
	if (df_parse(job->in.text, &sink, &job->df, err) < 0)
		return -1;
	if (job->failed.code) {
		*err = job->failed;
		return -1;
	}
	return 0;
}

int lint_open(const struct lint_input *in, struct lint_job **out,
	      struct err *err)
{
	scoped(lint_close) struct lint_job *job = calloc(1, sizeof *job);
	if (!job)
		return err_nomem(err, sizeof *job);
	job->in = *in;
	job->file.context_fd = -1;
	if (choose(job, err) < 0 || read_text(job, err) < 0 ||
	    lint_read_facts(job, err) < 0)
		return -1;
	for (size_t i = 0; i < in->rules->n; i++)
		if (job->states[i].on && look(job, i, err) < 0)
			return err_ctx(err, "rule %s", in->rules->v[i]->id);
	lint_close_context(job);
	*out = take(&job);
	return 0;
}

void lint_close(struct lint_job **job)
{
	struct lint_job *j = *job;
	if (!j)
		return;
	lint_close_context(j);
	df_done(&j->df);
	arena_done(&j->arena);
	free(j);
	*job = NULL;
}

/* --- findings of others --------------------------------------------------- */

const struct lint_file *lint_job_file(const struct lint_job *job)
{
	return &job->file;
}

int lint_add(struct lint_job *job, const struct lint_rule *rule, const char *id,
	     enum severity severity, enum lint_fix fix, struct span at,
	     struct str message, struct err *err)
{
	struct found f = { .rule = rule,
			   .id = id,
			   .order = order_of(job->in.rules, rule),
			   .severity = severity,
			   .fix = fix,
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
