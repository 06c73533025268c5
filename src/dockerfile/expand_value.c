/* SPDX-License-Identifier: Apache-2.0 */
/* What $name and ${name OP word} stand for, once word has been read.
 *
 *	${x:-w}  w when x is unset or empty      ${x-w}  when unset
 *	${x:+w}  w when x has something in it    ${x+w}  when set
 *	${x:?w}  an error with the text w        ${x?w}  when unset
 *	${x#p}   without the shortest match      ${x##p} the longest
 *	         at the start
 *	${x%p}   ... at the end                  ${x%%p}
 *	${x/p/r} r for the first match           ${x//p/r} for all
 *
 * POSIX 2.6.2; the last row is bash's. A name is letters, digits and _, or
 * digits alone, or one special character. */
#include "dockerfile/expand.h"
#include "dockerfile/lexer.h"
#include "dockerfile/pattern.h"

/* $@, $?, $$ and so on are no variables of a build, so they are empty; they
 * must be read as names all the same, or "$$x" would name x. */
static bool is_special(int32_t c)
{
	return c > 0 && c < 0x80 && strchr("@*#?-$!0", c);
}

static bool is_name_char(int32_t c)
{
	return c > 0 && c < 0x80 &&
	       (is_alpha((char)c) || is_digit((char)c) || c == '_');
}

/* $10 is the name "10", where a shell reads $1 and a 0. */
struct str dockerfile_value_name(struct lexer *l)
{
	struct str name = { l->src.p + l->at, 0 };
	struct str rest = str_from(l->src, l->at);
	if (rest.n && is_digit(*rest.p))
		while (name.n < rest.n && is_digit(rest.p[name.n]))
			name.n++;
	else if (is_special(lexer_peek(l)))
		name.n = 1;
	else
		while (name.n < rest.n && is_name_char(rest.p[name.n]))
			name.n++;
	l->at += name.n;
	return name;
}

/* An unset variable is empty, and told of: whoever listens may complain. */
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

int dockerfile_value_modify(struct lexer *l, struct str name, char op,
			    bool colon, struct str word, struct buf *out)
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
	l->fault = (struct expand_fault){ .why = EXPAND_UNSET, .name = name };
	return err_set(l->err, ERR_NOT_FOUND, "%.*s: %.*s", STR_ARG(name),
		       STR_ARG(word));
}

/* KEEP_UNSET writes the expansion back as it was, for a text that is expanded
 * again once more is known. */
int dockerfile_value_strip(struct lexer *l, struct str name, char op,
			   struct str word, struct buf *out)
{
	struct str value;
	if (!get(l, name, &value) && (l->x->how & EXPAND_KEEP_UNSET))
		return buf_addf(out, l->err, "${%.*s%c%.*s}", STR_ARG(name), op,
				STR_ARG(word));
	bool greedy = word.n && word.p[0] == op;
	return dockerfile_pattern_strip(str_from(word, greedy), value,
					op == '%', greedy, out, l->err);
}

int dockerfile_value_plain(struct lexer *l, struct str name, bool brace,
			   struct buf *out)
{
	struct str value;
	if (!get(l, name, &value) && (l->x->how & EXPAND_KEEP_UNSET))
		return buf_addf(out, l->err, brace ? "${%.*s}" : "$%.*s",
				STR_ARG(name));
	return buf_str_add(out, value, l->err);
}

int dockerfile_value_replace(struct lexer *l, struct str name,
			     struct str pattern, struct str with, bool all,
			     struct buf *out)
{
	struct str value;
	if (!get(l, name, &value) && (l->x->how & EXPAND_KEEP_UNSET))
		return buf_addf(out, l->err, "${%.*s/%.*s/%.*s}", STR_ARG(name),
				STR_ARG(pattern), STR_ARG(with));
	return dockerfile_pattern_replace(pattern, value, with, all, out,
					  l->err);
}
