/* SPDX-License-Identifier: Apache-2.0 */
/* Faults of the file as a whole: no stage, a directive that says nothing, flags
 * that are newer than the syntax line. */
#include <stdio.h>

#include "base/chars.h"
#include "lint/builder/builder.h"
#include "lint/facts/words.h"

static int refuse_no_stage(struct refusal *r)
{
	const struct dockerfile *df = r->f->df;
	if (df->n_instrs == 0)
		return 0;
	for (size_t i = 0; i < df->n_instrs; i++) {
		r->in = df->instrs[i];
		if (r->in->bad)
			return 0;
		if (r->in->kind != DF_ARG)
			return lint_refuse(
				r, r->in->keyword.at,
				"%s stands in front of FROM, where the "
				"builder takes ARG alone; begin the "
				"stage with FROM IMAGE",
				str_quoted(r->in->keyword.text).text);
	}
	return lint_refuse(r, df->instrs[0]->keyword.at,
			   "the file has ARG alone and no FROM, so there is no "
			   "stage to build; add FROM IMAGE");
}

static int refuse_before_from(struct refusal *r)
{
	const struct dockerfile *df = r->f->df;
	for (size_t i = 0; i < df->n_instrs; i++) {
		r->in = df->instrs[i];
		r->told = false;
		if (r->in->kind == DF_FROM)
			return 0;
		if (!(r->in->kind & (DF_ARG | DF_UNKNOWN)))
			return lint_refuse(
				r, r->in->keyword.at,
				"%s stands in front of FROM, where the "
				"builder takes ARG alone; move it below "
				"FROM",
				str_quoted(r->in->keyword.text).text);
	}
	return 0;
}

/* KEY=VALUE, three at most with ; between. Keys that are none were told of where
 * the options were read (suppress/pragma_check.c). */
static const char *option_fault(struct str option)
{
	struct str key, value;
	if (option.n == 0)
		return "it ends in a ; behind which an option is missing";
	if (!str_cut(option, '=', &key, &value) ||
	    !str_eqz(str_trim(key, NULL), "error"))
		return NULL;
	return lint_word_in(str_trim(value, NULL),
			    "1 t T TRUE true True 0 f F FALSE false False")
		       ? NULL
		       : "error is true or false";
}

static int refuse_check(struct refusal *r, const struct df_directive *d)
{
	struct str value = span_str(r->f->df->text, d->value), rest, one;
	value.n = str_find(value, ' ');
	rest = value;
	bool more = value.n > 0;
	for (size_t n = 0; more; n++) {
		more = n < 2 && str_cut(rest, ';', &one, &rest);
		if (!more)
			one = rest;
		const char *why = option_fault(one);
		if (why)
			return lint_refuse(
				r, d->value,
				"the builder cannot read check=%s: %s",
				str_quoted(value).text, why);
	}
	return 0;
}

/* A number of seconds, context, or a stage that the time is taken from. */
int lint_refuse_epoch(struct refusal *r, const struct df_pair *p,
		      const struct value *v)
{
	uint64_t seconds;
	if (!str_eqz(p->key.text, "SOURCE_DATE_EPOCH") || !v->known ||
	    v->text.n == 0 || str_eqz(v->text, "context"))
		return 0;
	bool sign = *v->text.p == '-' || *v->text.p == '+';
	if (str_to_u64(str_from(v->text, sign), &seconds) &&
	    seconds <= INT64_MAX)
		return 0;
	if (dockerfile_graph_find(r->f->graph, r->f->graph->n, v->text, true) !=
	    DF_NO_STAGE)
		return 0;
	return lint_refuse(
		r, p->value.at,
		"SOURCE_DATE_EPOCH=%s is no time that the builder takes; "
		"write seconds since 1970, context, or the name of a "
		"stage",
		str_quoted(v->text).text);
}

int lint_refuse_file(struct refusal *r)
{
	const struct dockerfile *df = r->f->df;
	r->in = NULL;
	for (size_t i = 0; i < df->n_directives; i++)
		if (str_eqz(df->directives[i].key, "check") &&
		    refuse_check(r, &df->directives[i]) < 0)
			return -1;
	const struct df_graph *g = r->f->graph;
	return g->n && g->stages[0].from ? refuse_before_from(r)
					 : refuse_no_stage(r);
}
