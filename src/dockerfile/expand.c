/* SPDX-License-Identifier: Apache-2.0 */
/* The lexer of words: quotes, escapes, and what stands at a $.
 *
 * One text is read in one pass, and each special character stands for a piece
 * that is put together before it is added: with v="a b",
 *
 *	x$v'c d'   is x, then "a b", which splits, then "c d", which does not
 *
 * Recursion is by ${x:-word} alone: the operand is text of the same kind, with
 * a } as its end. A depth of EXPAND_DEPTH_MAX is far over what people write and
 * far below what a stack holds.
 *
 * How BuildKit reads words (frontend/dockerfile/shell, lex.go), which is not
 * how a shell reads them: there is no $(...), no backquote, no glob; ${x#p},
 * ${x%p} and ${x/p/r} are there, and ${x^^} is not. Where POSIX (2.6.2
 * "Parameter Expansion", 2.2 "Quoting") and BuildKit differ, BuildKit decides,
 * as it is what builds the file:
 *
 *	"\a"	a backslash before a letter stays within double quotes (as in
 *		POSIX) and goes outside of them
 *	''	empty quotes are no word of their own
 *
 * A value is never read again: with v='$w', $v is the two characters $w. */
#include "dockerfile/expand.h"

#include "dockerfile/lexer.h"

/* Appends the text up to stop (CHAR_END: to the end), which is consumed.
 * pattern: escapes within quotes are doubled. */
static int text(struct lexer *l, int32_t stop, bool raw_escapes, bool pattern,
		struct buf *out);

/* --- $name and ${name} ---------------------------------------------------- */

/* The text up to stop. An end that is missing is told of as what the whole
 * expansion lacks, not as the text's own error.
 *
 * ${a:-${a:-${a:-...}}} a thousand deep would be a thousand frames of the
 * stack. */
static int operand(struct lexer *l, int32_t stop, bool raw, bool pattern,
		   struct buf *out)
{
	if (++l->depth > EXPAND_DEPTH_MAX)
		return err_set(l->err, ERR_LIMIT,
			       "expansions nest over %d deep",
			       EXPAND_DEPTH_MAX);
	int r = text(l, stop, raw, pattern, out);
	l->depth--;
	if (r < 0 && l->err->code == ERR_CORRUPT && lexer_peek(l) == CHAR_END) {
		err_clear(l->err);
		return stop == '/' ? lexer_bad(l, EXPAND_NO_SLASH,
					       "'/' is missing in ${}")
				   : lexer_bad(l, EXPAND_NO_BRACE,
					       "'}' is missing");
	}
	return r;
}

/* Behind ${name/: pattern, with one more / in front where all matches count. */
static int replace(struct lexer *l, struct str name, struct buf *out)
{
	scoped(buf_done) struct buf pattern = BUF_INIT(EXPAND_MAX);
	scoped(buf_done) struct buf with = BUF_INIT(EXPAND_MAX);
	bool all = lexer_peek(l) == '/';
	if (all)
		lexer_next(l);
	if (operand(l, '/', true, true, &pattern) < 0)
		return -1;
	if (operand(l, '}', true, false, &with) < 0)
		return -1;
	return dockerfile_value_replace(l, name, buf_str(&pattern),
					buf_str(&with), all, out);
}

static int bad_modifier(struct lexer *l, size_t from)
{
	struct str op = { l->src.p + from, l->at - from };
	l->fault = (struct expand_fault){ .why = EXPAND_NO_MODIFIER };
	if (op.n == 0)
		return lexer_bad(l, EXPAND_NO_BRACE, "'}' is missing");
	return err_set(l->err, ERR_CORRUPT, "${} has no modifier %s",
		       str_quoted(op).text);
}

/* The modifier is told by one character, or by : and one; its operand is read
 * before the variable is asked for, so that what is wrong in it is wrong
 * whether or not the variable is set. */
static int braced(struct lexer *l, struct buf *out)
{
	scoped(buf_done) struct buf word = BUF_INIT(EXPAND_MAX);
	int32_t c = lexer_peek(l);
	if (c == CHAR_END)
		return lexer_bad(l, EXPAND_NO_BRACE, "'}' is missing");
	if (c == '{' || c == '}' || c == ':')
		return lexer_bad(l, EXPAND_NO_NAME, "${} without a name");
	struct str name = dockerfile_value_name(l);
	size_t from = l->at;
	bool colon = false;
	c = lexer_next(l);
	if (c == '}')
		return dockerfile_value_plain(l, name, true, out);
	if (c == '/')
		return replace(l, name, out);
	if (c == ':') {
		colon = true;
		c = lexer_next(l);
	}
	bool stripping = c == '#' || c == '%';
	if ((colon && stripping) ||
	    (!colon && (c < 0 || c > 0x7f || !strchr("+-?#%", c) || !c)))
		return bad_modifier(l, from);
	if (operand(l, '}', stripping, stripping, &word) < 0)
		return -1;
	if (stripping)
		return dockerfile_value_strip(l, name, (char)c, buf_str(&word),
					      out);
	if (c == '-' || c == '+' || c == '?')
		return dockerfile_value_modify(l, name, (char)c, colon,
					       buf_str(&word), out);
	return bad_modifier(l, from);
}

/* The innermost piece that fails is the one to be mended: of "x ${b" the
 * expansion, not the quote that it takes along. */
static int failed(struct lexer *l, size_t from)
{
	if (l->fault.at.n == 0)
		l->fault.at = span_of((uint32_t)from, (uint32_t)l->at);
	return -1;
}

static int dollar(struct lexer *l, struct buf *out)
{
	size_t from = l->at;
	lexer_next(l);
	if (lexer_peek(l) == '{') {
		lexer_next(l);
		return braced(l, out) < 0 ? failed(l, from) : 0;
	}
	struct str name = dockerfile_value_name(l);
	if (name.n == 0)
		return buf_byte(out, '$', l->err);
	return dockerfile_value_plain(l, name, false, out);
}

/* --- quotes and escapes --------------------------------------------------- */

/* Everything up to the next quote, the escape character too.
 *
 * POSIX 2.2.2: nothing is special within, a backslash neither. */
static int single_quoted(struct lexer *l, bool pattern, struct buf *out)
{
	for (bool first = true;; first = false) {
		int32_t c = lexer_next(l);
		bool quote = c == '\'';
		if (c == CHAR_END)
			return lexer_bad(l, EXPAND_NO_SINGLE,
					 "a single quote has no end");
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

/* The character behind an escape in double quotes, or the escape itself.
 *
 * POSIX 2.2.3: within double quotes a backslash escapes ", $, and itself
 * (BuildKit knows no backquote), and is itself before anything else. */
static int escaped(struct lexer *l, int32_t c, bool pattern, struct buf *out)
{
	int32_t then = lexer_peek(l);
	bool keep;
	if (then == CHAR_END)
		return 0;
	if (then == '"' || then == '$' || then == l->x->escape) {
		keep = l->raw_escapes;
		lexer_next(l);
	} else {
		keep = l->raw_escapes &&
		       (!(l->x->how & EXPAND_RAW_QUOTES) || pattern);
		then = c;
	}
	if (keep && buf_char(out, c, l->err) < 0)
		return -1;
	return buf_char(out, then, l->err);
}

/* $ keeps its meaning within (POSIX 2.2.3), and what it gives is never split.
 */
static int double_quoted(struct lexer *l, bool pattern, struct buf *out)
{
	bool raw = l->x->how & EXPAND_RAW_QUOTES;
	lexer_next(l);
	if (raw && buf_byte(out, '"', l->err) < 0)
		return -1;
	for (;;) {
		int32_t c = lexer_peek(l);
		int r;
		if (c == CHAR_END)
			return lexer_bad(l, EXPAND_NO_DOUBLE,
					 "a double quote has no end");
		if (c == '$') {
			r = dollar(l, out);
		} else if (lexer_next(l) == '"') {
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
	lexer_next(l);
	if (buf_byte(out, '<', l->err) < 0)
		return -1;
	if (lexer_peek(l) != '<')
		return 0;
	int32_t c = lexer_next(l);
	do {
		if (buf_byte(out, (char)c, l->err) < 0)
			return -1;
		c = lexer_peek(l);
	} while ((c == '\t' || c == '\r' || c == ' ') && lexer_next(l));
	return 0;
}

/* 1: *piece is what a quote, $ or < stands for; 0: c is none of them. */
static int special(struct lexer *l, int32_t c, bool pattern, struct buf *piece)
{
	int r = 0;
	bool quotes = !(l->x->how & EXPAND_NO_QUOTES);
	size_t from = l->at;
	if (c == '$')
		r = dollar(l, piece);
	else if (c == '<')
		r = angle(l, piece);
	else if (c == '\'' && quotes)
		r = single_quoted(l, pattern, piece);
	else if (c == '"' && quotes)
		r = double_quoted(l, pattern, piece);
	else
		return 0;
	return r < 0 ? failed(l, from) : 1;
}

/* The source bytes [from, l->at) hold the one character c. */
static struct str char_str(const struct lexer *l, int32_t c, size_t from)
{
	if (c == CHAR_BAD)
		return STR("\xef\xbf\xbd");
	return (struct str){ l->src.p + from, l->at - from };
}

/* a\ b is one word: an escaped blank is a character like others. */
static int literal(struct lexer *l, struct lexer_level *v)
{
	size_t from = l->at;
	int32_t c = lexer_next(l);
	struct str s = char_str(l, c, from);
	bool escape = c == l->x->escape;
	if (escape) {
		if (l->raw_escapes && (dockerfile_split_never(l, v, s) < 0 ||
				       buf_str_add(v->out, s, l->err) < 0))
			return -1;
		from = l->at;
		c = lexer_next(l);
		if (c == CHAR_END)
			return 0;
		s = char_str(l, c, from);
	}
	if (buf_str_add(v->out, s, l->err) < 0)
		return -1;
	return escape ? dockerfile_split_never(l, v, s)
		      : dockerfile_split_char(l, v, s);
}

/* Only what a $ gave is split into words; a quoted piece never is.
 *
 * v="a b":  x$v is xa and b;  x"$v" is one word;  '$v' is the text $v. */
static int lex_pieces(struct lexer *l, int32_t stop, bool pattern,
		      struct lexer_level *v)
{
	scoped(buf_done) struct buf piece = BUF_INIT(EXPAND_MAX);
	for (int32_t c; (c = lexer_peek(l)) != CHAR_END;) {
		v->from = l->at;
		if (c == stop) {
			lexer_next(l);
			return dockerfile_split_end(l, v);
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
		if ((c == '$' ? dockerfile_split_value(l, v, s)
			      : dockerfile_split_never(l, v, s)) < 0)
			return -1;
	}
	return stop == CHAR_END ? dockerfile_split_end(l, v)
				: lexer_bad(l, EXPAND_READABLE, "no end");
}

static int text(struct lexer *l, int32_t stop, bool raw_escapes, bool pattern,
		struct buf *out)
{
	struct lexer_level v = { .outermost = l->depth == 0, .out = out };
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
	int r = text(l, CHAR_END, l->x->how & EXPAND_RAW_ESCAPES, false, out);
	buf_done(&l->word);
	if (r < 0 && l->x->fault)
		*l->x->fault = l->fault;
	return r;
}

int dockerfile_expand_text(const struct expand *x, struct str source,
			   struct buf *out, struct err *err)
{
	struct lexer l = { .x = x, .src = source, .err = err };
	l.word = (struct buf)BUF_INIT(EXPAND_MAX);
	return run(&l, out);
}

int dockerfile_expand_words(const struct expand *x, struct str source,
			    struct arena *a, struct expand_word **words,
			    size_t *n, struct err *err)
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
