/* SPDX-License-Identifier: Apache-2.0 */
/* Matching without backtracking.
 *
 * The pattern is tokens, and a set says which token may come next: the value
 * is read once, a character at a time, for all ways at once. So *a*a*a*a*b
 * against a long row of a's costs pattern times value and not two to the
 * pattern; STEPS_MAX bounds even that, since ${x//p/r} starts at every place.
 *
 * A match at the end of the value (${x%p}) is a match at the start of both
 * turned round.
 *
 * a*b against "aab": tokens a, STAR, b, and the set holds the next token's
 * number.
 *
 *	start	{ 0 }
 *	a	{ 1, 2 }	a matched; the star may match nothing
 *	a	{ 1, 2 }	the star took it
 *	b	{ 1, 2, 3 }	3 = all tokens: a match ends here
 *
 * Go's regexp, which BuildKit uses, has the same bound; a backtracking matcher
 * in its place would let one line of a Dockerfile stop a linter for hours. */
#include "dockerfile/pattern.h"

#include <stdlib.h>

#include "base/chars.h"

enum { ANY = -2, STAR = -3, STEPS_MAX = 20 << 20 };

/* Tokens of the pattern and characters of the value. */
struct run {
	int32_t *pat, *val;
	bool *now, *next; /* which tokens may come next */
	size_t n_pat, n_val;
	size_t steps;
	bool reversed;
};

static void run_done(struct run *r)
{
	free(r->pat);
	free(r->val);
	free(r->now);
	free(r->next);
	*r = (struct run){ 0 };
}

/* As convertShellPatternToRegex of BuildKit, which refuses escapes that mean
 * nothing. */
static int compile(struct run *r, struct str p, struct err *err)
{
	size_t len;
	for (size_t at = 0; at < p.n; at += len) {
		int32_t c = char_at(p, at, &len);
		if (c == '*')
			c = STAR;
		else if (c == '?')
			c = ANY;
		else if (c == '\\') {
			at += len;
			c = char_at(p, at, &len);
			if (c != '*' && c != '?' && c != '\\' && c != '}' &&
			    c != '/')
				return err_set(err, ERR_CORRUPT,
					       "pattern %s: a backslash stands "
					       "before what needs none",
					       str_quoted(p).text);
		}
		r->pat[r->n_pat++] = c;
	}
	return 0;
}

static void reverse(int32_t *p, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		int32_t c = p[i];
		p[i] = p[n - 1 - i];
		p[n - 1 - i] = c;
	}
}

static int run_init(struct run *r, struct str pattern, struct str value,
		    bool reversed, struct err *err)
{
	size_t len;
	r->pat = calloc(pattern.n + 1, sizeof *r->pat);
	r->val = calloc(value.n + 1, sizeof *r->val);
	r->now = calloc(pattern.n + 1, 1);
	r->next = calloc(pattern.n + 1, 1);
	r->reversed = reversed;
	if (!r->pat || !r->val || !r->now || !r->next)
		return err_nomem(err, value.n);
	if (compile(r, pattern, err) < 0)
		return -1;
	for (size_t at = 0; at < value.n; at += len)
		r->val[r->n_val++] = char_at(value, at, &len);
	if (reversed) {
		reverse(r->pat, r->n_pat);
		reverse(r->val, r->n_val);
	}
	return 0;
}

/* A star may also match nothing. Where a place is marked, so is all that its
 * stars lead to: a pattern of 4,000 stars costs 4,000 marks a character, not
 * their square. */
static void mark(const struct run *r, bool *set, size_t i)
{
	while (!set[i]) {
		set[i] = true;
		if (i < r->n_pat && r->pat[i] == STAR)
			i++;
	}
}

static bool step(struct run *r, int32_t c)
{
	bool any = false;
	memset(r->next, 0, r->n_pat + 1);
	for (size_t i = 0; i < r->n_pat; i++) {
		if (!r->now[i])
			continue;
		if (r->pat[i] == STAR && c != '\n')
			mark(r, r->next, i);
		else if (r->pat[i] == c || (r->pat[i] == ANY && c != '\n'))
			mark(r, r->next, i + 1);
		else
			continue;
		any = true;
	}
	bool *swap = r->now;
	r->now = r->next;
	r->next = swap;
	return any;
}

/* 1: the match that starts at from ends at *end; 0: there is none.
 *
 * The shortest match is the first one met. For the longest all ends are met,
 * and the last one stays. */
static int match_at(struct run *r, size_t from, bool greedy, size_t *end,
		    struct err *err)
{
	int found = 0;
	memset(r->now, 0, r->n_pat + 1);
	mark(r, r->now, 0);
	for (size_t i = from;; i++) {
		if (r->now[r->n_pat]) {
			found = 1;
			*end = i;
			if (!greedy)
				return 1;
		}
		if ((r->steps += r->n_pat + 1) > STEPS_MAX)
			return err_set(err, ERR_LIMIT,
				       "a pattern takes over %d steps",
				       STEPS_MAX);
		if (i == r->n_val || !step(r, r->val[i]))
			return found;
	}
}

static int add_range(const struct run *r, size_t from, size_t to,
		     struct buf *out, struct err *err)
{
	for (size_t i = from; i < to; i++) {
		size_t k = r->reversed ? to - 1 - (i - from) : i;
		if (buf_char(out, r->val[k], err) < 0)
			return -1;
	}
	return 0;
}

int dockerfile_pattern_strip(struct str pattern, struct str value, bool at_end,
			     bool greedy, struct buf *out, struct err *err)
{
	scoped(run_done) struct run r = { 0 };
	size_t end = 0;
	if (run_init(&r, pattern, value, at_end, err) < 0)
		return -1;
	int found = match_at(&r, 0, greedy, &end, err);
	if (found < 0)
		return -1;
	if (!found)
		return buf_str_add(out, value, err);
	return add_range(&r, end, r.n_val, out, err);
}

/* The leftmost match at or after from. */
static int find(struct run *r, size_t from, size_t *start, size_t *end,
		struct err *err)
{
	for (*start = from; *start <= r->n_val; ++*start) {
		int found = match_at(r, *start, true, end, err);
		if (found)
			return found;
	}
	return 0;
}

/* The name behind $ or in ${}: its length with braces, 0 when there is none. */
static size_t template_name(struct str t, struct str *name)
{
	bool brace = t.n && t.p[0] == '{';
	size_t n = brace;
	while (n < t.n &&
	       (is_alpha(t.p[n]) || is_digit(t.p[n]) || t.p[n] == '_'))
		n++;
	*name = (struct str){ t.p + brace, n - brace };
	if (name->n == 0 || (brace && (n == t.n || t.p[n] != '}')))
		return 0;
	return n + brace;
}

/* A replacement for the match [start, end): $0 is the match, other groups
 * there are none. */
static int add_template(const struct run *r, struct str t, size_t start,
			size_t end, struct buf *out, struct err *err)
{
	for (size_t i = 0; i < t.n; i++) {
		struct str name;
		size_t n;
		if (t.p[i] != '$') {
			if (buf_byte(out, t.p[i], err) < 0)
				return -1;
		} else if (i + 1 < t.n && t.p[i + 1] == '$') {
			if (buf_byte(out, t.p[i++], err) < 0)
				return -1;
		} else if (!(n = template_name(str_from(t, i + 1), &name))) {
			if (buf_byte(out, '$', err) < 0)
				return -1;
		} else {
			i += n;
			if (str_eqz(name, "0") &&
			    add_range(r, start, end, out, err) < 0)
				return -1;
		}
	}
	return 0;
}

/* Go's ReplaceAllString: matches do not overlap, and an empty one directly
 * behind another does not count. So * is replaced once, whatever the value:
 * its match is the whole, and the empty one at the end adjoins it. */
static int replace_all(struct run *r, struct str replacement, struct buf *out,
		       struct err *err)
{
	size_t last = 0, from = 0, start, end;
	int found = 0;
	while (from <= r->n_val &&
	       (found = find(r, from, &start, &end, err)) > 0) {
		if (add_range(r, last, start, out, err) < 0)
			return -1;
		/* No empty match right behind a match. */
		if ((end > last || start == 0) &&
		    add_template(r, replacement, start, end, out, err) < 0)
			return -1;
		last = end;
		from = from + 1 > end ? from + 1 : end;
	}
	return found < 0 ? -1 : add_range(r, last, r->n_val, out, err);
}

/* Once, the leftmost match, the longest one there; in the replacement $ has no
 * meaning, but it has in that of // (Go's ReplaceAllString), as BuildKit calls
 * two functions. */
int dockerfile_pattern_replace(struct str pattern, struct str value,
			       struct str replacement, bool all,
			       struct buf *out, struct err *err)
{
	scoped(run_done) struct run r = { 0 };
	size_t start = 0, end = 0;
	if (run_init(&r, pattern, value, false, err) < 0)
		return -1;
	if (all)
		return replace_all(&r, replacement, out, err);
	int found = find(&r, 0, &start, &end, err);
	if (found < 0)
		return -1;
	if (!found)
		return buf_str_add(out, value, err);
	if (add_range(&r, 0, start, out, err) < 0 ||
	    buf_str_add(out, replacement, err) < 0)
		return -1;
	return add_range(&r, end, r.n_val, out, err);
}
