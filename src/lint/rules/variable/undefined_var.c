/* SPDX-License-Identifier: Apache-2.0 */
/* $NAME that nobody sets.
 *
 * What a base image brings is rarely known, so a name is told of only when the
 * base's variables are known (image_env), or when the name is so near to one
 * that is set that it is a slip: $PTAH. Each name once an instruction. */
#include "base/chars.h"
#include "lint/rule.h"
#include "lint/rules/variable/image_env.h"
#include "lint/rules/base_image/image_name.h"
#include "lint/facts/values.h"
#include "lint/rules/variable/suggest.h"
#include "lint/facts/words.h"

enum { TOLD_MAX = 16 };

/* One instruction being looked at. */
struct look {
	const struct lint_file *f;
	const struct df_instr *in;
	const struct df_var *vars; /* in front of it */
	const char *image;	   /* what the base sets */
	bool image_known;
	/* The word that is expanded: its place in the file is that of its
	 * bytes, one by one or as part of the line. */
	const struct df_word *word;
	const struct df_flag *flag;
	uint32_t at;
	size_t n_args; /* pairs of an ARG that are done: the next see them */
	struct str told[TOLD_MAX];
	size_t n_told;
	struct lint_out *out;
	struct err *err;
	bool failed;
};

static bool get(void *self, struct str name, struct str *value)
{
	const struct look *l = self;
	const struct df_var *v = dockerfile_scope_find(l->vars, name);
	*value = v ? v->value : STR("x");
	return v && v->set;
}

static struct span place(const struct look *l, struct span at)
{
	size_t a = at.at, b = span_end(at);
	if (l->flag)
		return dockerfile_flag_span(l->flag, a, b);
	if (l->word)
		return lint_word_span(l->in, l->word, a, b);
	return (struct span){ l->at + at.at, at.n };
}

/* What the base sets is known, or all but sure to be a slip of the pen.
 *
 *	FROM alpine (its variables are known)	$FOO		told
 *	FROM private/image			$FOO		silent
 *	FROM private/image			$PTAH		told: near $PATH
 */
static bool is_defined(const struct look *l, struct str name, struct str *near)
{
	struct suggestion s = { .wanted = name };
	struct str rest = str_of(l->image), one;
	if (dockerfile_scope_find(l->vars, name) || str_eqz(name, "PATH"))
		return true;
	if (l->n_args &&
	    lint_pair_sets(l->f, l->in, l->n_args, l->n_args, name))
		return true;
	if (lint_word_in(name, l->image))
		return true;
	lint_suggest_offer(&s, STR("PATH"));
	while (rest.n) {
		if (!str_cut(rest, ' ', &one, &rest)) {
			one = rest;
			rest = STR("");
		}
		lint_suggest_offer(&s, one);
	}
	lint_suggest_offer_vars(&s, l->vars, true);
	*near = s.best;
	return !l->image_known && s.best.n == 0;
}

static void seen(void *self, struct str name, struct span at, bool set)
{
	struct look *l = self;
	struct str near;
	if (set || l->failed || is_defined(l, name, &near))
		return;
	for (size_t i = 0; i < l->n_told; i++)
		if (str_eq(l->told[i], name))
			return;
	if (l->n_told < TOLD_MAX)
		l->told[l->n_told++] = name;
	if (lint_find(l->out, place(l, at), l->err,
		      near.n ? "$%s is empty here, since no ARG or ENV above "
			       "sets it (did you mean $%s?)"
			     : "$%s is empty here, since no ARG or ENV above "
			       "sets it; add one, or remove the variable%s",
		      str_quoted(name).text,
		      near.n ? str_quoted(near).text : "") < 0)
		l->failed = true;
}

static int expand(struct look *l, struct str text, unsigned how, char escape)
{
	scoped(buf_done) struct buf b = BUF_INIT(EXPAND_MAX);
	struct expand x = { .escape = escape,
			    .how = how,
			    .get = get,
			    .seen = seen,
			    .self = l };
	if (dockerfile_expand_text(&x, text, &b, l->err) < 0 && !l->failed) {
		if (l->err->code == ERR_NOMEM)
			return -1;
		/* Bad substitutions are errors of the syntax. */
		err_clear(l->err);
	}
	return l->failed ? -1 : 0;
}

static int look_word(struct look *l, const struct df_word *word)
{
	l->word = word;
	l->flag = NULL;
	return expand(l, word->text, 0, l->f->df->escape);
}

static int look_pairs(struct look *l)
{
	for (size_t i = 0; i < l->in->n_pairs; i++) {
		const struct df_pair *p = &l->in->pairs[i];
		l->n_args = l->in->kind == DF_ARG ? i : 0;
		if (l->in->kind != DF_ARG && look_word(l, &p->key) < 0)
			return -1;
		if (p->has_value && look_word(l, &p->value) < 0)
			return -1;
	}
	return 0;
}

/* Bodies of COPY's heredocs; a quoted name keeps them as they are. */
static int look_heredocs(struct look *l)
{
	for (size_t i = 0; i < l->in->n_heredocs; i++) {
		const struct df_heredoc *h = &l->in->heredocs[i];
		if (!h->expand)
			continue;
		l->word = NULL;
		l->flag = NULL;
		l->at = h->body.at;
		if (expand(l, span_str(l->f->df->text, h->body),
			   EXPAND_NO_QUOTES, '\\') < 0)
			return -1;
	}
	return 0;
}

/* Flags, then arguments, then bodies: the order in which they stand, in which
 * findings come as well. */
static int look_instr(struct look *l)
{
	const struct df_instr *in = l->in;
	l->n_told = l->n_args = 0;
	for (size_t i = 0; i < in->n_flags; i++) {
		l->flag = &in->flags[i];
		l->word = NULL;
		if (dockerfile_expands_flag(in, l->flag) &&
		    expand(l, l->flag->text, 0, l->f->df->escape) < 0)
			return -1;
	}
	if (!dockerfile_expands_args(in) || in->kind == DF_EXPOSE)
		return 0;
	if (in->kind & (DF_ENV | DF_LABEL | DF_ARG))
		return look_pairs(l);
	for (size_t i = 0; i < in->n_words; i++)
		if (!dockerfile_copy_heredoc(in, &in->words[i]) &&
		    look_word(l, &in->words[i]) < 0)
			return -1;
	return in->kind & (DF_COPY | DF_ADD) ? look_heredocs(l) : 0;
}

/* The tag may hang on what is not known.
 *
 * FROM python:$V: which variables the base sets hangs on the repository, so the
 * name in front of the tag has to be known and the tag has not. */
static void find_image(struct look *l, const struct df_stage *s)
{
	const struct df_graph *g = l->f->graph;
	s = &g->stages[dockerfile_graph_root(g, s->index)];
	const struct df_word *word =
		s->from ? dockerfile_from_image(s->from) : NULL;
	l->image = "";
	l->image_known = false;
	if (!word)
		return;
	struct str image = s->image_known ? s->image : word->text;
	struct str name = lint_image_name_of(image).name;
	image.n = (size_t)(name.p + name.n - image.p);
	l->image_known = !lint_word_has_expansion(image) &&
			 lint_image_env_find(image, &l->image);
}

static int check(const struct lint_file *f, const struct df_stage *s,
		 struct lint_out *out, struct err *err)
{
	struct look l = { .f = f, .out = out, .err = err };
	find_image(&l, s);
	for (uint32_t i = s->first; i < s->end; i++) {
		l.in = f->df->instrs[i];
		if (l.in->bad)
			continue;
		l.vars = lint_vars_at(f, l.in);
		if (look_instr(&l) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_undefined_var = {
	.id = "UndefinedVar",
	.severity = SEV_WARN,
	.yields_to = "DL3044",
	.summary = "variable that is not defined",
	.check_stage = check,
};
