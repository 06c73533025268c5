/* SPDX-License-Identifier: Apache-2.0 */
#include "context/copies/resolve_source.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "context/copies/wildcard.h"

static int push(struct arena *a, uint32_t **v, size_t *n, size_t *cap,
		uint32_t x, struct err *err)
{
	if (*n == *cap) {
		size_t more = *cap ? 2 * *cap : 8;
		uint32_t *p = arena_array(a, more, sizeof *p, err);
		if (!p)
			return -1;
		if (*n)
			memcpy(p, *v, *n * sizeof *p);
		*v = p;
		*cap = more;
	}
	(*v)[(*n)++] = x;
	return 0;
}

/* One path on its way through the tree. */
struct trip {
	const struct context_view *w;
	struct resolved *out;
	struct buf rest; /* what is still to be walked */
	uint32_t at;
	unsigned links;
	struct err *err;
};

static void trip_done(struct trip *t)
{
	buf_done(&t->rest);
}

/* The link's target goes in front of the rest. */
static int follow(struct trip *t, uint32_t link, struct str rest)
{
	scoped(buf_done) struct buf path = BUF_INIT(UINT32_MAX);
	scoped(buf_done) struct buf next = BUF_INIT(1 << 20);
	char target[PATH_MAX];
	if (push(t->out->a, &t->out->via, &t->out->n_via, &t->out->cap_via,
		 link, t->err) < 0 ||
	    context_path(t->w->t, CONTEXT_ROOT, link, &path, t->err) < 0)
		return -1;
	const char *z = buf_cstr(&path);
	if (!z)
		return err_nomem(t->err, path.n);
	ssize_t n = readlinkat(t->w->rootfd, z, target, sizeof target);
	if (n <= 0)
		return 1;
	if (target[0] == '/')
		t->at = CONTEXT_ROOT;
	if (buf_add(&next, target, (size_t)n, t->err) < 0 ||
	    buf_byte(&next, '/', t->err) < 0 ||
	    buf_str_add(&next, rest, t->err) < 0)
		return -1;
	struct buf old = t->rest;
	t->rest = next;
	next = old;
	return 0;
}

static enum context_source_state stop(uint32_t *excluded, uint32_t i)
{
	*excluded = i;
	return SOURCE_EXCLUDED;
}

/* Walks t->rest from t->at; every link is followed. */
static int travel(struct trip *t, enum context_source_state *state,
		  uint32_t *excluded)
{
	size_t from = 0;
	*state = SOURCE_FOUND;
	while (from < t->rest.n) {
		struct str rest = str_from(buf_str(&t->rest), from);
		struct str part = { rest.p, str_find(rest, '/') };
		from += part.n + 1;
		if (part.n == 0 || str_eqz(part, "."))
			continue;
		if (t->w->t->entries[t->at].type != CONTEXT_DIR)
			return *state = SOURCE_MISSING, 0;
		if (str_eqz(part, "..")) {
			t->at = t->w->t->entries[t->at].parent;
			continue;
		}
		uint32_t i = context_child(t->w->t, t->at, part);
		if (i == CONTEXT_NONE)
			return *state = SOURCE_MISSING, 0;
		if (!t->w->stands[i])
			return *state = stop(excluded, i), 0;
		if (t->w->t->entries[i].type != CONTEXT_LINK) {
			t->at = i;
			continue;
		}
		if (++t->links > LINKS_MAX)
			return *state = SOURCE_LOOP, 0;
		size_t left = part.n < rest.n ? part.n + 1 : part.n;
		int r = follow(t, i, str_from(rest, left));
		if (r < 0)
			return -1;
		if (r > 0)
			return *state = SOURCE_MISSING, 0;
		from = 0;
	}
	return 0;
}

/* The entry that a path names, below `from`. */
static int find(const struct context_view *w, struct resolved *out,
		uint32_t from, struct str path, uint32_t *at,
		enum context_source_state *state, uint32_t *excluded,
		struct err *err)
{
	scoped(trip_done) struct trip t = {
		.w = w, .out = out, .at = from, .err = err
	};
	t.rest.max = 1 << 20;
	if (buf_str_add(&t.rest, path, err) < 0 ||
	    travel(&t, state, excluded) < 0)
		return -1;
	*at = t.at;
	return 0;
}

/* A match of a wildcard; a link is followed. One that leads nowhere ends the
 * build; here the other matches are taken all the same. */
static int take_one(const struct context_view *w, struct resolved *out,
		    uint32_t i, enum context_source_state *state,
		    uint32_t *excluded, struct err *err)
{
	enum context_source_state mine = SOURCE_FOUND;
	uint32_t at = i;
	if (w->t->entries[i].type == CONTEXT_LINK &&
	    find(w, out, w->t->entries[i].parent, context_name(w->t, i), &at,
		 &mine, excluded, err) < 0)
		return -1;
	if (mine != SOURCE_FOUND) {
		*state = mine;
		return 0;
	}
	return push(out->a, &out->v, &out->n, &out->cap, at, err);
}

enum { DEPTH_MAX = 127 };

/* How deep a match can lie. A class may stand for a slash. */
static size_t depth_of(struct str pattern)
{
	size_t n = 1;
	for (size_t i = 0; i < pattern.n; i++) {
		if (pattern.p[i] == '[')
			return DEPTH_MAX;
		n += pattern.p[i] == '/';
	}
	return MIN(n, (size_t)DEPTH_MAX);
}

/* Everything below base whose path the pattern takes. What is below a match
 * comes with it. */
static int match_below(const struct context_view *w, uint32_t base,
		       struct str pattern, struct resolved *out,
		       enum context_source_state *state, uint32_t *excluded,
		       struct err *err)
{
	const struct context_tree *t = w->t;
	scoped(buf_done) struct buf path = BUF_INIT(UINT32_MAX);
	scoped(buf_done) struct buf below = BUF_INIT(t->n);
	char *inside;
	size_t depth = depth_of(pattern);
	if (buf_room(&below, t->n, &inside, err) < 0)
		return -1;
	memset(inside, 0, t->n);
	inside[base] = 1;
	for (uint32_t d = base; d < t->n; d++) {
		const struct context_entry *e = &t->entries[d];
		buf_reset(&path);
		if (!inside[d] || e->n == 0)
			continue;
		if (context_path(t, base, d, &path, err) < 0 ||
		    (path.n && buf_byte(&path, '/', err) < 0))
			return -1;
		size_t lead = path.n;
		for (uint32_t i = e->first; i < e->first + e->n; i++) {
			path.n = lead;
			if (!w->stands[i])
				continue;
			if (buf_str_add(&path, context_name(t, i), err) < 0)
				return -1;
			bool match = glob_match(pattern, buf_str(&path));
			if ((size_t)inside[d] < depth && !match)
				inside[i] = (char)(inside[d] + 1);
			if (match &&
			    take_one(w, out, i, state, excluded, err) < 0)
				return -1;
		}
	}
	return 0;
}

/* Where the part with the first wildcard starts; path.n: there is none. */
static size_t wildcard_at(struct str path)
{
	for (size_t at = 0; at < path.n;) {
		struct str rest = str_from(path, at);
		struct str part = { rest.p, str_find(rest, '/') };
		if (glob_has_wildcard(part))
			return at;
		at += part.n + 1;
	}
	return path.n;
}

int context_resolve(const struct context_view *w,
		    const struct context_source *s, struct resolved *out,
		    enum context_source_state *state, uint32_t *excluded,
		    struct err *err)
{
	size_t split = wildcard_at(s->path);
	size_t was = out->n;
	uint32_t at;
	*excluded = CONTEXT_NONE;
	if (find(w, out, CONTEXT_ROOT, (struct str){ s->path.p, split }, &at,
		 state, excluded, err) < 0)
		return -1;
	if (*state != SOURCE_FOUND)
		return 0;
	if (split == s->path.n)
		return push(out->a, &out->v, &out->n, &out->cap, at, err);
	if (match_below(w, at, str_from(s->path, split), out, state, excluded,
			err) < 0)
		return -1;
	if (*state == SOURCE_FOUND && out->n == was)
		*state = SOURCE_NOTHING;
	return 0;
}
