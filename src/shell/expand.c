/* SPDX-License-Identifier: Apache-2.0 */
/* Expansions of the shell (POSIX.1-2024 XCU 2.6): ${}, $(()), $() and ``.
 *
 * Every one of them may hold words, and so others of its kind: this is where
 * the parser recurses from words back to lists, and where shell_deeper counts.
 * A parameter's operand is read for its errors and its commands and then
 * dropped; rules ask for the whole part. */
#include "base/chars.h"
#include "shell/internal.h"

/* The operand of ${x-...} up to its }. Within double quotes a single quote
 * is a character, unless the operand is a pattern. */
static bool operand(struct sh_parser *p, bool quoted, bool pattern)
{
	struct sh_word dropped = { 0 };
	size_t from = p->at;
	while (p->at < p->end && shell_look(p, 0) != '}') {
		char c = shell_look(p, 0);
		bool ok = true;
		if (c == '\\')
			p->at = MIN(p->at + 2, p->end);
		else if (c == '$' || c == '`')
			ok = shell_expansion(p, &dropped, quoted, &from);
		else if (c == '"')
			ok = shell_double_quoted(p, &dropped);
		else if (c == '\'' && (!quoted || pattern))
			ok = shell_single_quoted(p, &dropped);
		else
			p->at++;
		if (!ok)
			return false;
	}
	if (p->at == p->end)
		return shell_fail(p, "${ has no }");
	p->at++;
	return true;
}

/* Behind the name in ${name...}.
 *
 *	POSIX	${x} ${x-w} ${x:-w} ${x=w} ${x?w} ${x+w} ${x#w} ${x%w}
 *	bash	${x/a/b} ${x^} ${x,} ${x@Q} ${x:1:2} ${x[i]} ${!x}
 *
 * What dash does not know makes the script unreadable to it, as it does for
 * dash itself. */
static bool parameter_tail(struct sh_parser *p, bool quoted)
{
	if (p->bash && shell_look(p, 0) == '[') {
		p->at++;
		if (!shell_skip_balanced(p, '[', ']'))
			return false;
	}
	char c = shell_look(p, 0);
	if (c == '}') {
		p->at++;
		return true;
	}
	if (c == ':' && shell_look(p, 1) && strchr("-=?+", shell_look(p, 1)))
		p->at += 2;
	else if (c && strchr("-=?+#%", c))
		p->at++;
	else if (p->bash && c && strchr("/^,@:*", c))
		p->at++;
	else
		return shell_fail(p, "${ has no such form");
	return operand(p, quoted, c == '#' || c == '%');
}

/* ${NAME tail}. "#" is a length in ${#x} and a parameter in ${#}, ${##} and
 * ${#-}: which one shows only behind it. */
static bool braced(struct sh_parser *p, struct sh_word *w, size_t from,
		   bool quoted)
{
	p->at += 2;
	char c = shell_look(p, 0), then = shell_look(p, 1);
	/* ${#x} is a length; ${#}, ${#-y} and the like are of $#. */
	if (c == '#' &&
	    (shell_is_name(then) || (then && strchr("@*?$!", then)) ||
	     ((then == '#' || then == '-') && shell_look(p, 2) == '}')))
		p->at++;
	else if (p->bash && c == '!' && shell_is_name(then))
		p->at++;
	struct span name = { (uint32_t)p->at, (uint32_t)shell_name_length(p) };
	if (is_digit(shell_look(p, 0)))
		while (is_digit(shell_look(p, name.n)))
			name.n++;
	if (name.n == 0)
		return shell_fail(p, "${ has no name");
	p->at += name.n;
	if (!shell_deeper(p) || !parameter_tail(p, quoted))
		return false;
	p->depth--;
	struct sh_part *part = shell_add_part(p, w, SH_PARAM, from, quoted);
	if (!part)
		return false;
	part->name = name;
	part->inside = span_of(part->at.at + 2, span_end(part->at) - 1);
	return true;
}

/* $((...)): parentheses balance, expansions are read.
 *
 * It is not evaluated: only where it ends counts, and which commands stand in
 * it. */
static bool arithmetic(struct sh_parser *p, struct sh_word *w, size_t from,
		       bool quoted)
{
	struct sh_word dropped = { 0 };
	size_t open = 0, text = p->at += 3;
	while (p->at < p->end) {
		char c = shell_look(p, 0);
		if (c == ')' && open == 0)
			break;
		open += c == '(';
		open -= c == ')';
		if (c == '\\')
			p->at = MIN(p->at + 2, p->end);
		else if (c != '$' && c != '`')
			p->at++;
		else if (!shell_expansion(p, &dropped, true, &text))
			return false;
	}
	if (!shell_starts(p, "))"))
		return shell_fail(p, "$(( has no ))");
	p->at += 2;
	struct sh_part *part = shell_add_part(p, w, SH_ARITH, from, quoted);
	if (!part)
		return false;
	part->inside = span_of(part->at.at + 3, span_end(part->at) - 2);
	return true;
}

/* $(list): read by the grammar itself, so that a ) within quotes, a comment or
 * a case item does not end it (XCU 2.6.3). */
static bool substitution(struct sh_parser *p, struct sh_word *w, size_t from,
			 bool quoted)
{
	p->at += 2;
	struct sh_node *body = shell_read_list(p, ')');
	if (!body)
		return false;
	p->at++;
	struct sh_part *part = shell_add_part(p, w, SH_COMMAND, from, quoted);
	if (!part)
		return false;
	part->body = body;
	part->inside = span_of(part->at.at + 2, span_end(part->at) - 1);
	return true;
}

/* $(( begins arithmetic even where a subshell in a substitution was meant;
 * POSIX asks for a blank then: $( (a) ). */
bool shell_dollar(struct sh_parser *p, struct sh_word *w, bool quoted)
{
	size_t from = p->at;
	if (shell_starts(p, "${") || shell_starts(p, "$(")) {
		if (!shell_deeper(p))
			return false;
		bool ok = shell_starts(p, "${") ? braced(p, w, from, quoted)
			  : shell_starts(p, "$((")
				  ? arithmetic(p, w, from, quoted)
				  : substitution(p, w, from, quoted);
		p->depth--;
		return ok;
	}
	if (p->bash && !quoted && shell_starts(p, "$'"))
		return shell_ansi_quoted(p, w);
	p->at++;
	struct span name = { (uint32_t)p->at, (uint32_t)shell_name_length(p) };
	p->at += name.n;
	if (name.n == 0) {
		p->at = from;
		return true;
	}
	struct sh_part *part = shell_add_part(p, w, SH_PARAM, from, quoted);
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
		return shell_fail(p, "no memory");
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
	struct sh_node *list = shell_read_list(&inner, 0);
	p->failed = inner.failed;
	if (moved && inner.failed)
		p->s->bad = (struct span){ (uint32_t)from, 0 };
	*body = moved ? NULL : list;
	return list;
}

/* `...` ends at the first backquote without a backslash; its inside is a
 * script after one level of escapes is gone, so \` nests. */
bool shell_backquoted(struct sh_parser *p, struct sh_word *w, bool quoted)
{
	size_t from = p->at++;
	struct sh_node *body;
	while (p->at < p->end && p->text.p[p->at] != '`')
		p->at += p->text.p[p->at] == '\\' ? 2 : 1;
	if (p->at >= p->end) {
		p->at = p->end;
		return shell_fail(p, "a backquote has no end");
	}
	if (!shell_deeper(p) || !read_backquoted(p, from + 1, quoted, &body))
		return false;
	p->depth--;
	p->at++;
	struct sh_part *part = shell_add_part(p, w, SH_COMMAND, from, quoted);
	if (!part)
		return false;
	part->inside = span_of(part->at.at + 1, span_end(part->at) - 1);
	part->body = body;
	return true;
}
