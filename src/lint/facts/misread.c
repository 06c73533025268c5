/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts/misread.h"

#include "base/chars.h"
#include "dockerfile/access.h"
#include "lint/facts/values.h"

/* Text that is handed to a shell, where # is a comment and [ a command. */
enum { FOR_SHELL = DF_RUN | DF_CMD | DF_ENTRYPOINT | DF_HEALTHCHECK };

/* The word that the form is read from; NULL: the instruction has none. */
static const struct df_word *text_of(const struct df_instr *in)
{
	size_t n = 0;
	const struct df_word *w = &in->rest;
	if (in->form == DF_FORM_JSON || in->kind == DF_ONBUILD)
		return NULL;
	if (in->kind == DF_HEALTHCHECK) {
		w = dockerfile_command(in, &n);
		if (n == 0)
			return NULL;
	}
	return w->text.n ? w : NULL;
}

/* --- lists ---------------------------------------------------------------- */

/* What a list has that JSON has not; the first of them is told. */
struct list {
	bool single, curly, bare, no_comma, last_comma, escape;
	bool commas; /* it has one at all */
	bool spaced; /* a blank behind [, as a test of the shell has */
	bool closed; /* by a ] at `end` - 1 */
	size_t end;
};

static size_t blanks(struct str t, size_t i)
{
	while (i < t.n && is_blank(t.p[i]))
		i++;
	return i;
}

/* Bytes of a typographic quote (U+2018 to U+201F); 0: none. */
static size_t curly(struct str t, size_t i)
{
	bool is = t.n - i >= 3 && memcmp(t.p + i, "\xe2\x80", 2) == 0 &&
		  (uint8_t)t.p[i + 2] >= 0x98 && (uint8_t)t.p[i + 2] <= 0x9f;
	return is ? 3 : 0;
}

/* Behind a string whose quote stands at i. RFC 8259, section 7, lists the
 * escapes; "C:\app" has none of them. */
static size_t string(struct str t, size_t i, struct list *l)
{
	char quote = t.p[i++];
	l->single |= quote == '\'';
	for (; i < t.n && t.p[i] != quote; i++) {
		if (t.p[i] != '\\' || quote == '\'')
			continue;
		if (++i < t.n && !strchr("\"\\/bfnrtu", t.p[i]))
			l->escape = true;
	}
	return MIN(i + 1, t.n);
}

/* One element; i stays where none begins. */
static size_t element(struct str t, size_t i, struct list *l)
{
	size_t n = curly(t, i);
	if (t.p[i] == '"' || t.p[i] == '\'')
		return string(t, i, l);
	l->curly |= n > 0;
	l->bare |= n == 0;
	while (i < t.n && !is_blank(t.p[i]) && !strchr(",]", t.p[i]))
		i++;
	return i;
}

/* t begins with [. */
static struct list read_list(struct str t)
{
	struct list l = { .end = 1 };
	size_t i = blanks(t, 1);
	l.spaced = i > 1;
	for (bool comma = true; i < t.n; i = blanks(t, i)) {
		if (t.p[i] == ']') {
			l.last_comma = comma && l.commas;
			l.closed = true;
			l.end = i + 1;
			return l;
		}
		if (t.p[i] == ',') {
			l.commas = comma = true;
			i++;
			continue;
		}
		l.no_comma |= !comma;
		comma = false;
		size_t from = i;
		i = element(t, i, &l);
		if (i == from)
			break;
	}
	l.end = t.n;
	return l;
}

static bool is_json(const struct list *l)
{
	return l->closed && !l->single && !l->curly && !l->bare &&
	       !l->no_comma && !l->last_comma && !l->escape;
}

/* Somebody meant a list. `[ "$a" = b ]` and `[ -f x ]` are commands of the
 * shell, [ab].txt is a pattern. */
static bool is_meant(enum df_kind kind, struct str t, const struct list *l)
{
	size_t i = blanks(t, 1);
	bool shell = kind & FOR_SHELL;
	if (i < t.n && t.p[i] == '[')
		return false;
	if (i < t.n && (t.p[i] == '"' || t.p[i] == '\'' || curly(t, i)))
		return l->commas || !(shell && l->spaced);
	if (!l->closed || blanks(t, l->end) < t.n || kind == DF_RUN)
		return false;
	return l->commas ||
	       (!l->spaced &&
		(kind & (DF_CMD | DF_ENTRYPOINT | DF_VOLUME | DF_HEALTHCHECK)));
}

static const char *why(struct str t, const struct list *l)
{
	if (l->curly)
		return "typographic quotes";
	if (l->single)
		return "single quotes";
	if (l->bare)
		return "a word without quotes";
	if (l->no_comma)
		return "a comma is missing";
	if (l->last_comma)
		return "a comma before ]";
	if (!l->closed)
		return "] is missing";
	if (l->escape)
		return "a backslash that JSON does not know";
	return blanks(t, l->end) < t.n ? "more stands behind ]" : NULL;
}

/* --- # -------------------------------------------------------------------- */

/* The first # behind a blank, outside quotes; t.n: none. */
static size_t find_hash(struct str t, char escape)
{
	char quote = 0;
	size_t word = 0; /* where the last word may begin */
	for (size_t i = 0; i < t.n; i++) {
		char c = t.p[i];
		if (is_blank(c))
			word = i + 1;
		if (c == escape && quote != '\'')
			i++;
		else if (quote)
			quote = c == quote ? 0 : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '#' && i > 0 && i == word)
			return i;
	}
	return t.n;
}

/* The shell has comments: there a # spoils a list alone. */
static bool spoils_list(const struct df_instr *in, struct str t, size_t hash)
{
	if (t.p[0] != '[')
		return false;
	struct list l = read_list((struct str){ t.p, hash });
	bool test = in->kind == DF_RUN && l.spaced && !l.commas;
	return is_json(&l) && l.end > 2 && blanks(t, l.end) == hash && !test;
}

struct span lint_trailing_hash(const struct lint_file *f,
			       const struct df_instr *in)
{
	const struct df_word *w = text_of(in);
	if (!w || (in->kind & (DF_UNKNOWN | DF_MAINTAINER)))
		return (struct span){ 0 };
	size_t hash = find_hash(w->text, f->df->escape);
	if (hash == w->text.n ||
	    ((in->kind & FOR_SHELL) && !spoils_list(in, w->text, hash)))
		return (struct span){ 0 };
	return lint_word_span(in, w, hash, w->text.n);
}

const char *lint_almost_json(const struct lint_file *f,
			     const struct df_instr *in, struct span *at)
{
	const struct df_word *w = text_of(in);
	if (!w || w->text.p[0] != '[' || in->n_heredocs ||
	    !(in->kind & (FOR_SHELL | DF_COPY | DF_ADD | DF_VOLUME | DF_SHELL)))
		return NULL;
	struct list l = read_list(w->text);
	if (!is_meant(in->kind, w->text, &l) || lint_trailing_hash(f, in).n)
		return NULL;
	*at = lint_word_span(in, w, 0, w->text.n);
	return why(w->text, &l);
}
