/* SPDX-License-Identifier: Apache-2.0 */
#include "context/copies/wildcard.h"

#include "base/chars.h"

bool context_has_wildcard(struct str p)
{
	for (size_t i = 0; i < p.n; i++) {
		if (p.p[i] == '\\')
			i++;
		else if (p.p[i] == '*' || p.p[i] == '?' || p.p[i] == '[')
			return true;
	}
	return false;
}

/* One end of a range; false: none stands there. As Go's getEsc: "-" and "]"
 * have to be escaped, and bytes that are no UTF-8 are malformed. */
static bool class_char(struct str p, size_t *at, int32_t *c)
{
	size_t len;
	if (*at == p.n || p.p[*at] == '-' || p.p[*at] == ']')
		return false;
	*at += p.p[*at] == '\\';
	*c = char_at(p, *at, &len);
	*at += len;
	return *c != CHAR_END && !(*c == CHAR_BAD && len == 1);
}

/* The class at p[*at] = '['; *at is then behind it. false: malformed. Go reads
 * all of the class before it judges, so "[a-" is malformed even where 'a'
 * matches already. */
static bool class_match(struct str p, size_t *at, int32_t c, bool *found)
{
	bool in = false, any = false;
	bool negated = ++*at < p.n && p.p[*at] == '^';
	*at += negated;
	while (!any || *at == p.n || p.p[*at] != ']') {
		int32_t low, high;
		if (!class_char(p, at, &low))
			return false;
		high = low;
		if (*at < p.n && p.p[*at] == '-') {
			++*at;
			if (!class_char(p, at, &high))
				return false;
		}
		in |= low <= c && c <= high;
		any = true;
	}
	++*at;
	*found = in != negated;
	return true;
}

/* One element of the pattern, no star, against the character at s. 1: it
 * matches, both positions move on; 0: not; -1: malformed. */
static int step(struct str p, size_t *at, struct str path, size_t *s)
{
	size_t len = 1;
	bool found;
	int32_t c = char_at(path, *s, &len);
	switch (p.p[*at]) {
	case '[':
		if (!class_match(p, at, c, &found))
			return -1;
		break;
	case '?':
		++*at;
		found = c != '/';
		break;
	default:
		*at += p.p[*at] == '\\';
		if (*at == p.n)
			return -1;
		found = *s < path.n && p.p[*at] == path.p[*s];
		++*at;
		len = 1;
	}
	if (c == CHAR_END)
		return 0;
	*s += len;
	return found;
}

/* A star first takes nothing. On a mismatch the last star takes one character
 * more and the pattern behind it is tried again:
 *
 *   a*b*c against "axbxbc": the first star takes "x", the second "", then 'c'
 *   fails on 'x'; the second takes "x", fails, takes "xb", and 'c' matches.
 *
 * An earlier star need never take more: whatever it would leave to the pattern
 * between the two, the last one may skip as well. So "*a*a*a...*a" against a
 * long name costs n * m steps and not m to the power of its stars. No star
 * takes a slash: the walk back ends there. */
bool context_wildcard_match(struct str p, struct str path)
{
	size_t at = 0, s = 0, star = SIZE_MAX, star_s = 0;
	while (at < p.n || s < path.n) {
		if (at < p.n && p.p[at] == '*') {
			star = ++at;
			star_s = s;
			continue;
		}
		int r = at < p.n ? step(p, &at, path, &s) : 0;
		if (r < 0)
			return false;
		if (r > 0)
			continue;
		if (star == SIZE_MAX || star_s == path.n ||
		    path.p[star_s] == '/')
			return false;
		at = star;
		s = ++star_s;
	}
	return true;
}
