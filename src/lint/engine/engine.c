/* SPDX-License-Identifier: Apache-2.0 */
/* A file is read, facts are made, every rule that is switched on looks. */
#include <stdlib.h>

#include "base/cancel.h"
#include "lint/internal.h"
#include "lint/text/text_kind.h"

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
	bool masked = job->tmpl.kind;
	if (dockerfile_parse(masked ? job->tmpl.masked : job->in.text, &sink,
			     &job->df, err) < 0)
		return -1;
	if (job->failed.code) {
		*err = job->failed;
		return -1;
	}
	return 0;
}

/* What is no text has no lines to judge: one finding, and nothing that would
 * follow from it. */
static int refuse_binary(struct lint_job *job, enum text_kind kind,
			 struct err *err)
{
	const char *says =
		kind == TEXT_UTF16
			? "this file is in UTF-16, which no builder reads; "
			  "save it as UTF-8"
			: "this is a binary file and no Dockerfile";
	job->n_found = 0;
	return lint_tell(job, &rule_syntax, (struct span){ 0, 0 }, str_of(says),
			 err);
}

int lint_open(const struct lint_input *in, struct lint_job **out,
	      struct err *err)
{
	scoped(lint_close) struct lint_job *job = calloc(1, sizeof *job);
	if (!job)
		return err_nomem(err, sizeof *job);
	job->arena.max = LINT_MEMORY_MAX;
	job->in = *in;
	job->file.context_fd = -1;
	enum text_kind kind = lint_text_kind(in->text);
	if (kind != TEXT_PLAIN)
		job->in.text = (struct str){ 0 };
	if (choose(job, err) < 0 ||
	    lint_template_read(job->in.text, &job->arena, &job->tmpl, err) <
		    0 ||
	    read_text(job, err) < 0 || lint_read_facts(job, err) < 0 ||
	    (kind == TEXT_PLAIN && lint_find_refused(job, err) < 0))
		return -1;
	if (kind != TEXT_PLAIN && refuse_binary(job, kind, err) < 0)
		return -1;
	for (size_t i = 0; i < in->rules->n && kind == TEXT_PLAIN; i++)
		if (job->states[i].on && look(job, i, err) < 0)
			return err_ctx(err, "rule %s", in->rules->v[i]->id);
	if (job->tmpl.kind && lint_tell_template(job, err) < 0)
		return -1;
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
	dockerfile_done(&j->df);
	arena_done(&j->arena);
	free(j);
	*job = NULL;
}
