/* SPDX-License-Identifier: Apache-2.0 */
/* The signs of template languages. */
#include "base/chars.h"
#include "base/macros.h"
#include "lint/text/internal.h"

static bool is_word(char c)
{
	return is_alpha(c) || is_digit(c) || c == '_';
}

/* Behind the sign: blanks and what trims them ("{%- if"). */
static struct str inner(struct str s, size_t skip)
{
	s = str_from(s, skip);
	while (s.n && strchr("-+ \t\r\n", s.p[0]))
		s = str_from(s, 1);
	return s;
}

static struct str first_name(struct str s)
{
	size_t n = 0;
	while (n < s.n && is_word(s.p[n]))
		n++;
	return (struct str){ s.p, n };
}

static bool is_among(struct str name, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eqz(name, names[i]))
			return true;
	return false;
}

/* Jinja's own statements; printf '{%s}' begins no template. */
static bool is_jinja(struct str s)
{
	static const char *const names[] = {
		"if",	    "elif",    "else",	"endif", "for",	    "endfor",
		"set",	    "endset",  "block", "macro", "include", "endblock",
		"endmacro", "import",  "from",	"raw",	 "endraw",  "extends",
		"with",	    "endwith", "do",	"call",	 "endcall", "filter",
	};
	return is_among(first_name(inner(s, 2)), names, ARRAY_LEN(names));
}

/* Go's; jq's "def" as Docker's official images have it. */
static bool is_statement(struct str s)
{
	static const char *const names[] = { "if",    "else",	  "end",
					     "range", "with",	  "define",
					     "block", "template", "def" };
	s = inner(s, 2);
	return (s.n && (s.p[0] == ')' || s.p[0] == '/' || s.p[0] == '#')) ||
	       is_among(first_name(s), names, ARRAY_LEN(names));
}

/* Bash's {{a,b},c} is none: a name is followed by a blank, a part, a filter,
 * a call or the end. */
static bool is_expression(struct str s)
{
	struct str in = str_from(s, 2);
	if (in.n == 0 || strchr(" \t\r\n-", in.p[0]))
		return true;
	if (in.p[0] == '.' || in.p[0] == '$' || in.p[0] == '#' ||
	    in.p[0] == '/')
		in = str_from(in, 1);
	struct str name = first_name(in);
	in = str_from(in, name.n);
	return name.n && in.n && strchr(" \t\r\n.|([}-", in.p[0]);
}

/* To behind the closing sign; spots of templates are short. */
static size_t ends(struct str s, const char *close)
{
	/* A megabyte of "{{ " must not be read to its end for each. */
	enum { LONGEST = 4096 };
	size_t n = MIN(s.n, (size_t)LONGEST);
	const char *at = memmem(s.p + 2, n - 2, close, 2);
	return at ? (size_t)(at - s.p) + 2 : 0;
}

static size_t percent_name(struct str s)
{
	struct str name = first_name(str_from(s, 2));
	size_t n = 2 + name.n;
	if (name.n == 0 || is_digit(name.p[0]) ||
	    !str_starts(str_from(s, n), STR("%%")))
		return 0;
	return n + 2;
}

size_t lint_template_spot_at(struct str text, size_t at, const char **kind,
			     bool *statement)
{
	struct str s = str_from(text, at);
	*statement = false;
	if (s.n < 5)
		return 0;
	/* ${#array} is the shell's. */
	bool variable = at && text.p[at - 1] == '$';
	if (str_starts(s, STR("{%")) && is_jinja(s)) {
		*kind = "a Jinja template";
		*statement = true;
		return ends(s, "%}");
	}
	if (str_starts(s, STR("{#")) && !variable && strchr(" -+", s.p[2])) {
		*kind = "a Jinja template";
		*statement = true;
		return ends(s, "#}");
	}
	if (str_starts(s, STR("{{")) && is_expression(s)) {
		*kind = "a template";
		*statement = is_statement(s);
		return ends(s, "}}");
	}
	if (str_starts(s, STR("<%")) && strchr("=-# ", s.p[2])) {
		*kind = "an ERB template";
		*statement = s.p[2] != '=' && s.p[2] != '-';
		return ends(s, "%>");
	}
	*kind = "a template";
	return str_starts(s, STR("%%")) ? percent_name(s) : 0;
}

size_t lint_template_spot_after(const struct lint_template *t, size_t at)
{
	size_t low = 0, high = t->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (span_end(t->spots[middle]) <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool lint_template_touches(const struct lint_template *t, struct span at)
{
	size_t k = lint_template_spot_after(t, at.at);
	return k < t->n && t->spots[k].at < MAX(span_end(at), at.at + 1);
}
