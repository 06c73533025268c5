/* SPDX-License-Identifier: Apache-2.0 */
/* Words as the builder has them when it lays out the build, and what is said
 * where it cannot read one.
 *
 * A variable has one of three states. Set: by an ARG with a default or by ENV,
 * and its value counts. Unset for sure: no line declares it, and the base image
 * is known not to. Else it may be anything, "x" stands for it, and the result
 * is not known: `ARG b` asks for --build-arg b=..., so ${b:?} behind it is a
 * demand and no fault. */
#include "base/chars.h"
#include "dockerfile/expand.h"
#include "lint/builder/builder.h"
#include "lint/facts/values.h"
#include "lint/facts/words.h"

struct lookup {
	const struct refusal *r;
	bool unknown, asked;
};

static bool is_earlier_arg(const struct refusal *r, struct str name)
{
	return r->n_args &&
	       lint_pair_sets(r->f, r->in, r->n_args, r->n_args, name);
}

static bool unknown(struct lookup *l, struct str *value)
{
	l->unknown = true;
	*value = STR("x");
	return true;
}

static bool get(void *self, struct str name, struct str *value)
{
	struct lookup *l = self;
	const struct refusal *r = l->r;
	const struct df_var *v = dockerfile_scope_find(r->vars, name);
	*value = STR("");
	if (is_earlier_arg(r, name) || (v && (!v->known || !v->set)))
		return unknown(l, value);
	if (v) {
		l->asked |= v->value.n == 0 && v->origin != DF_VAR_ENV;
		*value = v->value;
		return true;
	}
	if (r->is_template)
		return unknown(l, value);
	if (r->global)
		return dockerfile_is_platform(name) && unknown(l, value);
	bool may = !r->env_known || lint_word_in(name, r->env) ||
		   str_eqz(name, "PATH");
	return may && unknown(l, value);
}

struct span lint_refusal_span(const struct refusal *r, struct origin from,
			      size_t a, size_t b)
{
	if (from.flag)
		return dockerfile_flag_span(from.flag, a, b);
	if (from.word)
		return lint_word_span(r->in, from.word, a, b);
	return (struct span){ from.at + (uint32_t)a, (uint32_t)(b - a) };
}

/* "${b c" lacks its } rather than having a blank for a modifier. */
static void blame_brace(struct str text, struct expand_fault *f)
{
	char last = f->at.n ? text.p[span_end(f->at) - 1] : 0;
	if (f->why != EXPAND_NO_MODIFIER ||
	    !(is_blank(last) || last == '\n' || last == '"' || last == '\''))
		return;
	f->why = EXPAND_NO_BRACE;
	f->at.n--;
}

/* ${b!c} whole, though reading stopped at its !. */
static size_t fault_end(struct str text, const struct expand_fault *f)
{
	size_t end = span_end(f->at);
	if (f->why != EXPAND_NO_MODIFIER && f->why != EXPAND_NO_NAME)
		return end;
	while (end < text.n && text.p[end - 1] != '}' &&
	       !is_blank(text.p[end]) && text.p[end] != '\n' &&
	       text.p[end] != '"')
		end++;
	return end;
}

struct quoted lint_refusal_shown(struct str words)
{
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	struct err none = { 0 };
	struct quoted out = str_quoted(words);
	if (buf_shown(&b, words, &none) < 0 || b.n >= sizeof out.text ||
	    !buf_cstr(&b))
		return out;
	memcpy(out.text, b.p, b.n + 1);
	return out;
}

static int tell_quote(struct refusal *r, struct span at, const char *piece,
		      char quote, char escape)
{
	return lint_refuse(
		r, at,
		"%s begins with a quote that has no end, so the "
		"builder stops here; close it, or write %c%c for the "
		"character itself",
		piece, escape, quote);
}

/* The builder's own words are of its code ("bad substitution"); said here is
 * what to write. */
static int tell(struct refusal *r, struct str text, struct origin from,
		struct expand_fault *f)
{
	blame_brace(text, f);
	size_t end = fault_end(text, f);
	struct span at = lint_refusal_span(r, from, f->at.at, end);
	struct str raw = { text.p + f->at.at, end - f->at.at };
	struct quoted piece = lint_refusal_shown(raw),
		      name = str_quoted(f->name);
	char escape = from.heredoc ? '\\' : r->f->df->escape;
	switch (f->why) {
	case EXPAND_NO_SINGLE:
		return tell_quote(r, at, piece.text, '\'', escape);
	case EXPAND_NO_DOUBLE:
		return tell_quote(r, at, piece.text, '"', escape);
	case EXPAND_NO_BRACE:
		return lint_refuse(
			r, at,
			"%s has no }, so the builder stops here; write "
			"${NAME}, or %c$ for the dollar sign itself",
			piece.text, escape);
	case EXPAND_NO_SLASH:
		return lint_refuse(
			r, at,
			"%s has no second /, so the builder stops here; "
			"write ${NAME/PATTERN/REPLACEMENT}",
			piece.text);
	case EXPAND_NO_NAME:
		return lint_refuse(
			r, at,
			"%s names no variable, so the builder stops "
			"here; write ${NAME}, or %c$ for the dollar sign "
			"itself",
			piece.text, escape);
	case EXPAND_UNSET:
		return lint_refuse(
			r, at,
			"%s stops the build, since nothing sets %s; "
			"declare it with ARG or ENV above, or give a "
			"default with ${%s:-...}",
			piece.text, name.text, name.text);
	default:
		return lint_refuse(
			r, at,
			"the builder cannot expand %s and stops here; "
			"write ${NAME}, ${NAME:-WORD}, ${NAME:+WORD} or "
			"${NAME:?WORD}, or %c$ for the dollar sign "
			"itself",
			piece.text, escape);
	}
}

/* A text that is too long or too deep is a value that is not known. */
static int failed(struct refusal *r, struct str text, struct origin from,
		  struct expand_fault *f, struct value *out)
{
	enum err_code code = r->err->code;
	if (code == ERR_NOMEM)
		return -1;
	err_clear(r->err);
	if (code != ERR_LIMIT)
		return tell(r, text, from, f);
	*out = (struct value){ .text = STR("") };
	return 1;
}

int lint_refusal_value(struct refusal *r, struct str text, struct origin from,
		       struct value *out)
{
	scoped(buf_done) struct buf b = BUF_INIT(EXPAND_MAX);
	struct expand_fault fault = { 0 };
	struct lookup l = { .r = r };
	struct expand x = {
		.escape = from.heredoc ? '\\' : r->f->df->escape,
		.how = from.heredoc ? EXPAND_NO_QUOTES : 0,
		.get = get,
		.self = &l,
		.fault = &fault,
	};
	if (dockerfile_expand_text(&x, text, &b, r->err) < 0)
		return failed(r, text, from, &fault, out);
	out->known = !l.unknown;
	out->asked = l.asked;
	return arena_str(r->f->arena, buf_str(&b), &out->text, r->err) < 0 ? -1
									   : 1;
}

int lint_refusal_words(struct refusal *r, const struct df_word *word,
		       struct expand_word **words, size_t *n, bool *known)
{
	struct expand_fault fault = { 0 };
	struct lookup l = { .r = r };
	struct value none;
	struct expand x = { .escape = r->f->df->escape,
			    .get = get,
			    .self = &l,
			    .fault = &fault };
	*n = 0;
	*known = false;
	if (dockerfile_expand_words(&x, word->text, r->f->arena, words, n,
				    r->err) < 0)
		return failed(r, word->text, (struct origin){ .word = word },
			      &fault, &none);
	*known = !l.unknown;
	return 1;
}
