/* SPDX-License-Identifier: Apache-2.0 */
/* Here-documents of RUN, COPY and ADD.
 *
 * BuildKit reads heredocs as the shell does (POSIX 2.7.4 "Here-Document"), but
 * finds them in its own way: the whole instruction is cut into words, and each
 * word that looks like one announces a body.
 *
 *	RUN <<EOF cat > f <<-"X"	two bodies follow, EOF's and then X's
 *
 * In X's, which is quoted, nothing is expanded; tabs in front of its lines go
 * (the '-'). */
#include "dockerfile/heredoc.h"

#include "base/chars.h"
#include "dockerfile/expand.h"
#include "dockerfile/internal.h"

static bool space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

/* N<<-WORD: *rest is what stands behind the operator. <<< is bash's here-string
 * and no heredoc: a second < in the name says so. */
static bool operator(struct str word, struct df_heredoc *h, struct str *rest)
{
	size_t at = 0;
	uint64_t fd = 0;
	while (at < word.n && is_digit(word.p[at]))
		at++;
	str_to_u64((struct str){ word.p, at }, &fd);
	h->fd = (uint32_t)MIN(fd, (uint64_t)UINT32_MAX);
	if (!str_starts(str_from(word, at), STR("<<")))
		return false;
	at += 2;
	h->strip_tabs = at < word.n && word.p[at] == '-';
	at += h->strip_tabs;
	while (at < word.n && space(word.p[at]))
		at++;
	*rest = str_from(word, at);
	return rest->n && str_find(*rest, '<') == rest->n;
}

static size_t quotes(struct str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\'' || s.p[i] == '"';
	return n;
}

/* Quotes that are gone after a second reading were real: no expansion.
 *
 * The name is read twice, once with its quotes taken off and once with them:
 * <<"EOF" is EOF and "EOF", two quotes fewer, so the body is literal. <<E\"F
 * has one in both, it is a character of the name. */
int dockerfile_heredoc_word(struct str word, struct arena *a,
			    struct df_heredoc *out, struct err *err)
{
	struct str rest;
	struct df_heredoc h = { 0 };
	struct expand x = { .escape = '\\', .how = EXPAND_KEEP_UNSET };
	struct expand_word *plain, *raw;
	size_t n_plain, n_raw;
	if (!operator(word, &h, &rest))
		return 0;
	if (dockerfile_expand_words(&x, rest, a, &plain, &n_plain, err) < 0)
		return -1;
	if (n_plain != 1)
		return 0;
	x.how |= EXPAND_RAW_QUOTES;
	if (dockerfile_expand_words(&x, rest, a, &raw, &n_raw, err) < 0)
		return -1;
	if (n_raw != 1)
		return err_set(err, ERR_CORRUPT, "quotes split the name");
	h.name = plain[0].text;
	h.expand = quotes(plain[0].text) == quotes(raw[0].text);
	*out = h;
	return 1;
}

/* Most lines have no << at all, and lexing is the dearest step. */
static bool can_have(const struct df_instr *in)
{
	const struct df_instr *i = in->inner ? in->inner : in;
	if (!(i->kind & (DF_ADD | DF_COPY | DF_RUN)) || i->form == DF_FORM_JSON)
		return false;
	return str_contains(in->line.text, STR("<<"));
}

/* Skips to the line that ends it; what is left of the file when none does.
 *
 * A body is compared line by line and copied nowhere; a thousand heredocs that
 * nobody ends cost one pass, as the first takes the rest of the file. */
static int read_body(struct reader *r, struct df_heredoc *h, uint32_t index)
{
	struct line l;
	uint32_t from = r->at;
	while (dockerfile_next_line(r, &l)) {
		uint32_t start = l.from;
		while (h->strip_tabs && l.from < l.to &&
		       r->df->text.p[l.from] == '\t')
			l.from++;
		if (!str_eq(dockerfile_line_str(r, l), h->name))
			continue;
		h->terminated = true;
		h->body = span_of(from, start);
		h->end = span_of(l.from, l.to);
		if (dockerfile_leaf(r, DF_LEAF_HEREDOC, from, start, index) <
			    0 ||
		    dockerfile_leaf(r, DF_LEAF_HEREDOC_END, start, l.to,
				    index) < 0)
			return -1;
		return dockerfile_leaf(r, DF_LEAF_NEWLINE, l.to, l.next, index);
	}
	h->body = span_of(from, r->at);
	h->end = (struct span){ r->at, 0 };
	return dockerfile_leaf(r, DF_LEAF_HEREDOC, from, r->at, index);
}

/* As BuildKit finds them: the whole line is lexed as shell words with a
 * backslash; when that fails there are none. */
static int line_words(struct reader *r, const struct df_instr *in,
		      struct expand_word **words, size_t *n)
{
	struct err err = { 0 };
	struct expand x = { .escape = '\\',
			    .how = EXPAND_RAW_QUOTES | EXPAND_RAW_ESCAPES |
				   EXPAND_KEEP_UNSET };
	*n = 0;
	if (dockerfile_expand_words(&x, in->line.text, &r->df->arena, words, n,
				    &err) < 0) {
		*n = 0;
		if (err.code != ERR_NOMEM)
			return 0;
		*r->err = err;
		return -1;
	}
	return 0;
}

/* Out of memory ends the parse; a word that is no heredoc after all is an error
 * of the instruction. */
static int add(struct reader *r, struct df_instr *in, size_t *cap,
	       struct expand_word w)
{
	struct err err = { 0 };
	struct df_heredoc h;
	struct span at =
		dockerfile_logical_span(&in->line, w.at.at, span_end(w.at));
	int found = dockerfile_heredoc_word(w.text, &r->df->arena, &h, &err);
	if (found < 0 && err.code == ERR_NOMEM) {
		*r->err = err;
		return -1;
	}
	if (found < 0)
		dockerfile_bad(r, in, at, "heredoc: %s", err.text);
	if (found <= 0)
		return 0;
	h.word = at;
	if (arena_grow(&r->df->arena, &in->heredocs, in->n_heredocs, cap,
		       sizeof h, r->err) < 0)
		return -1;
	in->heredocs[in->n_heredocs++] = h;
	return 0;
}

/* Bodies stand in the order of the words. An end that is missing takes the rest
 * of the file, as in BuildKit: the error names the word, where it can be
 * mended. */
int dockerfile_read_heredocs(struct reader *r, struct df_instr *in)
{
	struct expand_word *words = NULL;
	size_t n = 0, cap = 0;
	if (!can_have(in))
		return 0;
	if (line_words(r, in, &words, &n) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (add(r, in, &cap, words[i]) < 0)
			return -1;
	for (size_t i = 0; i < in->n_heredocs; i++) {
		struct df_heredoc *h = &in->heredocs[i];
		if (read_body(r, h, in->index) < 0)
			return -1;
		if (!h->terminated)
			dockerfile_bad(
				r, in, h->word,
				"no line ends the heredoc %s; write one that "
				"is %s and nothing else",
				str_quoted(h->name).text,
				str_quoted(h->name).text);
		in->at = span_of(in->at.at, h->terminated ? span_end(h->end)
							  : span_end(h->body));
	}
	if (in->inner) {
		in->inner->heredocs = in->heredocs;
		in->inner->n_heredocs = in->n_heredocs;
		in->inner->at = span_of(in->inner->at.at, span_end(in->at));
	}
	return 0;
}
