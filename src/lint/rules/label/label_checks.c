/* SPDX-License-Identifier: Apache-2.0 */
/* Values of labels against the types of a label schema, each by its own
 * standard. A value that hangs on a build argument is not known, and passes. */
#include "lint/rules/label/label_checks.h"

#include "base/chars.h"
#include "lint/facts/values.h"
#include "lint/facts/words.h"

struct str lint_label_name(const struct df_pair *p)
{
	return lint_word_unquoted(p->key.text);
}

const struct lint_label_type *lint_label_find(const struct lint_file *f,
					      struct str name)
{
	for (size_t i = 0; i < f->settings->n_labels; i++)
		if (str_eq(f->settings->labels[i].name, name))
			return &f->settings->labels[i];
	return NULL;
}

int lint_label_check(const struct lint_file *f, const struct df_instr *in,
		     enum label_type type, bool (*good)(struct str value),
		     const char *what, struct lint_out *out, struct err *err)
{
	for (size_t i = 0; i < in->n_pairs; i++) {
		const struct df_pair *p = &in->pairs[i];
		const struct lint_label_type *row =
			lint_label_find(f, lint_label_name(p));
		struct str value;
		if (!row || row->type != type)
			continue;
		int known = lint_value(f, in, p->value.text, &value, err);
		if (known < 0)
			return -1;
		if (!known || good(value))
			continue;
		if (lint_find(out, p->value.at.n ? p->value.at : p->at, err,
			      "label %s is %s, which tools that read it "
			      "cannot use; write %s",
			      str_quoted(row->name).text,
			      value.n ? str_quoted(value).text : "empty",
			      what) < 0)
			return -1;
	}
	return 0;
}

static bool is_hex(char c)
{
	return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
}

/* git's abbreviated and full SHA-1, as hadolint has it. */
bool lint_label_is_hash(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_hex(s.p[i]) || (s.p[i] >= 'A' && s.p[i] <= 'F'))
			return false;
	return s.n == 7 || s.n == 40;
}

/* --- RFC 3986 -------------------------------------------------------------- */

static bool is_uri_char(struct str s, size_t i)
{
	char c = s.p[i];
	if (c == '%')
		return i + 2 < s.n && is_hex(s.p[i + 1]) && is_hex(s.p[i + 2]);
	return is_alpha(c) || is_digit(c) ||
	       (c && strchr("-._~:/?#[]@!$&'()*+,;=", c));
}

/* scheme ":" and URI characters with at most one fragment (RFC 3986, section 3
 * and appendix A); brackets are not checked for where they stand. */
bool lint_label_is_url(struct str s)
{
	size_t colon = str_find(s, ':'), hashes = 0;
	if (colon == s.n || colon == 0 || !is_alpha(*s.p))
		return false;
	for (size_t i = 0; i < colon; i++)
		if (!is_alpha(s.p[i]) && !is_digit(s.p[i]) &&
		    !strchr("+-.", s.p[i]))
			return false;
	for (size_t i = colon + 1; i < s.n; i++) {
		hashes += s.p[i] == '#';
		if (!is_uri_char(s, i) || hashes > 1)
			return false;
	}
	return true;
}

/* --- RFC 3339 -------------------------------------------------------------- */

/* n digits at *at, from low to high. */
static bool number(struct str s, size_t *at, size_t n, unsigned low,
		   unsigned high, unsigned *v)
{
	*v = 0;
	for (size_t i = 0; i < n; i++) {
		if (*at == s.n || !is_digit(s.p[*at]))
			return false;
		*v = *v * 10 + (unsigned)(s.p[(*at)++] - '0');
	}
	return *v >= low && *v <= high;
}

static bool one(struct str s, size_t *at, const char *of)
{
	if (*at == s.n || !s.p[*at] || !strchr(of, s.p[*at]))
		return false;
	++*at;
	return true;
}

static unsigned days(unsigned year, unsigned month)
{
	bool leap = (year % 4 == 0 && year % 100) || year % 400 == 0;
	if (month == 2)
		return leap ? 29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static bool date(struct str s, size_t *at)
{
	unsigned y, m, d;
	return number(s, at, 4, 0, 9999, &y) && one(s, at, "-") &&
	       number(s, at, 2, 1, 12, &m) && one(s, at, "-") &&
	       number(s, at, 2, 1, days(y, m), &d);
}

static bool offset(struct str s, size_t *at)
{
	unsigned v;
	if (one(s, at, "Zz"))
		return true;
	return one(s, at, "+-") && number(s, at, 2, 0, 23, &v) &&
	       one(s, at, ":") && number(s, at, 2, 0, 59, &v);
}

/* date-time of section 5.6; a leap second is valid, a space for the T is
 * allowed by the note there. */
bool lint_label_is_rfc3339(struct str s)
{
	size_t at = 0;
	unsigned v;
	if (!date(s, &at) || !one(s, &at, "Tt ") ||
	    !number(s, &at, 2, 0, 23, &v) || !one(s, &at, ":") ||
	    !number(s, &at, 2, 0, 59, &v) || !one(s, &at, ":") ||
	    !number(s, &at, 2, 0, 60, &v))
		return false;
	if (one(s, &at, ".")) {
		size_t from = at;
		while (at < s.n && is_digit(s.p[at]))
			at++;
		if (at == from)
			return false;
	}
	return offset(s, &at) && at == s.n;
}

/* --- semver 2.0.0 ---------------------------------------------------------- */

/* Identifiers between dots, up to a character that cannot be in one. */
static bool identifiers(struct str s, size_t *at, bool numbers_are_plain)
{
	do {
		size_t from = *at;
		bool digits = true;
		for (; *at < s.n; ++*at) {
			char c = s.p[*at];
			if (!is_alpha(c) && !is_digit(c) && c != '-')
				break;
			digits &= is_digit(c);
		}
		if (*at == from || (numbers_are_plain && digits &&
				    *at - from > 1 && s.p[from] == '0'))
			return false;
	} while (one(s, at, "."));
	return true;
}

static bool plain_number(struct str s, size_t *at)
{
	size_t from = *at;
	while (*at < s.n && is_digit(s.p[*at]))
		++*at;
	return *at > from && (*at - from == 1 || s.p[from] != '0');
}

/* Numbers without leading zeros (2), those of a pre-release too (9), but not of
 * build metadata (10). */
bool lint_label_is_semver(struct str s)
{
	size_t at = 0;
	if (!plain_number(s, &at) || !one(s, &at, ".") ||
	    !plain_number(s, &at) || !one(s, &at, ".") || !plain_number(s, &at))
		return false;
	if (one(s, &at, "-") && !identifiers(s, &at, true))
		return false;
	if (one(s, &at, "+") && !identifiers(s, &at, false))
		return false;
	return at == s.n;
}

/* --- RFC 5322 -------------------------------------------------------------- */

static bool is_atext(char c)
{
	return is_alpha(c) || is_digit(c) ||
	       (c && strchr("!#$%&'*+-/=?^_`{|}~", c)) ||
	       (unsigned char)c > 0x7f;
}

/* Atoms between dots. */
static bool is_dot_atom(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		bool dot = s.p[i] == '.';
		if (dot ? i == 0 || i + 1 == s.n || s.p[i - 1] == '.'
			: !is_atext(s.p[i]))
			return false;
	}
	return s.n > 0;
}

static bool is_quoted_string(struct str s)
{
	if (s.n < 2 || *s.p != '"' || s.p[s.n - 1] != '"')
		return false;
	for (size_t i = 1; i + 1 < s.n; i++) {
		if (s.p[i] == '\\' && ++i + 1 >= s.n)
			return false;
		if (s.p[i] == '"' && s.p[i - 1] != '\\')
			return false;
	}
	return true;
}

static bool is_domain(struct str s)
{
	if (s.n > 2 && *s.p == '[' && s.p[s.n - 1] == ']')
		return !memchr(s.p + 1, '[', s.n - 2) &&
		       !memchr(s.p + 1, ']', s.n - 2);
	struct str label, rest = s;
	for (bool more = true; more;) {
		more = str_cut(rest, '.', &label, &rest);
		struct str l = more ? label : rest;
		if (l.n == 0 || l.n > 63 || *l.p == '-' || l.p[l.n - 1] == '-')
			return false;
		for (size_t i = 0; i < l.n; i++)
			if (!is_alpha(l.p[i]) && !is_digit(l.p[i]) &&
			    l.p[i] != '-')
				return false;
	}
	return true;
}

/* addr-spec of section 3.4.1 without comments and folding; lengths are those of
 * RFC 5321, 4.5.3.1. */
bool lint_label_is_email(struct str s)
{
	size_t at = s.n;
	while (at > 0 && s.p[at - 1] != '@')
		at--;
	if (at < 2)
		return false;
	struct str local = { s.p, at - 1 }, domain = str_from(s, at);
	return local.n <= 64 &&
	       (is_dot_atom(local) || is_quoted_string(local)) &&
	       is_domain(domain);
}
