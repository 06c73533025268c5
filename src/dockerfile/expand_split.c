/* SPDX-License-Identifier: Apache-2.0 */
/* Words of an expanded text.
 *
 * A word ends at white space that stood outside quotes, or that came out of
 * an unquoted variable: with v="x y", a$v"b c" is the words "ax" and "yb c".
 * Empty quotes alone make no word, as in BuildKit: "" is nothing here, where
 * a shell would give an empty argument. */
#include "dockerfile/expand.h"
#include "dockerfile/lexer.h"

/* Words of an inner level (the operand of ${x:-a b}) are no words of the line:
 * only the outermost level keeps them. */
int dockerfile_split_end(struct lexer *l, struct lexer_level *v)
{
	if (l->word.n == 0)
		return 0;
	if (v->outermost && l->a) {
		if (l->n_words == l->cap_words) {
			size_t cap = l->cap_words ? l->cap_words * 2 : 8;
			struct expand_word *more =
				arena_array(l->a, cap, sizeof *more, l->err);
			if (!more)
				return -1;
			if (l->n_words)
				memcpy(more, l->words,
				       l->n_words * sizeof *more);
			l->words = more;
			l->cap_words = cap;
		}
		struct expand_word *w = &l->words[l->n_words++];
		w->at = span_of((uint32_t)l->word_from, (uint32_t)l->word_to);
		if (arena_str(l->a, buf_str(&l->word), &w->text, l->err) < 0)
			return -1;
	}
	buf_reset(&l->word);
	v->in_word = false;
	return 0;
}

int dockerfile_split_never(struct lexer *l, struct lexer_level *v, struct str s)
{
	if (l->word.n == 0)
		l->word_from = v->from;
	l->word_to = l->at;
	v->in_word = true;
	return buf_str_add(&l->word, s, l->err);
}

int dockerfile_split_char(struct lexer *l, struct lexer_level *v, struct str s)
{
	size_t len;
	if (!char_is_space(char_at(s, 0, &len)))
		return dockerfile_split_never(l, v, s);
	return v->in_word ? dockerfile_split_end(l, v) : 0;
}

int dockerfile_split_value(struct lexer *l, struct lexer_level *v, struct str s)
{
	size_t len;
	for (size_t i = 0; i < s.n; i += len) {
		char_at(s, i, &len);
		if (dockerfile_split_char(l, v, (struct str){ s.p + i, len }) <
		    0)
			return -1;
	}
	return 0;
}
