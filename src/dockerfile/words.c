/* SPDX-License-Identifier: Apache-2.0 */
/* Two ways to cut a line into words. Blanks alone (COPY, EXPOSE, FROM): quotes
 * are characters like any other. Quoted (ENV, LABEL, ARG): a quote or an escape
 * keeps blanks within the word.
 *
 *	COPY "a b" /c		three words: "a  b"  /c
 *	ENV x="a b"		one: x="a b" */
#include "base/chars.h"
#include "dockerfile/internal.h"

/* Everything that is cut out of a logical line is such a word: its text
 * borrowed from the line, its span that of the file. */
struct df_word dockerfile_word_at(const struct df_instr *in, size_t a, size_t b)
{
	return (struct df_word){
		.at = dockerfile_logical_span(&in->line, a, b),
		.text = { in->line.text.p + a, b - a },
		.logical = (uint32_t)a,
	};
}

int dockerfile_add_word(struct reader *r, struct df_instr *in, size_t *cap,
			struct df_word w)
{
	if (arena_grow(&r->df->arena, &in->words, in->n_words, cap, sizeof w,
		       r->err) < 0)
		return -1;
	in->words[in->n_words++] = w;
	return 0;
}

int dockerfile_blank_words(struct reader *r, struct df_instr *in, size_t from,
			   size_t to)
{
	const char *p = in->line.text.p;
	size_t cap = 0;
	while (from < to) {
		size_t end = from;
		while (end < to && !is_blank(p[end]))
			end++;
		if (dockerfile_add_word(r, in, &cap,
					dockerfile_word_at(in, from, end)) < 0)
			return -1;
		while (end < to && is_blank(p[end]))
			end++;
		from = end;
	}
	return 0;
}

/* The end of the quoted word at `from`; *dropped when an escape character
 * ends the line: it is no part of the word.
 *
 * Within single quotes the escape is a character, as for a shell; a quote that
 * is never closed takes the rest of the line. */
static size_t word_end(struct str line, size_t from, size_t to, char escape,
		       bool *dropped)
{
	char quote = 0;
	size_t len;
	line.n = to;
	for (size_t at = from; at < to; at += len) {
		int32_t c = char_at(line, at, &len);
		if (!quote && char_is_space(c))
			return at;
		if (c == escape && quote != '\'') {
			*dropped = at + len == to;
			at += len;
			char_at(line, at, &len);
		} else if (quote) {
			quote = c == quote ? 0 : quote;
		} else if (c == '\'' || c == '"') {
			quote = (char)c;
		}
	}
	return to;
}

/* As parseWords of BuildKit: quotes and escapes hold a word together and stay
 * in it; expansion takes them out. An escape at the very end escapes nothing
 * and is dropped. */
int dockerfile_quoted_words(struct reader *r, struct df_instr *in, size_t from,
			    size_t to)
{
	struct str line = { in->line.text.p, to };
	size_t cap = 0, len;
	while (from < to) {
		bool dropped = false;
		if (char_is_space(char_at(line, from, &len))) {
			from += len;
			continue;
		}
		size_t end = word_end(line, from, to, r->df->escape, &dropped);
		struct df_word w = dockerfile_word_at(in, from, end);
		w.text.n -= dropped;
		if (w.text.n && dockerfile_add_word(r, in, &cap, w) < 0)
			return -1;
		from = end;
	}
	return 0;
}
