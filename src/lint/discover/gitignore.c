/* SPDX-License-Identifier: Apache-2.0 */
/* gitignore(5), "PATTERN FORMAT":
 *
 *	build		a name at any depth
 *	/build		that of this directory alone; any slash but one at
 *	a/build		the end anchors
 *	build/		a directory alone
 *	!build		back in; the last pattern that fits decides
 *
 * Two stars between slashes stand for any number of directories, none included;
 * at the end of a pattern they are what is in the directory, and not the
 * directory itself. */
#include "lint/discover/gitignore.h"

/* --- reading -------------------------------------------------------------- */

/* Blanks at the end go unless a backslash holds the first of them. */
static struct str trim_end(struct str l)
{
	if (l.n && l.p[l.n - 1] == '\r')
		l.n--;
	while (l.n && l.p[l.n - 1] == ' ' && (l.n < 2 || l.p[l.n - 2] != '\\'))
		l.n--;
	return l;
}

static bool read_line(struct str l, struct gitignore_pattern *out)
{
	l = trim_end(l);
	if (l.n == 0 || l.p[0] == '#')
		return false;
	*out = (struct gitignore_pattern){ .negated = l.p[0] == '!' };
	l = str_from(l, out->negated);
	out->directory = l.n && l.p[l.n - 1] == '/';
	while (l.n && l.p[l.n - 1] == '/')
		l.n--;
	out->anchored = str_find(l, '/') < l.n;
	if (l.n && l.p[0] == '/')
		l = str_from(l, 1);
	out->text = l;
	return l.n > 0;
}

int lint_gitignore_parse(struct str text, struct arena *a,
			 struct gitignore *out, struct err *err)
{
	size_t lines = 1;
	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	if (lines > GITIGNORE_PATTERNS_MAX)
		return err_set(err, ERR_LIMIT, "more than %d patterns",
			       GITIGNORE_PATTERNS_MAX);
	*out = (struct gitignore){
		.patterns = arena_array(a, lines, sizeof *out->patterns, err)
	};
	if (!out->patterns)
		return -1;
	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_from(text, 3);
	struct str line;
	for (bool more = true; more;) {
		more = str_cut(text, '\n', &line, &text);
		out->n += read_line(more ? line : text, &out->patterns[out->n]);
	}
	return 0;
}

/* --- matching ------------------------------------------------------------- */

static const char *const class_names[] = {
	"alpha", "digit", "alnum", "upper", "lower", "space", "punct", "xdigit"
};

static bool in_class(size_t which, unsigned char c)
{
	bool up = c >= 'A' && c <= 'Z', low = c >= 'a' && c <= 'z';
	bool digit = c >= '0' && c <= '9';
	switch (which) {
	case 0:
		return up || low;
	case 1:
		return digit;
	case 2:
		return up || low || digit;
	case 3:
		return up;
	case 4:
		return low;
	case 5:
		return c == ' ' || (c >= '\t' && c <= '\r');
	case 6:
		return c > ' ' && c < 0x7f && !up && !low && !digit;
	default:
		return digit || (c >= 'a' && c <= 'f') ||
		       (c >= 'A' && c <= 'F');
	}
}

/* [:alpha:] at p[*i]: *i moves behind it. */
static bool named_class(struct str p, size_t *i, unsigned char c, bool *hit)
{
	for (size_t k = 0; k < sizeof class_names / sizeof *class_names; k++) {
		struct str rest = str_from(p, *i),
			   name = str_of(class_names[k]);
		if (rest.n < name.n + 4 || rest.p[0] != '[' ||
		    rest.p[1] != ':' ||
		    memcmp(rest.p + 2, name.p, name.n) != 0 ||
		    memcmp(rest.p + 2 + name.n, ":]", 2) != 0)
			continue;
		*hit |= in_class(k, c);
		*i += name.n + 4;
		return true;
	}
	return false;
}

static unsigned char class_char(struct str p, size_t *i)
{
	if (p.p[*i] == '\\' && *i + 1 < p.n)
		(*i)++;
	return (unsigned char)p.p[(*i)++];
}

/* A class at p[*i] == '[': *i moves behind it; false: it has no end, or c is
 * not in it. */
static bool match_class(struct str p, size_t *i, unsigned char c)
{
	size_t at = *i + 1;
	bool negated = at < p.n && (p.p[at] == '!' || p.p[at] == '^');
	bool hit = false;
	at += negated;
	for (bool first = true; at < p.n; first = false) {
		if (p.p[at] == ']' && !first) {
			*i = at + 1;
			return hit != negated;
		}
		if (named_class(p, &at, c, &hit))
			continue;
		unsigned char from = class_char(p, &at), to = from;
		if (at + 1 < p.n && p.p[at] == '-' && p.p[at + 1] != ']') {
			at++;
			to = class_char(p, &at);
		}
		hit |= c >= from && c <= to;
	}
	return false;
}

/* One character of the pattern, no star, against c. */
static bool match_one(struct str p, size_t *i, unsigned char c)
{
	if (p.p[*i] == '?') {
		(*i)++;
		return true;
	}
	if (p.p[*i] == '[')
		return match_class(p, i, c);
	if (p.p[*i] == '\\' && *i + 1 < p.n)
		(*i)++;
	return (unsigned char)p.p[(*i)++] == c;
}

/* Within a part: only the last star is ever gone back to.
 *
 * The last star took as little as it could; when the rest does not fit, it
 * takes one byte more. Earlier stars need not be tried again: what stood
 * between them fitted, and a later place for it leaves less. So it costs
 * pattern times name at most. */
static bool match_part(struct str p, struct str s)
{
	size_t i = 0, k = 0, star = SIZE_MAX, mark = 0;
	while (k < s.n) {
		size_t next = i;
		if (i < p.n && p.p[i] == '*') {
			star = i++;
			mark = k;
		} else if (i < p.n &&
			   match_one(p, &next, (unsigned char)s.p[k])) {
			i = next;
			k++;
		} else if (star != SIZE_MAX) {
			i = star + 1;
			k = ++mark;
		} else {
			return false;
		}
	}
	while (i < p.n && p.p[i] == '*')
		i++;
	return i == p.n;
}

/* Cuts the first part off; false when nothing is left. */
static bool next_part(struct str *rest, struct str *part)
{
	struct str tail;
	if (!rest->p)
		return false;
	if (str_cut(*rest, '/', part, &tail)) {
		*rest = tail;
		return true;
	}
	*part = *rest;
	*rest = (struct str){ 0 };
	return true;
}

/* Between parts the same with ** in place of a star; at the end ** wants
 * something to stand for.
 *
 * The same algorithm a level up. */
static bool match_path(struct str pattern, struct str path)
{
	struct str p = pattern, s = path, part, name;
	struct str star = { 0 }, mark = { 0 };
	bool starred = false;
	while (s.p) {
		struct str before = s;
		bool has = next_part(&p, &part);
		if (has && str_eqz(part, "**")) {
			if (!p.p)
				return true;
			starred = true;
			star = p;
			mark = before;
			continue;
		}
		(void)next_part(&s, &name);
		if (has && match_part(part, name))
			continue;
		if (!starred)
			return false;
		p = star;
		s = mark;
		if (!next_part(&s, &name))
			return false;
		mark = s;
	}
	return !p.p;
}

enum gitignore_verdict lint_gitignore_ask(const struct gitignore *g,
					  struct str path, bool is_directory)
{
	struct str base = path, head, tail;
	while (str_cut(base, '/', &head, &tail))
		base = tail;
	for (size_t i = g->n; i-- > 0;) {
		const struct gitignore_pattern *p = &g->patterns[i];
		if (p->directory && !is_directory)
			continue;
		if (p->anchored ? match_path(p->text, path)
				: match_part(p->text, base))
			return p->negated ? GITIGNORE_IN : GITIGNORE_OUT;
	}
	return GITIGNORE_UNSAID;
}
