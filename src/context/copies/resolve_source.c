/* SPDX-License-Identifier: Apache-2.0 */
#include "context/copies/resolve_source.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "context/copies/wildcard.h"

/* Appends x to an array in the arena. */
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

/* One path on its way through the tree. Following a symlink puts its target in
 * front of what is left; a target that is absolute starts at the root again:
 *
 *   a/l/x, where l -> /b   at a, rest "l/x"; then at the root, rest "/b/x"
 */
struct path_walk {
	const struct context_view *w;
	struct resolved *out;
	struct buf rest; /* components still to be walked */
	uint32_t at;
	unsigned links;
	struct err *err;
};

static void path_walk_done(struct path_walk *t)
{
	buf_done(&t->rest);
}

/* The symlink's target goes in front of the rest. 1: it cannot be read. The
 * ceiling of `next` stands against links that double the path each time:
 * LINKS_MAX of them would not end. */
static int follow(struct path_walk *t, uint32_t link, struct str rest)
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

/* Walks t->rest from t->at and follows every symlink. ".." of the root is the
 * root, its own parent: no path leaves the context. */
static int walk_components(struct path_walk *t,
			   enum context_source_state *state, uint32_t *excluded)
{
	size_t from = 0;
	*state = SOURCE_FOUND;
	while (from < t->rest.n) {
		struct str rest = str_from(buf_str(&t->rest), from);
		struct str name = { rest.p, str_find(rest, '/') };
		from += name.n + 1;
		if (name.n == 0 || str_eqz(name, "."))
			continue;
		if (t->w->t->entries[t->at].type != CONTEXT_DIR)
			return *state = SOURCE_MISSING, 0;
		if (str_eqz(name, "..")) {
			t->at = t->w->t->entries[t->at].parent;
			continue;
		}
		uint32_t i = context_child(t->w->t, t->at, name);
		if (i == CONTEXT_NONE)
			return *state = SOURCE_MISSING, 0;
		if (!t->w->present[i])
			return *state = stop(excluded, i), 0;
		if (t->w->t->entries[i].type != CONTEXT_LINK) {
			t->at = i;
			continue;
		}
		if (++t->links > LINKS_MAX)
			return *state = SOURCE_LOOP, 0;
		size_t left = name.n < rest.n ? name.n + 1 : name.n;
		int r = follow(t, i, str_from(rest, left));
		if (r < 0)
			return -1;
		if (r > 0)
			return *state = SOURCE_MISSING, 0;
		from = 0;
	}
	return 0;
}

/* The entry that a path without wildcards names, walked from `from`. */
static int find(const struct context_view *w, struct resolved *out,
		uint32_t from, struct str path, uint32_t *at,
		enum context_source_state *state, uint32_t *excluded,
		struct err *err)
{
	scoped(path_walk_done) struct path_walk t = {
		.w = w, .out = out, .at = from, .err = err
	};
	t.rest.max = 1 << 20;
	if (buf_str_add(&t.rest, path, err) < 0 ||
	    walk_components(&t, state, excluded) < 0)
		return -1;
	*at = t.at;
	return 0;
}

/* COPY takes every match, so each is resolved as a source of its own.
 *
 * Adds a match of a wildcard; a symlink is followed. One that leads nowhere
 * fails the build; the other matches are added here all the same, so that a
 * user who repairs it finds nothing left out. */
static int add_match(const struct context_view *w, struct resolved *out,
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

/* Adds everything below base whose path matches the pattern. What lies below a
 * match comes with it and is not looked at.
 *
 * inside[d] is 0 for directories that are of no interest, else 1 + how many
 * levels they lie below base. A star does not take a slash, so a pattern with
 * two slashes matches at the third level only, and directories as deep as that
 * are not gone into: COPY *.json does not read the paths in node_modules. */
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
			if (!w->present[i])
				continue;
			if (buf_str_add(&path, context_name(t, i), err) < 0)
				return -1;
			bool match =
				context_wildcard_match(pattern, buf_str(&path));
			if ((size_t)inside[d] < depth && !match)
				inside[i] = (char)(inside[d] + 1);
			if (match &&
			    add_match(w, out, i, state, excluded, err) < 0)
				return -1;
		}
	}
	return 0;
}

/* Where the component with the first wildcard starts; path.n: there is none. */
static size_t wildcard_at(struct str path)
{
	for (size_t at = 0; at < path.n;) {
		struct str rest = str_from(path, at);
		struct str name = { rest.p, str_find(rest, '/') };
		if (context_has_wildcard(name))
			return at;
		at += name.n + 1;
	}
	return path.n;
}

/* "a/link/x*y/z": the components in front of the first wildcard ("a/link") are
 * walked, symlinks and all; the rest ("x*y/z") is matched against what is sent,
 * where a symlink inside is no directory. That is what BuildKit does. */
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
