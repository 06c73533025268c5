/* SPDX-License-Identifier: Apache-2.0 */
/* Words of the shell: quotes and expansions (POSIX XCU 2.2, 2.6). */
#include "base/chars.h"
#include "shell/internal.h"

struct sh_part *sh_add_part(struct sh_parser *p, struct sh_word *w,
			    enum sh_part_kind kind, size_t from, bool quoted)
{
	if (arena_grow(p->a, &w->parts, w->n_parts, &w->cap_parts,
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
	return from == p->at || sh_add_part(p, w, SH_LITERAL, from, quoted);
}

bool sh_is_name(char c)
{
	return is_alpha(c) || is_digit(c) || c == '_';
}

size_t sh_name_length(const struct sh_parser *p)
{
	size_t n = 0;
	char c = sh_look(p, 0);
	if (c && strchr("@*#?-$!", c))
		return 1;
	if (is_digit(c))
		return 1;
	while (sh_is_name(sh_look(p, n)))
		n++;
	return n;
}

bool sh_single_quoted(struct sh_parser *p, struct sh_word *w)
{
	size_t from = p->at++;
	while (p->at < p->end && p->text.p[p->at] != '\'')
		p->at++;
	if (p->at == p->end)
		return sh_fail(p, "a single quote has no end");
	p->at++;
	struct sh_part *part = sh_add_part(p, w, SH_LITERAL, from, true);
	if (!part)
		return false;
	part->inside = span_of(part->at.at + 1, span_end(part->at) - 1);
	return true;
}

/* $'...': a backslash escapes the quote. */
bool sh_ansi_quoted(struct sh_parser *p, struct sh_word *w)
{
	size_t from = p->at;
	for (p->at += 2; p->at < p->end && p->text.p[p->at] != '\''; p->at++)
		p->at += p->text.p[p->at] == '\\';
	if (p->at >= p->end) {
		p->at = p->end;
		return sh_fail(p, "a single quote has no end");
	}
	p->at++;
	return sh_add_part(p, w, SH_RAW, from, true);
}

/* One expansion at p->at, or a literal $. *from is where the literal text
 * behind it starts. */
bool sh_expansion(struct sh_parser *p, struct sh_word *w, bool quoted,
		  size_t *from)
{
	bool ok;
	if (!flush(p, w, *from, quoted))
		return false;
	*from = p->at;
	ok = sh_look(p, 0) == '`' ? sh_backquoted(p, w, quoted)
				  : sh_dollar(p, w, quoted);
	if (ok && p->at > *from)
		*from = p->at;
	else
		p->at += ok;
	return ok;
}

bool sh_double_quoted(struct sh_parser *p, struct sh_word *w)
{
	size_t from = ++p->at, n = w->n_parts;
	while (p->at < p->end && p->text.p[p->at] != '"') {
		char c = sh_look(p, 0);
		if (c == '\\')
			p->at = MIN(p->at + 2, p->end);
		else if (c != '$' && c != '`')
			p->at++;
		else if (!sh_expansion(p, w, true, &from))
			return false;
	}
	if (p->at == p->end)
		return sh_fail(p, "a double quote has no end");
	if (from == p->at && w->n_parts == n) {
		/* "" is a word though it has no text. */
		if (!sh_add_part(p, w, SH_LITERAL, from, true))
			return false;
	} else if (!flush(p, w, from, true)) {
		return false;
	}
	p->at++;
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
			ok = sh_single_quoted(p, &dropped);
		else if (c == '"')
			ok = sh_double_quoted(p, &dropped);
		else if (c == '$' || c == '`')
			ok = sh_expansion(p, &dropped, false, &from);
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
	return sh_add_part(p, w, SH_RAW, from, false);
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
			ok = sh_expansion(p, w, false, &from);
		} else {
			ok = flush(p, w, from, false) &&
			     (raw	 ? raw_group(p, w)
			      : c == '"' ? sh_double_quoted(p, w)
					 : sh_single_quoted(p, w));
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
		else if (!sh_expansion(p, w, true, &from))
			return false;
	}
	return flush(p, w, from, true);
}
