/* SPDX-License-Identifier: Apache-2.0 */
/* Words of the shell: quotes and expansions (POSIX.1-2024 XCU 2.2, 2.6).
 *
 * A word is a flat list of parts that tile it, but for the double quotes:
 * a"b $c"'d' is
 *
 *	LITERAL a, LITERAL "b " (quoted), PARAM $c (quoted), LITERAL 'd'
 *
 * What stands between two parts is collected by its start alone: `from` is
 * where the literal text begins that has not been made a part yet, and flush()
 * makes it one as soon as something else follows. */
#include "base/chars.h"
#include "shell/internal.h"

struct sh_part *shell_add_part(struct sh_parser *p, struct sh_word *w,
			       enum sh_part_kind kind, size_t from, bool quoted)
{
	if (arena_grow(p->a, &w->parts, w->n_parts, &w->cap_parts,
		       sizeof *w->parts, p->err) < 0) {
		shell_fail(p, "no memory");
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
	return from == p->at || shell_add_part(p, w, SH_LITERAL, from, quoted);
}

bool shell_is_name(char c)
{
	return is_alpha(c) || is_digit(c) || c == '_';
}

/* XCU 2.5: one special parameter, one digit ($10 is $1 and a 0), or a name. */
size_t shell_name_length(const struct sh_parser *p)
{
	size_t n = 0;
	char c = shell_look(p, 0);
	if (c && strchr("@*#?-$!", c))
		return 1;
	if (is_digit(c))
		return 1;
	while (shell_is_name(shell_look(p, n)))
		n++;
	return n;
}

/* XCU 2.2.2: nothing is special inside, a backslash neither. */
bool shell_single_quoted(struct sh_parser *p, struct sh_word *w)
{
	size_t from = p->at++;
	while (p->at < p->end && p->text.p[p->at] != '\'')
		p->at++;
	if (p->at == p->end)
		return shell_fail(p, "a single quote has no end");
	p->at++;
	struct sh_part *part = shell_add_part(p, w, SH_LITERAL, from, true);
	if (!part)
		return false;
	part->inside = span_of(part->at.at + 1, span_end(part->at) - 1);
	return true;
}

/* $'...': a backslash escapes the quote. */
bool shell_ansi_quoted(struct sh_parser *p, struct sh_word *w)
{
	size_t from = p->at;
	for (p->at += 2; p->at < p->end && p->text.p[p->at] != '\''; p->at++)
		p->at += p->text.p[p->at] == '\\';
	if (p->at >= p->end) {
		p->at = p->end;
		return shell_fail(p, "a single quote has no end");
	}
	p->at++;
	return shell_add_part(p, w, SH_RAW, from, true);
}

/* One expansion at p->at, or a literal $. *from is where the literal text
 * behind it starts. */
bool shell_expansion(struct sh_parser *p, struct sh_word *w, bool quoted,
		     size_t *from)
{
	bool ok;
	if (!flush(p, w, *from, quoted))
		return false;
	*from = p->at;
	ok = shell_look(p, 0) == '`' ? shell_backquoted(p, w, quoted)
				     : shell_dollar(p, w, quoted);
	if (ok && p->at > *from)
		*from = p->at;
	else
		p->at += ok;
	return ok;
}

/* XCU 2.2.3: $, ` and \ keep their meaning. An escape is stepped over as two
 * bytes and resolved when the text of the word is asked for. */
bool shell_double_quoted(struct sh_parser *p, struct sh_word *w)
{
	size_t from = ++p->at, n = w->n_parts;
	while (p->at < p->end && p->text.p[p->at] != '"') {
		char c = shell_look(p, 0);
		if (c == '\\')
			p->at = MIN(p->at + 2, p->end);
		else if (c != '$' && c != '`')
			p->at++;
		else if (!shell_expansion(p, w, true, &from))
			return false;
	}
	if (p->at == p->end)
		return shell_fail(p, "a double quote has no end");
	if (from == p->at && w->n_parts == n) {
		/* "" is a word though it has no text. */
		if (!shell_add_part(p, w, SH_LITERAL, from, true))
			return false;
	} else if (!flush(p, w, from, true)) {
		return false;
	}
	p->at++;
	return true;
}

/* For what is not looked into: arithmetic, arrays, subscripts. Its quotes and
 * expansions are read all the same, because a bracket in them does not count,
 * and because commands in $() there are run. */
bool shell_skip_balanced(struct sh_parser *p, char open, char close)
{
	struct sh_word dropped = { 0 };
	size_t depth = 1, from = p->at;
	while (p->at < p->end) {
		char c = shell_look(p, 0);
		bool ok = true;
		if (c == '\\')
			p->at = MIN(p->at + 2, p->end);
		else if (c == '\'')
			ok = shell_single_quoted(p, &dropped);
		else if (c == '"')
			ok = shell_double_quoted(p, &dropped);
		else if (c == '$' || c == '`')
			ok = shell_expansion(p, &dropped, false, &from);
		else
			p->at++;
		if (!ok)
			return false;
		depth += c == open;
		depth -= c == close;
		if (depth == 0)
			return true;
	}
	return shell_fail(p, "a bracket has no end");
}

/* bash: an array behind =, a process substitution, an extended pattern.
 *
 *	a=(1 2)   <(sort x)   !(*.c)
 *
 * What is within is passed over; commands in $() there are seen. */
static bool is_raw_group(const struct sh_parser *p, size_t start)
{
	char c = shell_look(p, 0);
	char before = p->at > start ? p->text.p[p->at - 1] : 0;
	if (!p->bash)
		return false;
	if (c == '(')
		return before && strchr("=?*+@!", before);
	return (c == '<' || c == '>') && shell_look(p, 1) == '(';
}

static bool raw_group(struct sh_parser *p, struct sh_word *w)
{
	size_t from = p->at;
	p->at += shell_look(p, 0) == '(' ? 1 : 2;
	if (!shell_skip_balanced(p, '(', ')'))
		return false;
	return shell_add_part(p, w, SH_RAW, from, false);
}

/* Up to an unquoted metacharacter. The caller has seen that there is a word;
 * a word of quotes alone ('') has parts, so it is not lost. */
bool shell_read_word(struct sh_parser *p, struct sh_word *w)
{
	size_t start = p->at, from = p->at;
	while (p->at < p->end) {
		char c = shell_look(p, 0);
		bool ok = true;
		if (c == '\\') {
			p->at = MIN(p->at + 2, p->end);
			continue;
		}
		bool raw = is_raw_group(p, start);
		if (!raw && c && shell_is_meta(c))
			break;
		if (!raw && c != '\'' && c != '"' && c != '$' && c != '`') {
			p->at++;
			continue;
		}
		if (c == '$' || c == '`') {
			ok = shell_expansion(p, w, false, &from);
		} else {
			ok = flush(p, w, from, false) &&
			     (raw	 ? raw_group(p, w)
			      : c == '"' ? shell_double_quoted(p, w)
					 : shell_single_quoted(p, w));
			from = p->at;
		}
		if (!ok)
			return false;
	}
	w->at = span_of((uint32_t)start, (uint32_t)p->at);
	return flush(p, w, from, false);
}

/* As in double quotes, but " is an ordinary character (XCU 2.7.4). */
bool shell_read_body(struct sh_parser *p, struct sh_word *w)
{
	size_t from = p->at;
	while (p->at < p->end) {
		char c = shell_look(p, 0);
		if (c == '\\')
			p->at = MIN(p->at + 2, p->end);
		else if (c != '$' && c != '`')
			p->at++;
		else if (!shell_expansion(p, w, true, &from))
			return false;
	}
	return flush(p, w, from, true);
}
