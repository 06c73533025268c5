/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/expand.h"

#include "dockerfile/internal.h"

/* What one level of nesting knows. */
struct level {
	bool in_word;
	bool outermost;
	struct buf *out;
	size_t from; /* where the piece being added starts */
};

static int end_word(struct lexer *l, struct level *v)
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

static int word_raw(struct lexer *l, struct level *v, struct str s)
{
	if (l->word.n == 0)
		l->word_from = v->from;
	l->word_to = l->at;
	v->in_word = true;
	return buf_str_add(&l->word, s, l->err);
}

static int word_char(struct lexer *l, struct level *v, struct str s)
{
	size_t len;
	if (!char_is_space(char_at(s, 0, &len)))
		return word_raw(l, v, s);
	return v->in_word ? end_word(l, v) : 0;
}

static int word_split(struct lexer *l, struct level *v, struct str s)
{
	size_t len;
	for (size_t i = 0; i < s.n; i += len) {
		char_at(s, i, &len);
		if (word_char(l, v, (struct str){ s.p + i, len }) < 0)
			return -1;
	}
	return 0;
}

static int single_quoted(struct lexer *l, bool pattern, struct buf *out)
{
	for (bool first = true;; first = false) {
		int32_t c = lex_next(l);
		bool quote = c == '\'';
		if (c == CHAR_END)
			return lex_bad(l, "a single quote has no end");
		if (quote && !(l->x->how & EXPAND_RAW_QUOTES)) {
			if (!first)
				return 0;
			continue;
		}
		if (pattern && c == l->x->escape &&
		    buf_char(out, c, l->err) < 0)
			return -1;
		if (buf_char(out, c, l->err) < 0)
			return -1;
		if (quote && !first)
			return 0;
	}
}

/* The character behind an escape in double quotes, or the escape itself. */
static int escaped(struct lexer *l, int32_t c, bool pattern, struct buf *out)
{
	int32_t then = lex_peek(l);
	bool keep;
	if (then == CHAR_END)
		return 0;
	if (then == '"' || then == '$' || then == l->x->escape) {
		keep = l->raw_escapes;
		lex_next(l);
	} else {
		keep = l->raw_escapes &&
		       (!(l->x->how & EXPAND_RAW_QUOTES) || pattern);
		then = c;
	}
	if (keep && buf_char(out, c, l->err) < 0)
		return -1;
	return buf_char(out, then, l->err);
}

static int double_quoted(struct lexer *l, bool pattern, struct buf *out)
{
	bool raw = l->x->how & EXPAND_RAW_QUOTES;
	lex_next(l);
	if (raw && buf_byte(out, '"', l->err) < 0)
		return -1;
	for (;;) {
		int32_t c = lex_peek(l);
		int r;
		if (c == CHAR_END)
			return lex_bad(l, "a double quote has no end");
		if (c == '$') {
			r = lex_dollar(l, out);
		} else if (lex_next(l) == '"') {
			return raw ? buf_byte(out, '"', l->err) : 0;
		} else if (c == l->x->escape) {
			r = escaped(l, c, pattern, out);
		} else {
			r = buf_char(out, c, l->err);
		}
		if (r < 0)
			return -1;
	}
}

/* << and the blanks behind it are one piece: "<< EOF" stays one word. */
static int angle(struct lexer *l, struct buf *out)
{
	lex_next(l);
	if (buf_byte(out, '<', l->err) < 0)
		return -1;
	if (lex_peek(l) != '<')
		return 0;
	int32_t c = lex_next(l);
	do {
		if (buf_byte(out, (char)c, l->err) < 0)
			return -1;
		c = lex_peek(l);
	} while ((c == '\t' || c == '\r' || c == ' ') && lex_next(l));
	return 0;
}

/* 1: *piece is what a quote, $ or < stands for; 0: c is none of them. */
static int special(struct lexer *l, int32_t c, bool pattern, struct buf *piece)
{
	int r = 0;
	bool quotes = !(l->x->how & EXPAND_NO_QUOTES);
	if (c == '$')
		r = lex_dollar(l, piece);
	else if (c == '<')
		r = angle(l, piece);
	else if (c == '\'' && quotes)
		r = single_quoted(l, pattern, piece);
	else if (c == '"' && quotes)
		r = double_quoted(l, pattern, piece);
	else
		return 0;
	return r < 0 ? -1 : 1;
}

/* The source bytes [from, l->at) hold the one character c. */
static struct str char_str(const struct lexer *l, int32_t c, size_t from)
{
	if (c == CHAR_BAD)
		return STR("\xef\xbf\xbd");
	return (struct str){ l->src.p + from, l->at - from };
}

static int literal(struct lexer *l, struct level *v)
{
	size_t from = l->at;
	int32_t c = lex_next(l);
	struct str s = char_str(l, c, from);
	bool escape = c == l->x->escape;
	if (escape) {
		if (l->raw_escapes && (word_raw(l, v, s) < 0 ||
				       buf_str_add(v->out, s, l->err) < 0))
			return -1;
		from = l->at;
		c = lex_next(l);
		if (c == CHAR_END)
			return 0;
		s = char_str(l, c, from);
	}
	if (buf_str_add(v->out, s, l->err) < 0)
		return -1;
	return escape ? word_raw(l, v, s) : word_char(l, v, s);
}

static int lex_pieces(struct lexer *l, int32_t stop, bool pattern,
		      struct level *v)
{
	scoped(buf_done) struct buf piece = BUF_INIT(EXPAND_MAX);
	for (int32_t c; (c = lex_peek(l)) != CHAR_END;) {
		v->from = l->at;
		if (c == stop) {
			lex_next(l);
			return end_word(l, v);
		}
		buf_reset(&piece);
		int r = special(l, c, pattern, &piece);
		if (r < 0)
			return -1;
		if (r == 0) {
			if (literal(l, v) < 0)
				return -1;
			continue;
		}
		struct str s = buf_str(&piece);
		if (buf_str_add(v->out, s, l->err) < 0)
			return -1;
		if ((c == '$' ? word_split(l, v, s) : word_raw(l, v, s)) < 0)
			return -1;
	}
	return stop == CHAR_END ? end_word(l, v) : lex_bad(l, "no end");
}

int lex_text(struct lexer *l, int32_t stop, bool raw_escapes, bool pattern,
	     struct buf *out)
{
	struct level v = { .outermost = l->depth == 0, .out = out };
	bool before = l->raw_escapes;
	buf_reset(&l->word);
	l->raw_escapes = raw_escapes;
	int r = lex_pieces(l, stop, pattern, &v);
	l->raw_escapes = before;
	return r;
}

static int run(struct lexer *l, struct buf *out)
{
	if (str_starts(l->src, STR("\xef\xbb\xbf")))
		l->at = 3;
	int r = lex_text(l, CHAR_END, l->x->how & EXPAND_RAW_ESCAPES, false,
			 out);
	buf_done(&l->word);
	return r;
}

int expand_text(const struct expand *x, struct str source, struct buf *out,
		struct err *err)
{
	struct lexer l = { .x = x, .src = source, .err = err };
	l.word = (struct buf)BUF_INIT(EXPAND_MAX);
	return run(&l, out);
}

int expand_words(const struct expand *x, struct str source, struct arena *a,
		 struct expand_word **words, size_t *n, struct err *err)
{
	scoped(buf_done) struct buf out = BUF_INIT(EXPAND_MAX);
	struct lexer l = { .x = x, .src = source, .a = a, .err = err };
	l.word = (struct buf)BUF_INIT(EXPAND_MAX);
	if (run(&l, &out) < 0)
		return -1;
	*words = l.words;
	*n = l.n_words;
	return 0;
}
