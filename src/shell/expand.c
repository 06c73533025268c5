/* SPDX-License-Identifier: Apache-2.0 */
/* Expansions of the shell (POSIX XCU 2.6). */
#include "base/chars.h"
#include "shell/internal.h"

/* The operand of ${x-...} up to its }. Within double quotes a single quote
 * is a character, unless the operand is a pattern. */
static bool operand(struct sh_parser *p, bool quoted, bool pattern)
{
	struct sh_word dropped = { 0 };
	size_t from = p->at;
	while (p->at < p->end && sh_look(p, 0) != '}') {
		char c = sh_look(p, 0);
		bool ok = true;
		if (c == '\\')
			p->at = MIN(p->at + 2, p->end);
		else if (c == '$' || c == '`')
			ok = sh_expansion(p, &dropped, quoted, &from);
		else if (c == '"')
			ok = sh_double_quoted(p, &dropped);
		else if (c == '\'' && (!quoted || pattern))
			ok = sh_single_quoted(p, &dropped);
		else
			p->at++;
		if (!ok)
			return false;
	}
	if (p->at == p->end)
		return sh_fail(p, "${ has no }");
	p->at++;
	return true;
}

/* Behind the name in ${name...}. */
static bool parameter_tail(struct sh_parser *p, bool quoted)
{
	if (p->bash && sh_look(p, 0) == '[') {
		p->at++;
		if (!sh_skip_balanced(p, '[', ']'))
			return false;
	}
	char c = sh_look(p, 0);
	if (c == '}') {
		p->at++;
		return true;
	}
	if (c == ':' && sh_look(p, 1) && strchr("-=?+", sh_look(p, 1)))
		p->at += 2;
	else if (c && strchr("-=?+#%", c))
		p->at++;
	else if (p->bash && c && strchr("/^,@:*", c))
		p->at++;
	else
		return sh_fail(p, "${ has no such form");
	return operand(p, quoted, c == '#' || c == '%');
}

static bool braced(struct sh_parser *p, struct sh_word *w, size_t from,
		   bool quoted)
{
	p->at += 2;
	char c = sh_look(p, 0), then = sh_look(p, 1);
	/* ${#x} is a length; ${#}, ${#-y} and the like are of $#. */
	if (c == '#' &&
	    (sh_is_name(then) || (then && strchr("@*?$!", then)) ||
	     ((then == '#' || then == '-') && sh_look(p, 2) == '}')))
		p->at++;
	else if (p->bash && c == '!' && sh_is_name(then))
		p->at++;
	struct span name = { (uint32_t)p->at, (uint32_t)sh_name_length(p) };
	if (is_digit(sh_look(p, 0)))
		while (is_digit(sh_look(p, name.n)))
			name.n++;
	if (name.n == 0)
		return sh_fail(p, "${ has no name");
	p->at += name.n;
	if (!sh_deeper(p) || !parameter_tail(p, quoted))
		return false;
	p->depth--;
	struct sh_part *part = sh_add_part(p, w, SH_PARAM, from, quoted);
	if (!part)
		return false;
	part->name = name;
	part->inside = span_of(part->at.at + 2, span_end(part->at) - 1);
	return true;
}

/* $((...)): parentheses balance, expansions are read. */
static bool arithmetic(struct sh_parser *p, struct sh_word *w, size_t from,
		       bool quoted)
{
	struct sh_word dropped = { 0 };
	size_t open = 0, text = p->at += 3;
	while (p->at < p->end) {
		char c = sh_look(p, 0);
		if (c == ')' && open == 0)
			break;
		open += c == '(';
		open -= c == ')';
		if (c == '\\')
			p->at = MIN(p->at + 2, p->end);
		else if (c != '$' && c != '`')
			p->at++;
		else if (!sh_expansion(p, &dropped, true, &text))
			return false;
	}
	if (!sh_starts(p, "))"))
		return sh_fail(p, "$(( has no ))");
	p->at += 2;
	struct sh_part *part = sh_add_part(p, w, SH_ARITH, from, quoted);
	if (!part)
		return false;
	part->inside = span_of(part->at.at + 3, span_end(part->at) - 2);
	return true;
}

static bool substitution(struct sh_parser *p, struct sh_word *w, size_t from,
			 bool quoted)
{
	p->at += 2;
	struct sh_node *body = sh_read_list(p, ')');
	if (!body)
		return false;
	p->at++;
	struct sh_part *part = sh_add_part(p, w, SH_COMMAND, from, quoted);
	if (!part)
		return false;
	part->body = body;
	part->inside = span_of(part->at.at + 2, span_end(part->at) - 1);
	return true;
}

bool sh_dollar(struct sh_parser *p, struct sh_word *w, bool quoted)
{
	size_t from = p->at;
	if (sh_starts(p, "${") || sh_starts(p, "$(")) {
		if (!sh_deeper(p))
			return false;
		bool ok = sh_starts(p, "${") ? braced(p, w, from, quoted)
			  : sh_starts(p, "$((")
				  ? arithmetic(p, w, from, quoted)
				  : substitution(p, w, from, quoted);
		p->depth--;
		return ok;
	}
	if (p->bash && !quoted && sh_starts(p, "$'"))
		return sh_ansi_quoted(p, w);
	p->at++;
	struct span name = { (uint32_t)p->at, (uint32_t)sh_name_length(p) };
	p->at += name.n;
	if (name.n == 0) {
		p->at = from;
		return true;
	}
	struct sh_part *part = sh_add_part(p, w, SH_PARAM, from, quoted);
	if (part)
		part->name = name;
	return part;
}

/* The inside of `...` without the escapes of this level. */
static bool unescape(struct sh_parser *p, struct str in, bool quoted,
		     struct str *out)
{
	char *to = arena_bytes(p->a, in.n + 1, p->err);
	size_t n = 0;
	if (!to)
		return sh_fail(p, "no memory");
	for (size_t i = 0; i < in.n; i++) {
		char then = i + 1 < in.n ? in.p[i + 1] : 0;
		if (in.p[i] == '\\' &&
		    (then == '`' || then == '$' || then == '\\' ||
		     (quoted && then == '"')))
			i++;
		to[n++] = in.p[i];
	}
	*out = (struct str){ to, n };
	return true;
}

/* In place when no escape moves bytes; else a copy is read, for its errors
 * only, and *body is NULL. */
static bool read_backquoted(struct sh_parser *p, size_t from, bool quoted,
			    struct sh_node **body)
{
	struct str in = { p->text.p + from, p->at - from }, copy;
	struct sh_parser inner = *p;
	inner.n_pending = 0;
	if (!unescape(p, in, quoted, &copy))
		return false;
	inner.at = from;
	inner.end = p->at;
	bool moved = copy.n != in.n;
	if (moved) {
		inner.text = copy;
		inner.at = 0;
		inner.end = copy.n;
		inner.no_record = true;
	}
	struct sh_node *list = sh_read_list(&inner, 0);
	p->failed = inner.failed;
	if (moved && inner.failed)
		p->s->bad = (struct span){ (uint32_t)from, 0 };
	*body = moved ? NULL : list;
	return list;
}

bool sh_backquoted(struct sh_parser *p, struct sh_word *w, bool quoted)
{
	size_t from = p->at++;
	struct sh_node *body;
	while (p->at < p->end && p->text.p[p->at] != '`')
		p->at += p->text.p[p->at] == '\\' ? 2 : 1;
	if (p->at >= p->end) {
		p->at = p->end;
		return sh_fail(p, "a backquote has no end");
	}
	if (!sh_deeper(p) || !read_backquoted(p, from + 1, quoted, &body))
		return false;
	p->depth--;
	p->at++;
	struct sh_part *part = sh_add_part(p, w, SH_COMMAND, from, quoted);
	if (!part)
		return false;
	part->inside = span_of(part->at.at + 1, span_end(part->at) - 1);
	part->body = body;
	return true;
}
