/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/expand.h"

#include "dockerfile/chars.h"
#include "dockerfile/pattern.h"

/* One run of the lexer over one source. */
struct lexer {
	const struct expand *x;
	struct str src;
	size_t at;
	bool raw_escapes;
	unsigned depth;
	/* The word being collected. A nested level uses the same buffer and
	 * empties it at its start and end, so what stood directly in front of
	 * ${x:-y} is lost from words (not from text), as in BuildKit. */
	struct buf word;
	size_t word_from, word_to;
	struct arena *a; /* NULL: words are not wanted */
	struct expand_word *words;
	size_t n_words, cap_words;
	struct err *err;
};

/* What one level of nesting knows. */
struct level {
	bool in_word;
	bool outermost;
	struct buf *out;
	size_t from; /* where the piece being added starts */
};

static int bad(struct lexer *l, const char *why)
{
	return err_set(l->err, ERR_CORRUPT, "%s", why);
}

static int32_t peek(const struct lexer *l)
{
	size_t len;
	return char_at(l->src, l->at, &len);
}

static int32_t next(struct lexer *l)
{
	size_t len;
	int32_t c = char_at(l->src, l->at, &len);
	l->at += len;
	return c;
}

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

static bool is_special(int32_t c)
{
	return c > 0 && c < 0x80 && strchr("@*#?-$!0", c);
}

static bool is_name_char(int32_t c)
{
	return c > 0 && c < 0x80 &&
	       (is_alpha((char)c) || is_digit((char)c) || c == '_');
}

static struct str read_name(struct lexer *l)
{
	struct str name = { l->src.p + l->at, 0 };
	struct str rest = str_from(l->src, l->at);
	if (rest.n && is_digit(*rest.p))
		while (name.n < rest.n && is_digit(rest.p[name.n]))
			name.n++;
	else if (is_special(peek(l)))
		name.n = 1;
	else
		while (name.n < rest.n && is_name_char(rest.p[name.n]))
			name.n++;
	l->at += name.n;
	return name;
}

static bool get(struct lexer *l, struct str name, struct str *value)
{
	bool set = l->x->get && l->x->get(l->x->self, name, value);
	if (!set)
		*value = STR("");
	if (l->x->seen)
		l->x->seen(l->x->self, name,
			   (struct span){ (uint32_t)(name.p - l->src.p),
					  (uint32_t)name.n },
			   set);
	return set;
}

static int lex(struct lexer *l, int32_t stop, bool raw_escapes, bool pattern,
	       struct buf *out);

static int operand(struct lexer *l, int32_t stop, bool raw, bool pattern,
		   const char *missing, struct buf *out)
{
	if (++l->depth > EXPAND_DEPTH_MAX)
		return err_set(l->err, ERR_LIMIT,
			       "expansions nest over %d deep",
			       EXPAND_DEPTH_MAX);
	int r = lex(l, stop, raw, pattern, out);
	l->depth--;
	if (r < 0 && l->err->code == ERR_CORRUPT && peek(l) == CHAR_END) {
		err_clear(l->err);
		return bad(l, missing);
	}
	return r;
}

/* ${name OP word}: for OP one of + - ?, colon or not. */
static int modify(struct lexer *l, struct str name, char op, bool colon,
		  struct str word, struct buf *out)
{
	struct str value;
	bool set = get(l, name, &value);
	if (!set && (l->x->how & EXPAND_KEEP_UNSET))
		return buf_addf(out, l->err, "${%.*s%s%c%.*s}", STR_ARG(name),
				colon ? ":" : "", op, STR_ARG(word));
	bool counts = set && !(colon && value.n == 0);
	if (op == '-')
		return buf_str_add(out, counts ? value : word, l->err);
	if (op == '+')
		return counts ? buf_str_add(out, word, l->err) : 0;
	if (counts)
		return buf_str_add(out, value, l->err);
	if (word.n == 0)
		word = set ? STR("must not be empty") : STR("must be set");
	return err_set(l->err, ERR_NOT_FOUND, "%.*s: %.*s", STR_ARG(name),
		       STR_ARG(word));
}

static int strip(struct lexer *l, struct str name, char op, struct str word,
		 struct buf *out)
{
	struct str value;
	if (!get(l, name, &value) && (l->x->how & EXPAND_KEEP_UNSET))
		return buf_addf(out, l->err, "${%.*s%c%.*s}", STR_ARG(name), op,
				STR_ARG(word));
	bool greedy = word.n && word.p[0] == op;
	return pattern_strip(str_from(word, greedy), value, op == '%', greedy,
			     out, l->err);
}

static int replace(struct lexer *l, struct str name, struct buf *out)
{
	struct str value;
	scoped(buf_done) struct buf pattern = BUF_INIT(EXPAND_MAX);
	scoped(buf_done) struct buf with = BUF_INIT(EXPAND_MAX);
	bool all = peek(l) == '/';
	if (all)
		next(l);
	if (operand(l, '/', true, true, "'/' is missing in ${}", &pattern) < 0)
		return -1;
	if (operand(l, '}', true, false, "'}' is missing", &with) < 0)
		return -1;
	if (!get(l, name, &value) && (l->x->how & EXPAND_KEEP_UNSET))
		return buf_addf(out, l->err, "${%.*s/%.*s/%.*s}", STR_ARG(name),
				STR_ARG(buf_str(&pattern)),
				STR_ARG(buf_str(&with)));
	return pattern_replace(buf_str(&pattern), value, buf_str(&with), all,
			       out, l->err);
}

static int bad_modifier(struct lexer *l, size_t from)
{
	struct str op = { l->src.p + from, l->at - from };
	if (op.n == 0)
		return bad(l, "'}' is missing");
	return err_set(l->err, ERR_CORRUPT, "${} has no modifier %s",
		       str_quoted(op).text);
}

static int plain(struct lexer *l, struct str name, bool brace, struct buf *out)
{
	struct str value;
	if (!get(l, name, &value) && (l->x->how & EXPAND_KEEP_UNSET))
		return buf_addf(out, l->err, brace ? "${%.*s}" : "$%.*s",
				STR_ARG(name));
	return buf_str_add(out, value, l->err);
}

static int braced(struct lexer *l, struct buf *out)
{
	scoped(buf_done) struct buf word = BUF_INIT(EXPAND_MAX);
	int32_t c = peek(l);
	if (c == CHAR_END)
		return bad(l, "'}' is missing");
	if (c == '{' || c == '}' || c == ':')
		return bad(l, "${} without a name");
	struct str name = read_name(l);
	size_t from = l->at;
	bool colon = false;
	c = next(l);
	if (c == '}')
		return plain(l, name, true, out);
	if (c == '/')
		return replace(l, name, out);
	if (c == ':') {
		colon = true;
		c = next(l);
	}
	bool stripping = c == '#' || c == '%';
	if ((colon && stripping) ||
	    (!colon && (c < 0 || c > 0x7f || !strchr("+-?#%", c) || !c)))
		return bad_modifier(l, from);
	if (operand(l, '}', stripping, stripping, "'}' is missing", &word) < 0)
		return -1;
	if (stripping)
		return strip(l, name, (char)c, buf_str(&word), out);
	if (c == '-' || c == '+' || c == '?')
		return modify(l, name, (char)c, colon, buf_str(&word), out);
	return bad_modifier(l, from);
}

static int dollar(struct lexer *l, struct buf *out)
{
	next(l);
	if (peek(l) == '{') {
		next(l);
		return braced(l, out);
	}
	struct str name = read_name(l);
	if (name.n == 0)
		return buf_byte(out, '$', l->err);
	return plain(l, name, false, out);
}

static int single_quoted(struct lexer *l, bool pattern, struct buf *out)
{
	for (bool first = true;; first = false) {
		int32_t c = next(l);
		bool quote = c == '\'';
		if (c == CHAR_END)
			return bad(l, "a single quote has no end");
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
	int32_t then = peek(l);
	bool keep;
	if (then == CHAR_END)
		return 0;
	if (then == '"' || then == '$' || then == l->x->escape) {
		keep = l->raw_escapes;
		next(l);
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
	next(l);
	if (raw && buf_byte(out, '"', l->err) < 0)
		return -1;
	for (;;) {
		int32_t c = peek(l);
		int r;
		if (c == CHAR_END)
			return bad(l, "a double quote has no end");
		if (c == '$') {
			r = dollar(l, out);
		} else if (next(l) == '"') {
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
	next(l);
	if (buf_byte(out, '<', l->err) < 0)
		return -1;
	if (peek(l) != '<')
		return 0;
	int32_t c = next(l);
	do {
		if (buf_byte(out, (char)c, l->err) < 0)
			return -1;
		c = peek(l);
	} while ((c == '\t' || c == '\r' || c == ' ') && next(l));
	return 0;
}

/* 1: *piece is what a quote, $ or < stands for; 0: c is none of them. */
static int special(struct lexer *l, int32_t c, bool pattern, struct buf *piece)
{
	int r = 0;
	bool quotes = !(l->x->how & EXPAND_NO_QUOTES);
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
	int32_t c = next(l);
	struct str s = char_str(l, c, from);
	bool escape = c == l->x->escape;
	if (escape) {
		if (l->raw_escapes && (word_raw(l, v, s) < 0 ||
				       buf_str_add(v->out, s, l->err) < 0))
			return -1;
		from = l->at;
		c = next(l);
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
	for (int32_t c; (c = peek(l)) != CHAR_END;) {
		v->from = l->at;
		if (c == stop) {
			next(l);
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
	return stop == CHAR_END ? end_word(l, v) : bad(l, "no end");
}

static int lex(struct lexer *l, int32_t stop, bool raw_escapes, bool pattern,
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
	int r = lex(l, CHAR_END, l->x->how & EXPAND_RAW_ESCAPES, false, out);
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
