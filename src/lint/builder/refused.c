/* SPDX-License-Identifier: Apache-2.0 */
/* The walk over all instructions, as the builder lays out the build: stage by
 * stage, and what ONBUILD of a stage fires in front of those built on it
 * (Dockerfile reference, ONBUILD). An ONBUILD that nothing of the file is
 * built on fires elsewhere, and the builder does not look at it here. */
#include "lint/builder/builder.h"

#include "base/chars.h"
#include "dockerfile/access.h"
#include "lint/facts/words.h"
#include "lint/rules/base_image/image_name.h"
#include "lint/rules/variable/image_env.h"

static int look_word(struct refusal *r, const struct df_word *w,
		     struct value *v)
{
	return lint_refusal_value(r, w->text, (struct origin){ .word = w }, v);
}

/* Keys are expanded, too, but not those of ARG. */
static int refuse_pairs(struct refusal *r)
{
	struct value v;
	bool arg = r->in->kind == DF_ARG;
	for (size_t i = 0; i < r->in->n_pairs; i++) {
		const struct df_pair *p = &r->in->pairs[i];
		r->n_args = arg ? i : 0;
		if (!arg && look_word(r, &p->key, &v) < 0)
			return -1;
		if (!p->has_value)
			continue;
		int read = look_word(r, &p->value, &v);
		if (read < 0 || (read && arg && r->global &&
				 lint_refuse_epoch(r, p, &v) < 0))
			return -1;
	}
	return 0;
}

static int refuse_words(struct refusal *r)
{
	struct value v;
	for (size_t i = 0; i < r->in->n_words; i++) {
		const struct df_word *w = &r->in->words[i];
		int read = look_word(r, w, &v);
		if (read < 0)
			return -1;
		if (read == 0 || !v.known)
			continue;
		if (r->in->kind == DF_VOLUME && v.text.n == 0 && !v.asked &&
		    lint_refuse(r, w->at,
				"VOLUME %s is an empty path, which the builder "
				"refuses; name a directory of the image",
				str_quoted(w->text).text) < 0)
			return -1;
		if (r->in->kind == DF_STOPSIGNAL && !v.asked &&
		    !lint_is_signal(v.text) &&
		    lint_refuse(
			    r, w->at,
			    "the builder knows no signal %s; write a name such "
			    "as SIGTERM or SIGRTMIN+3, or a number other than "
			    "0",
			    str_quoted(v.text).text) < 0)
			return -1;
	}
	return 0;
}

static int refuse_instr(struct refusal *r)
{
	static const struct {
		unsigned kinds;
		int (*look)(struct refusal *r);
	} rows[] = {
		{ DF_FROM, lint_refuse_from },
		{ DF_ENV | DF_LABEL | DF_ARG, refuse_pairs },
		{ DF_WORKDIR | DF_USER | DF_VOLUME | DF_STOPSIGNAL,
		  refuse_words },
		{ DF_EXPOSE, lint_refuse_expose },
		{ DF_COPY | DF_ADD, lint_refuse_copy },
		{ DF_RUN, lint_refuse_run },
	};
	r->told = false;
	r->n_args = 0;
	if (lint_refuse_flags(r) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (r->in->kind & rows[i].kinds)
			return rows[i].look(r);
	return 0;
}

/* What the image below the stage sets is known of some public ones, whatever
 * their tag, and of scratch, which sets nothing. */
static void find_env(struct refusal *r, const struct df_stage *s)
{
	const struct df_graph *g = r->f->graph;
	s = &g->stages[dockerfile_graph_root(g, s->index)];
	const struct df_word *word =
		s->from ? dockerfile_from_image(s->from) : NULL;
	r->env = "";
	r->env_known = s->image_known && s->is_scratch;
	if (r->env_known || !word)
		return;
	struct str image = s->image_known ? s->image : word->text;
	struct str name = lint_image_name_of(image).name;
	image.n = name.n ? (size_t)(name.p + name.n - image.p) : 0;
	r->env_known = image.n && !lint_word_has_expansion(image) &&
		       lint_image_env_find(image, &r->env);
}

static void push(void *self, const struct diag *d)
{
	struct lint_job *job = self;
	if (!job->failed.code &&
	    lint_tell(job, &rule_syntax, d->at, str_of(d->message),
		      &job->failed) < 0)
		return;
}

/* ONBUILDs of the stage below, with the variables at its end; what they set
 * themselves may be anything. */
static int look_triggers(struct refusal *r, const struct df_stage *s)
{
	if (s->base == DF_NO_STAGE)
		return 0;
	const struct df_stage *base = &r->f->graph->stages[s->base];
	r->vars = base->vars;
	r->env_known = false;
	struct diag_sink sink = { push, r->job };
	for (uint32_t i = base->first; i < base->end; i++) {
		const struct df_instr *outer = r->f->df->instrs[i];
		r->in = outer->inner;
		if (!outer->inner || outer->bad || outer->inner->bad)
			continue;
		dockerfile_check_trigger(&r->job->df, outer->inner, &sink);
		if (r->job->failed.code) {
			*r->err = r->job->failed;
			return -1;
		}
		if (refuse_instr(r) < 0)
			return -1;
	}
	return 0;
}

static int look_stage(struct refusal *r, const struct df_stage *s)
{
	r->stage = s->index;
	r->global = false;
	if (look_triggers(r, s) < 0)
		return -1;
	find_env(r, s);
	for (uint32_t i = s->first; i < s->end; i++) {
		r->in = r->f->df->instrs[i];
		r->vars = r->f->vars[i];
		if (refuse_instr(r) < 0)
			return -1;
	}
	return 0;
}

/* Lines in front of the first FROM, then every FROM: all stages are named
 * before one of them is laid out. */
static int look_heads(struct refusal *r)
{
	const struct lint_file *f = r->f;
	r->global = true;
	r->env_known = true;
	r->env = "";
	r->stage = DF_NO_STAGE;
	for (size_t i = 0; i < f->df->n_instrs; i++) {
		r->in = f->df->instrs[i];
		r->vars = f->vars[i];
		if (r->in->kind == DF_FROM)
			break;
		if (r->in->kind == DF_ARG && refuse_instr(r) < 0)
			return -1;
	}
	for (uint32_t i = 0; i < f->graph->n; i++) {
		r->in = f->graph->stages[i].from;
		r->stage = i;
		if (!r->in)
			continue;
		r->vars = f->vars[r->in->index];
		if (refuse_instr(r) < 0)
			return -1;
	}
	return 0;
}

int lint_find_refused(struct lint_job *job, struct err *err)
{
	struct refusal r = { .job = job, .f = &job->file, .err = err };
	const struct df_graph *g = r.f->graph;
	r.n_states = g->n;
	lint_refusal_version(&r);
	r.is_template = job->tmpl.kind != NULL;
	if (!r.is_template && lint_refuse_file(&r) < 0)
		return -1;
	if (g->n == 0 || !g->stages[0].from)
		return 0;
	if (look_heads(&r) < 0)
		return -1;
	for (uint32_t i = 0; i < g->n; i++)
		if (look_stage(&r, &g->stages[i]) < 0)
			return -1;
	return 0;
}
