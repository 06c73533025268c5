/* SPDX-License-Identifier: Apache-2.0 */
/* Spots become words or comments of the same length. */
#include "base/chars.h"
#include "base/macros.h"
#include "lint/text/internal.h"

/* ${____}: a variable that nobody sets. In front of the first FROM a plain
 * word: there an ARG that hangs on an unset variable would be known, and
 * empty. */
static void mask_word(char *to, size_t n, bool variable)
{
	memset(to, '_', n);
	if (!variable) {
		memset(to, 'x', n);
		return;
	}
	to[0] = '$';
	to[1] = '{';
	to[n - 1] = '}';
}

static void mask_blank(char *to, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (to[i] != '\n' && to[i] != '\r')
			to[i] = ' ';
}

/* Is there anything on the line that no spot covers? *from..*to is the line. */
static bool has_more(const struct lint_template *t, struct str text,
		     size_t from, size_t to)
{
	size_t k = lint_template_spot_after(t, from);
	for (size_t i = from; i < to; i++) {
		while (k < t->n && span_end(t->spots[k]) <= i)
			k++;
		if (k < t->n && t->spots[k].at <= i) {
			i = MIN(to, (size_t)span_end(t->spots[k])) - 1;
			continue;
		}
		if (!is_blank(text.p[i]) && text.p[i] != '\r' &&
		    !(text.p[i] == '\\' && i + 1 >= to))
			return true;
	}
	return false;
}

static size_t line_end(struct str text, size_t i)
{
	while (i < text.n && text.p[i] != '\n')
		i++;
	return i;
}

static bool continues(struct str text, size_t from, size_t to)
{
	while (to > from &&
	       (is_blank(text.p[to - 1]) || text.p[to - 1] == '\r'))
		to--;
	return to > from && text.p[to - 1] == '\\';
}

/* A line of spots alone is a comment, which a builder passes over even between
 * continued lines; but an expression that ends a continued instruction is its
 * last word: as a comment it would let the next instruction become a part of
 * this one. */
static bool is_comment(const struct lint_template *t, struct str text,
		       size_t from, size_t to, bool continued)
{
	size_t k = lint_template_spot_after(t, from);
	const char *kind;
	bool statement;
	if (k == t->n || t->spots[k].at >= to || has_more(t, text, from, to))
		return false;
	if (!continued || continues(text, from, to) || t->spots[k].at < from)
		return true;
	(void)lint_template_spot_at(text, t->spots[k].at, &kind, &statement);
	return statement;
}

static bool is_instruction(struct str line, struct str name)
{
	while (line.n && is_blank(line.p[0]))
		line = str_from(line, 1);
	return line.n > name.n && is_blank(line.p[name.n]) &&
	       str_eq_nocase((struct str){ line.p, name.n }, name);
}

/* The words of line up to at; *last is the last one. */
static size_t words_before(struct str line, size_t at, struct str *last)
{
	size_t n = 0;
	*last = (struct str){ 0 };
	for (size_t i = 0; i < at;) {
		size_t from = i;
		while (i < at && !is_blank(line.p[i]))
			i++;
		if (i > from) {
			*last = (struct str){ line.p + from, i - from };
			n++;
		}
		while (i < at && is_blank(line.p[i]))
			i++;
	}
	return n;
}

/* An argument of a command, by itself: without it the command's other words
 * are judged as they stand ("install {{ packages }} vim"). Where it may be the
 * command itself, a word has to be there, or the script cannot be read. */
static bool is_argument(struct str line, size_t at, size_t n, bool continued)
{
	static const char *const starts[] = {
		"then", "do", "else", "if", "while", "until", "!", "exec"
	};
	enum { LONGEST = 4096 }; /* of a line of spots alone */
	struct str last;
	if (at > LONGEST)
		return false;
	size_t words = words_before(line, at, &last);
	bool alone = at && is_blank(line.p[at - 1]) &&
		     (at + n == line.n || is_blank(line.p[at + n]) ||
		      line.p[at + n] == '\r');
	if (!alone || words < (continued ? 1 : 2) ||
	    strchr("&|;({", last.p[last.n - 1]))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(starts); i++)
		if (str_eqz(last, starts[i]))
			return false;
	return true;
}

/* The spots of a line that is no comment. */
static void mask_line(const struct lint_template *t, struct str line,
		      size_t from, char *to, bool seen_from, bool run,
		      bool continued)
{
	for (size_t k = lint_template_spot_after(t, from); k < t->n; k++) {
		struct span at = t->spots[k];
		if (at.at >= from + line.n)
			return;
		if (at.at < from || span_end(at) > from + line.n)
			continue;
		if (!run || !is_argument(line, at.at - from, at.n, continued))
			mask_word(to + at.at, at.n, seen_from);
	}
}

void lint_template_mask(const struct lint_template *t, struct str text,
			char *to)
{
	bool seen_from = false, continued = false, run = false;
	for (size_t i = 0; i < t->n; i++)
		mask_blank(to + t->spots[i].at, t->spots[i].n);
	for (size_t from = 0, end; from < text.n; from = end + 1) {
		end = line_end(text, from);
		struct str line = { text.p + from, end - from };
		seen_from |= is_instruction(line, STR("FROM"));
		if (!continued)
			run = is_instruction(line, STR("RUN"));
		bool comment = is_comment(t, text, from, end, continued);
		if (comment && end > from) {
			mask_blank(to + from, end - from);
			to[from] = '#';
		}
		if (!comment)
			mask_line(t, line, from, to, seen_from, run, continued);
		if (!comment)
			continued = continues(text, from, end);
	}
}
