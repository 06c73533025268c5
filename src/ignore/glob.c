/* SPDX-License-Identifier: Apache-2.0 */
/* Go's path.Clean and filepath.Match, as far as an ignore file of BuildKit
 * depends on them:
 *
 *	a//b/./c	a/b/c
 *	a/../../b	../b		.. cannot take back a ..
 *	/../a		/a		the root is its own parent
 *	""		. */
#include "ignore/glob.h"

#include "base/chars.h"

/* Component by component, in place of a list of them: room holds what is clean
 * so far, and .. cuts it back to the slash before. Behind `back` stands what no
 * .. can take: the root, or a .. that leads out of a relative path. */
struct str ignore_clean(struct str p, char *room)
{
	size_t n = 0, at = 0, back = 0; /* back: .. goes no further */
	bool rooted = p.n && p.p[0] == '/';
	if (rooted) {
		room[n++] = '/';
		at = back = 1;
	}
	while (at < p.n) {
		struct str rest = str_from(p, at);
		struct str part = { rest.p, str_find(rest, '/') };
		at += part.n + 1;
		if (part.n == 0 || str_eqz(part, "."))
			continue;
		if (str_eqz(part, "..") && n > back) {
			while (--n > back && room[n] != '/')
				;
			continue;
		}
		if (str_eqz(part, "..") && rooted)
			continue;
		if (n > rooted)
			room[n++] = '/';
		memcpy(room + n, part.p, part.n);
		n += part.n;
		if (str_eqz(part, ".."))
			back = n;
	}
	if (n == 0)
		room[n++] = '.';
	return (struct str){ room, n };
}

/* A character of a class in Go's filepath.Match; false: there can be none. */
static bool match_char(struct str p, size_t *at, int32_t *c)
{
	size_t len;
	if (*at == p.n || p.p[*at] == '-' || p.p[*at] == ']')
		return false;
	*at += p.p[*at] == '\\';
	*c = char_at(p, *at, &len);
	if (*c == CHAR_END || (*c == CHAR_BAD && len == 1))
		return false;
	*at += len;
	return *at < p.n;
}

/* The class at p[*at] = '['; false: malformed. */
static bool match_class(struct str p, size_t *at, int32_t c, bool *found)
{
	int32_t low, high;
	bool in = false;
	bool negated = ++*at < p.n && p.p[*at] == '^';
	*at += negated;
	for (bool any = false;; any = true) {
		if (*at < p.n && p.p[*at] == ']' && any)
			break;
		if (!match_char(p, at, &low))
			return false;
		high = low;
		if (p.p[*at] == '-') {
			++*at;
			if (!match_char(p, at, &high))
				return false;
		}
		in |= low <= c && c <= high;
	}
	++*at;
	*found = in != negated;
	return true;
}

/* A piece without stars against the start of s; false: malformed.
 *
 * Goes on over the pattern after the text failed to match: only so is a bracket
 * that never closes found behind the place of failure. */
static bool match_chunk(struct str p, struct str s, struct str *rest, bool *ok)
{
	*ok = true;
	for (size_t at = 0; at < p.n;) {
		size_t len = 1;
		bool found;
		*ok &= s.n > 0;
		if (p.p[at] == '[') {
			int32_t c = *ok ? char_at(s, 0, &len) : 0;
			if (!match_class(p, &at, c, &found))
				return false;
		} else if (p.p[at] == '?') {
			if (*ok)
				char_at(s, 0, &len);
			found = *ok && s.p[0] != '/';
			at++;
		} else {
			at += p.p[at] == '\\';
			if (at == p.n)
				return false;
			found = *ok && s.p[0] == p.p[at++];
			at += !*ok;
		}
		if (*ok)
			s = str_from(s, len);
		*ok &= found;
	}
	*rest = s;
	return true;
}

/* scanChunk of Go: the length of the piece up to the next star that stands
 * outside of brackets. */
static size_t chunk_length(struct str p)
{
	bool in_class = false;
	for (size_t i = 0; i < p.n; i++) {
		if (p.p[i] == '\\' && i + 1 < p.n)
			i++;
		else if (p.p[i] == '[' || p.p[i] == ']')
			in_class = p.p[i] == '[';
		else if (p.p[i] == '*' && !in_class)
			return i;
	}
	return p.n;
}

/* filepath.Match(p, ".") step by step. Only whether it returns ErrBadPattern
 * counts, and Go looks no further than the piece between stars that fails:
 * "b[" is found to be malformed, "b*[" is not, since b does not match the dot.
 */
bool ignore_well_formed(struct str p)
{
	struct str name = STR("."), rest;
	while (p.n > 0) {
		bool ok, star = false;
		for (; p.n && p.p[0] == '*'; p = str_from(p, 1))
			star = true;
		struct str chunk = { p.p, chunk_length(p) };
		p = str_from(p, chunk.n);
		if (star && chunk.n == 0)
			return true;
		if (!match_chunk(chunk, name, &rest, &ok))
			return false;
		bool go_on = ok && (rest.n == 0 || p.n > 0);
		if (!go_on && star && name.n) {
			if (!match_chunk(chunk, STR(""), &rest, &ok))
				return false;
			go_on = ok;
		}
		if (!go_on)
			return true;
		name = rest;
	}
	return true;
}
