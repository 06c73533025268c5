/* SPDX-License-Identifier: Apache-2.0 */
/* Words of the shell: quotes and expansions (POSIX XCU 2.2, 2.6). */
#include "dockerfile/chars.h"
#include "dockerfile/internal.h"
#include "dockerfile/sh_internal.h"

static struct sh_part *add_part(struct sh_parser *p, struct sh_word *w,
				enum sh_part_kind kind, size_t from,
				bool quoted)
{
	if (df_grow(p->a, &w->parts, w->n_parts, &w->cap_parts,
		    sizeof *w->parts, p->err) < 0) {
		sh_fail(p, "no memory");
		return NULL;
	}
	struct sh_part *part = &w->parts[w->n_parts++];
	part->kind = kind;
	part->quoted = quoted;
	part->at = part->inside = span_of((uint32_t)from, (uint32_t)p->at);
	return part;
}

/* What is literal in [from, p->at), if anything. */
static bool flush(struct sh_parser *p, struct sh_word *w, size_t from,
		  bool quoted)
{
	return from == p->at || add_part(p, w, SH_LITERAL, from, quoted);
}

static bool is_name(char c)
{
	return is_alpha(c) || is_digit(c) || c == '_';
}

static size_t name_length(const struct sh_parser *p)
{
	size_t n = 0;
	char c = sh_look(p, 0);
	if (c && strchr("@*#?-$!", c))
		return 1;
	if (is_digit(c))
		return 1;
	while (is_name(sh_look(p, n)))
		n++;
	return n;
}

static bool single_quoted(struct sh_parser *p, struct sh_word *w)
{
	size_t from = p->at++;
	while (p->at < p->end && p->text.p[p->at] != '\'')
		p->at++;
	if (p->at == p->end)
		return sh_fail(p, "a single quote has no end");
	p->at++;
	struct sh_part *part = add_part(p, w, SH_LITERAL, from, true);
	if (!part)
		return false;
	part->inside = span_of(part->at.at + 1, span_end(part->at) - 1);
	return true;
}

/* $'...': a backslash escapes the quote. */
static bool ansi_quoted(struct sh_parser *p, struct sh_word *w)
{
	size_t from = p->at;
	for (p->at += 2; p->at < p->end && p->text.p[p->at] != '\''; p->at++)
		p->at += p->text.p[p->at] == '\\';
	if (p->at >= p->end) {
		p->at = p->end;
		return sh_fail(p, "a single quote has no end");
	}
	p->at++;
	return add_part(p, w, SH_RAW, from, true);
}

static bool dollar(struct sh_parser *p, struct sh_word *w, bool quoted);
static bool backquoted(struct sh_parser *p, struct sh_word *w, bool quoted);

/* One expansion at p->at, or a literal $. *from is where the literal text
 * behind it starts. */
static bool expansion(struct sh_parser *p, struct sh_word *w, bool quoted,
		      size_t *from)
{
	bool ok;
	if (!flush(p, w, *from, quoted))
		return false;
	*from = p->at;
	ok = sh_look(p, 0) == '`' ? backquoted(p, w, quoted)
				  : dollar(p, w, quoted);
	if (ok && p->at > *from)
		*from = p->at;
	else
		p->at += ok;
	return ok;
}

static bool double_quoted(struct sh_parser *p, struct sh_word *w)
{
	size_t from = ++p->at, n = w->n_parts;
	while (p->at < p->end && p->text.p[p->at] != '"') {
		char c = sh_look(p, 0);
		if (c == '\\')
			p->at = MIN(p->at + 2, p->end);
		else if (c != '$' && c != '`')
			p->at++;
		else if (!expansion(p, w, true, &from))
			return false;
	}
	if (p->at == p->end)
		return sh_fail(p, "a double quote has no end");
	if (from == p->at && w->n_parts == n) {
		/* "" is a word though it has no text. */
		if (!add_part(p, w, SH_LITERAL, from, true))
			return false;
	} else if (!flush(p, w, from, true)) {
		return false;
	}
	p->at++;
	return true;
}

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
			ok = expansion(p, &dropped, quoted, &from);
		else if (c == '"')
			ok = double_quoted(p, &dropped);
		else if (c == '\'' && (!quoted || pattern))
			ok = single_quoted(p, &dropped);
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
	    (is_name(then) || (then && strchr("@*?$!", then)) ||
	     ((then == '#' || then == '-') && sh_look(p, 2) == '}')))
		p->at++;
	else if (p->bash && c == '!' && is_name(then))
		p->at++;
	struct span name = { (uint32_t)p->at, (uint32_t)name_length(p) };
	if (is_digit(sh_look(p, 0)))
		while (is_digit(sh_look(p, name.n)))
			name.n++;
	if (name.n == 0)
		return sh_fail(p, "${ has no name");
	p->at += name.n;
	if (!sh_deeper(p) || !parameter_tail(p, quoted))
		return false;
	p->depth--;
	struct sh_part *part = add_part(p, w, SH_PARAM, from, quoted);
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
		else if (!expansion(p, &dropped, true, &text))
			return false;
	}
	if (!sh_starts(p, "))"))
		return sh_fail(p, "$(( has no ))");
	p->at += 2;
	struct sh_part *part = add_part(p, w, SH_ARITH, from, quoted);
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
	struct sh_part *part = add_part(p, w, SH_COMMAND, from, quoted);
	if (!part)
		return false;
	part->body = body;
	part->inside = span_of(part->at.at + 2, span_end(part->at) - 1);
	return true;
}

static bool dollar(struct sh_parser *p, struct sh_word *w, bool quoted)
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
		return ansi_quoted(p, w);
	p->at++;
	struct span name = { (uint32_t)p->at, (uint32_t)name_length(p) };
	p->at += name.n;
	if (name.n == 0) {
		p->at = from;
		return true;
	}
	struct sh_part *part = add_part(p, w, SH_PARAM, from, quoted);
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

static bool backquoted(struct sh_parser *p, struct sh_word *w, bool quoted)
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
	struct sh_part *part = add_part(p, w, SH_COMMAND, from, quoted);
	if (!part)
		return false;
	part->inside = span_of(part->at.at + 1, span_end(part->at) - 1);
	part->body = body;
	return true;
}

bool sh_skip_balanced(struct sh_parser *p, char open, char close)
{
	struct sh_word dropped = { 0 };
	size_t depth = 1, from = p->at;
	while (p->at < p->end) {
		char c = sh_look(p, 0);
		bool ok = true;
		if (c == '\\')
			p->at = MIN(p->at + 2, p->end);
		else if (c == '\'')
			ok = single_quoted(p, &dropped);
		else if (c == '"')
			ok = double_quoted(p, &dropped);
		else if (c == '$' || c == '`')
			ok = expansion(p, &dropped, false, &from);
		else
			p->at++;
		if (!ok)
			return false;
		depth += c == open;
		depth -= c == close;
		if (depth == 0)
			return true;
	}
	return sh_fail(p, "a bracket has no end");
}

/* bash: an array behind =, a process substitution, an extended pattern. */
static bool is_raw_group(const struct sh_parser *p, size_t start)
{
	char c = sh_look(p, 0);
	char before = p->at > start ? p->text.p[p->at - 1] : 0;
	if (!p->bash)
		return false;
	if (c == '(')
		return before && strchr("=?*+@!", before);
	return (c == '<' || c == '>') && sh_look(p, 1) == '(';
}

static bool raw_group(struct sh_parser *p, struct sh_word *w)
{
	size_t from = p->at;
	p->at += sh_look(p, 0) == '(' ? 1 : 2;
	if (!sh_skip_balanced(p, '(', ')'))
		return false;
	return add_part(p, w, SH_RAW, from, false);
}

bool sh_read_word(struct sh_parser *p, struct sh_word *w)
{
	size_t start = p->at, from = p->at;
	while (p->at < p->end) {
		char c = sh_look(p, 0);
		bool ok = true;
		if (c == '\\') {
			p->at = MIN(p->at + 2, p->end);
			continue;
		}
		bool raw = is_raw_group(p, start);
		if (!raw && c && sh_is_meta(c))
			break;
		if (!raw && c != '\'' && c != '"' && c != '$' && c != '`') {
			p->at++;
			continue;
		}
		if (c == '$' || c == '`') {
			ok = expansion(p, w, false, &from);
		} else {
			ok = flush(p, w, from, false) &&
			     (raw	 ? raw_group(p, w)
			      : c == '"' ? double_quoted(p, w)
					 : single_quoted(p, w));
			from = p->at;
		}
		if (!ok)
			return false;
	}
	w->at = span_of((uint32_t)start, (uint32_t)p->at);
	return flush(p, w, from, false);
}

bool sh_read_body(struct sh_parser *p, struct sh_word *w)
{
	size_t from = p->at;
	while (p->at < p->end) {
		char c = sh_look(p, 0);
		if (c == '\\')
			p->at = MIN(p->at + 2, p->end);
		else if (c != '$' && c != '`')
			p->at++;
		else if (!expansion(p, w, true, &from))
			return false;
	}
	return flush(p, w, from, true);
}
