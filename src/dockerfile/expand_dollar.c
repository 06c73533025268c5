/* SPDX-License-Identifier: Apache-2.0 */
/* $name, ${name} and its modifiers. */
#include "dockerfile/internal.h"
#include "dockerfile/pattern.h"

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
	else if (is_special(lex_peek(l)))
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

static int operand(struct lexer *l, int32_t stop, bool raw, bool pattern,
		   const char *missing, struct buf *out)
{
	if (++l->depth > EXPAND_DEPTH_MAX)
		return err_set(l->err, ERR_LIMIT,
			       "expansions nest over %d deep",
			       EXPAND_DEPTH_MAX);
	int r = lex_text(l, stop, raw, pattern, out);
	l->depth--;
	if (r < 0 && l->err->code == ERR_CORRUPT && lex_peek(l) == CHAR_END) {
		err_clear(l->err);
		return lex_bad(l, missing);
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
	bool all = lex_peek(l) == '/';
	if (all)
		lex_next(l);
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
		return lex_bad(l, "'}' is missing");
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
	int32_t c = lex_peek(l);
	if (c == CHAR_END)
		return lex_bad(l, "'}' is missing");
	if (c == '{' || c == '}' || c == ':')
		return lex_bad(l, "${} without a name");
	struct str name = read_name(l);
	size_t from = l->at;
	bool colon = false;
	c = lex_next(l);
	if (c == '}')
		return plain(l, name, true, out);
	if (c == '/')
		return replace(l, name, out);
	if (c == ':') {
		colon = true;
		c = lex_next(l);
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

int lex_dollar(struct lexer *l, struct buf *out)
{
	lex_next(l);
	if (lex_peek(l) == '{') {
		lex_next(l);
		return braced(l, out);
	}
	struct str name = read_name(l);
	if (name.n == 0)
		return buf_byte(out, '$', l->err);
	return plain(l, name, false, out);
}
