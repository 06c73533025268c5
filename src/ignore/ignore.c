/* SPDX-License-Identifier: Apache-2.0 */
/* Lines to patterns, and which pattern decides for a path.
 *
 * patternmatcher turns each pattern into a regular expression of Go. Most of
 * them need none, so a pattern knows how it can be compared:
 *
 *	node_modules     EXACT: the path itself (or a parent of it matched)
 *	logs and two *   PREFIX: all that begins so
 *	two * and .pyc   SUFFIX: all that ends so
 *	*.o, a?, [ab]    PROGRAM: compiled, and run character by character
 *
 * A path is judged with its parents in front: what matched a directory holds
 * for what is below it, and the last pattern that matches decides. So for
 *
 *	docs
 *	!docs/README.md
 *
 * docs is excluded by line 1, docs/README.md re-included by line 2, and
 * docs/x.md stays out by what was said of docs. */
#include "ignore/ignore.h"

#include <stdlib.h>

#include "base/chars.h"
#include "ignore/glob.h"
#include "ignore/program.h"

enum { LINE_MAX_BYTES = 65535 };

struct loader {
	struct ignore *ig;
	size_t cap;
	struct span at;
	uint32_t line;
	struct err *err;
};

static int bad(struct loader *l, const char *why)
{
	return err_set(l->err, ERR_CORRUPT, "line %u: %s", l->line, why);
}

/* Translates one piece of the pattern at *at, and says how it can be compared,
 * as Pattern.compile of patternmatcher does. BuildKit means to escape |, { and
 * }, too, but its table has no room for them: | separates alternatives.
 *
 * What is meant says the Dockerfile reference (".dockerignore file"); what
 * builders do is moby/patternmatcher, its surprises included, as a list of
 * other files than the builder's would be worse than none. "*.o" becomes
 * ^[^/]*\.o$, a PROGRAM; "a.o" stays as it is, EXACT. */
static int translate(struct str p, size_t *at, bool first, struct buf *re,
		     enum ignore_match *m, struct err *err)
{
	size_t len;
	int32_t c = char_at(p, *at, &len);
	struct str one = { p.p + *at, len };
	*at += len;
	if (c == '*' && *at < p.n && p.p[*at] == '*') {
		++*at;
		*at += *at < p.n && p.p[*at] == '/';
		bool last = *at == p.n;
		enum ignore_match was = *m;
		*m = last && was == IGNORE_EXACT ? IGNORE_PREFIX
						 : IGNORE_PROGRAM;
		if (first)
			*m = IGNORE_SUFFIX;
		if (last)
			return was == IGNORE_EXACT
				       ? 0
				       : buf_str_add(re, STR(".*"), err);
		return buf_str_add(re, STR("(.*/)?"), err);
	}
	if (c == '*' || c == '?') {
		*m = IGNORE_PROGRAM;
		return buf_str_add(re, c == '*' ? STR("[^/]*") : STR("[^/]"),
				   err);
	}
	if (c == '\\' && *at < p.n) {
		char_at(p, *at, &len);
		one.n += len;
		*at += len;
		*m = IGNORE_PROGRAM;
	} else if (c == '[' || c == ']') {
		*m = IGNORE_PROGRAM;
	} else if (c > 0 && c < 0x80 && strchr(".+()$", c) &&
		   buf_byte(re, '\\', err) < 0) {
		return -1;
	}
	return buf_str_add(re, one, err);
}

static int compile(struct loader *l, struct ignore_pattern *p)
{
	const char *why = NULL;
	scoped(buf_done) struct buf re = BUF_INIT(1 << 20);
	if (buf_byte(&re, '^', l->err) < 0)
		return -1;
	p->match = IGNORE_EXACT;
	for (size_t at = 0; at < p->text.n;)
		if (translate(p->text, &at, at == 0, &re, &p->match, l->err) <
		    0)
			return -1;
	if (p->match != IGNORE_PROGRAM)
		return 0;
	if (buf_byte(&re, '$', l->err) < 0)
		return -1;
	struct str copy;
	if (arena_str(&l->ig->arena, buf_str(&re), &copy, l->err) < 0)
		return -1;
	int r = ignore_compile(copy, &l->ig->arena, &p->program, &why, l->err);
	return r < 0 ? -1 : r == 0 ? bad(l, why) : 0;
}

/* An ignore file of many patterns costs their number for every path, hence
 * IGNORE_PATTERNS_MAX. */
static int add(struct loader *l, struct str text, bool negated)
{
	struct ignore *ig = l->ig;
	if (ig->n == IGNORE_PATTERNS_MAX)
		return err_set(l->err, ERR_LIMIT,
			       "an ignore file has over %d patterns",
			       IGNORE_PATTERNS_MAX);
	if (ig->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 16;
		struct ignore_pattern *p =
			arena_array(&ig->arena, cap, sizeof *p, l->err);
		if (!p)
			return -1;
		if (ig->n)
			memcpy(p, ig->patterns, ig->n * sizeof *p);
		ig->patterns = p;
		l->cap = cap;
	}
	struct ignore_pattern *p = &ig->patterns[ig->n++];
	*p = (struct ignore_pattern){ .at = l->at,
				      .line = l->line,
				      .negated = negated };
	ig->negations |= negated;
	if (!ignore_well_formed(text))
		return bad(l, "the pattern has a [ without ] or ends in a "
			      "backslash");
	if (arena_str(&ig->arena, text, &p->text, l->err) < 0)
		return -1;
	return compile(l, p);
}

/* Cleaned twice, as the two readers do it (ignorefile.ReadAll, then
 * patternmatcher.New): of "!//" nothing is left. A leading slash goes behind a
 * ! too: "!/a" re-includes a. */
static int read_line(struct loader *l, struct str line)
{
	size_t lead;
	if (str_starts(line, STR("#")))
		return 0;
	struct str p = str_trim(line, &lead);
	if (p.n == 0)
		return 0;
	l->at = span_of(l->at.at + (uint32_t)lead,
			l->at.at + (uint32_t)(lead + p.n));
	char *room = arena_bytes(&l->ig->arena, 2 * p.n + 4, l->err);
	if (!room)
		return -1;
	char *again = room + p.n + 2;
	bool negated = p.p[0] == '!';
	room[0] = '!';
	if (negated)
		p = str_trim(str_from(p, 1), NULL);
	if (p.n) {
		p = ignore_clean(p, room + 1);
		if (p.n > 1 && p.p[0] == '/')
			p = str_from(p, 1);
	}
	if (negated) {
		memmove(room + 1, p.p, p.n);
		p = (struct str){ room, p.n + 1 };
	}
	p = str_trim(p, NULL);
	if (p.n == 0)
		return 0;
	p = ignore_clean(p, again);
	negated = p.p[0] == '!';
	if (negated && p.n == 1)
		return bad(l, "a ! takes back nothing");
	return add(l, str_from(p, negated), negated);
}

/* A carriage return goes with the line end, a byte order mark with the first
 * line only (ignorefile.ReadAll). */
int ignore_parse(struct str text, struct ignore *out, struct err *err)
{
	*out = (struct ignore){ 0 };
	struct loader l = { .ig = out, .err = err };
	if (text.n > UINT32_MAX / 2)
		return err_set(err, ERR_LIMIT, "an ignore file of %zu bytes",
			       text.n);
	for (size_t at = 0; at < text.n;) {
		struct str line = str_from(text, at);
		line.n = str_find(line, '\n');
		l.at.at = (uint32_t)at;
		l.line++;
		at += line.n + 1;
		if (line.n > LINE_MAX_BYTES)
			return bad(&l, "longer than 65535 bytes");
		line.n -= line.n && line.p[line.n - 1] == '\r';
		if (l.line == 1 && str_starts(line, STR("\xef\xbb\xbf"))) {
			line = str_from(line, 3);
			l.at.at += 3;
		}
		if (read_line(&l, line) < 0)
			return -1;
	}
	return 0;
}

void ignore_done(struct ignore *ig)
{
	arena_done(&ig->arena);
	*ig = (struct ignore){ 0 };
}

/* A SUFFIX matches at any depth, the top included: "a/x.pyc" and "x.pyc" for
 * two stars and .pyc; with a slash behind the stars a whole name has to fit. */
static int matches(const struct ignore_pattern *p, struct str path,
		   struct err *err)
{
	struct str t = p->text;
	switch (p->match) {
	case IGNORE_EXACT:
		return str_eq(path, t);
	case IGNORE_PREFIX:
		return str_starts(path, (struct str){ t.p, t.n - 2 });
	case IGNORE_SUFFIX:
		t = str_from(t, 2);
		return str_ends(path, t) ||
		       (t.n && t.p[0] == '/' && str_eq(path, str_from(t, 1)));
	case IGNORE_PROGRAM:
		break;
	}
	return ignore_run(p->program, path, err);
}

/* Whether a re-including pattern could match below dir: unless the literal
 * text that it starts with leads elsewhere. To say yes too often costs a walk
 * of a directory; to say no wrongly loses files that the builder is sent.
 *
 * "!docs/README.md" may match below docs and below no other directory, so the
 * walk of an excluded node_modules is spared. */
static bool may_match_below(const struct ignore_pattern *p, struct str dir)
{
	struct str start = p->text;
	if (p->match == IGNORE_SUFFIX)
		return true;
	if (p->match == IGNORE_PREFIX)
		start.n -= 2;
	if (p->match == IGNORE_PROGRAM)
		start = ignore_literal_start(p->program);
	size_t n = MIN(start.n, dir.n);
	if (memcmp(start.p, dir.p, n) != 0)
		return false;
	if (start.n > dir.n)
		return start.p[dir.n] == '/';
	return p->match != IGNORE_EXACT;
}

/* One path component further down. A pattern is asked only where its answer
 * could change the verdict so far: an excluding one while the path is in, a
 * re-including one while it is out. own remembers which patterns matched, for
 * what is below; one that was not asked is not, as in patternmatcher, where it
 * shows (see ignore.h). */
int ignore_step(const struct ignore *ig, struct str path, const uint64_t *above,
		uint64_t *own, struct ignore_result *out, struct err *err)
{
	*out = (struct ignore_result){ .pattern = SIZE_MAX };
	memset(own, 0, ignore_words(ig) * sizeof *own);
	for (size_t i = 0; i < ig->n; i++) {
		const struct ignore_pattern *p = &ig->patterns[i];
		int match = above && (above[i / 64] >> i % 64 & 1);
		if (!match && p->negated == out->excluded)
			match = matches(p, path, err);
		if (match < 0)
			return -1;
		if (!match)
			continue;
		own[i / 64] |= 1ull << i % 64;
		if (out->excluded != !p->negated || out->pattern == SIZE_MAX)
			out->pattern = i;
		out->excluded = !p->negated;
	}
	out->skip_below = out->excluded;
	/* Without a single ! nothing below an excluded directory comes back. */
	for (size_t i = 0; i < ig->n && out->skip_below && ig->negations; i++)
		if (ig->patterns[i].negated &&
		    may_match_below(&ig->patterns[i], path))
			out->skip_below = false;
	return 0;
}

/* All components in turn, in two rows of bits that take turns: the parent's
 * matches and the path's own. The root itself is never excluded. */
int ignore_path(const struct ignore *ig, struct str path,
		struct ignore_result *out, struct err *err)
{
	size_t words = ignore_words(ig);
	uint64_t *room = calloc(2 * words + 1, sizeof *room);
	uint64_t *above = NULL, *own = room;
	int r = 0;
	if (!room)
		return err_nomem(err, words);
	*out = (struct ignore_result){ .pattern = SIZE_MAX };
	bool root = path.n == 0 || str_eqz(path, ".");
	for (size_t n = 0; !root && r == 0 && n < path.n; n++) {
		n += str_find(str_from(path, n), '/');
		r = ignore_step(ig, (struct str){ path.p, n }, above, own, out,
				err);
		above = own;
		own = above == room ? room + words : room;
	}
	free(room);
	return r;
}
