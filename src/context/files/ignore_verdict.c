/* SPDX-License-Identifier: Apache-2.0 */
#include "context/files/ignore_verdict.h"

#include <stdlib.h>

/* A pattern that matches a directory matches all below it, too. So each entry
 * needs the set of patterns that matched above it: one bit a pattern, inherited
 * from the parent, which comes first in the array.
 *
 *   patterns: 0 "build", 1 "!*.h" (which no directory here matches)
 *   build       {0}      excluded by 0
 *   build/a.c   {0}      inherits 0: excluded
 *   build/b.h   {0, 1}   1 matches as well and is the last: re-included
 *
 * A pattern that could change nothing is not tried, and does not count as
 * matched below (ignore_step); BuildKit does the same. Most directories match
 * nothing and share one empty set (bits NULL). */
struct judge {
	const struct context_tree *t;
	uint32_t root;
	const struct ignore *ig;
	struct context_verdict *v;
	/* By entry, for directories below root: what their children inherit. */
	struct inherited {
		const uint64_t *bits; /* patterns matched; NULL: none */
		bool inside;	      /* is root, or below it */
		bool skip; /* no exception can match below: all share one
			    * verdict */
	} * down;
	struct arena arena;
	uint64_t *own; /* patterns matched by the entry at hand */
	struct buf path;
	struct err *err;
};

static void judge_done(struct judge *j)
{
	free(j->down);
	free(j->own);
	arena_done(&j->arena);
	buf_done(&j->path);
}

static bool any_bit(const uint64_t *bits, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (bits[i])
			return true;
	return false;
}

/* Notes what the children of directory i inherit. */
static int hand_down(struct judge *j, uint32_t i, bool skip)
{
	size_t words = ignore_words(j->ig);
	j->down[i] = (struct inherited){ .inside = true, .skip = skip };
	if (skip || !any_bit(j->own, words))
		return 0;
	uint64_t *copy = arena_array(&j->arena, words, sizeof *copy, j->err);
	if (!copy)
		return -1;
	memcpy(copy, j->own, words * sizeof *copy);
	j->down[i].bits = copy;
	return 0;
}

static bool bit(const uint64_t *bits, size_t i)
{
	return bits && (bits[i / 64] >> i % 64 & 1);
}

/* j->path is the entry's path below root. */
static int judge_entry(struct judge *j, uint32_t i,
		       const struct inherited *above)
{
	struct ignore_result r;
	if (ignore_step(j->ig, buf_str(&j->path), above->bits, j->own, &r,
			j->err) < 0)
		return -1;
	bool none = r.pattern == SIZE_MAX;
	j->v[i] = (struct context_verdict){
		.pattern = none ? CONTEXT_NONE : (uint32_t)r.pattern,
		.excluded = r.excluded,
		.below_root = true,
		.matches_itself = !none && !bit(above->bits, r.pattern),
	};
	if (j->t->entries[i].type != CONTEXT_DIR)
		return 0;
	return hand_down(j, i, r.skip_below);
}

/* Below an excluded directory that no exception reaches into, no pattern needs
 * to be tried: node_modules with 100,000 files costs one match. */
static void inherit(struct judge *j, uint32_t i, uint32_t parent)
{
	j->v[i] = j->v[parent];
	j->v[i].matches_itself = false;
	j->v[i].below_root = true;
	j->down[i] = (struct inherited){ .inside = true, .skip = true };
}

/* The directory's path is made once for all its children. */
static int judge_children(struct judge *j, uint32_t dir)
{
	const struct context_entry *d = &j->t->entries[dir];
	const struct inherited *above = &j->down[dir];
	buf_reset(&j->path);
	if (above->skip) {
		for (uint32_t i = d->first; i < d->first + d->n; i++)
			inherit(j, i, dir);
		return 0;
	}
	if (context_path(j->t, j->root, dir, &j->path, j->err) < 0 ||
	    (j->path.n && buf_byte(&j->path, '/', j->err) < 0))
		return -1;
	size_t lead = j->path.n;
	for (uint32_t i = d->first; i < d->first + d->n; i++) {
		j->path.n = lead;
		if (buf_str_add(&j->path, context_name(j->t, i), j->err) < 0 ||
		    judge_entry(j, i, above) < 0)
			return -1;
	}
	return 0;
}

/* Of the hard links to one file, the first that is sent counts its bytes, else
 * the first. Names of one file are neighbours: inodes are sorted. */
static void count_once(const struct context_tree *t, struct context_verdict *v)
{
	for (size_t from = 0, to; from < t->n_inodes; from = to) {
		const struct context_inode *f = &t->inodes[from];
		size_t keep = from;
		for (to = from; to < t->n_inodes; to++) {
			const struct context_inode *x = &t->inodes[to];
			if (x->dev != f->dev || x->ino != f->ino)
				break;
			v[x->entry].counted_elsewhere = true;
			if (v[t->inodes[keep].entry].excluded &&
			    !v[x->entry].excluded)
				keep = to;
		}
		v[t->inodes[keep].entry].counted_elsewhere = false;
	}
}

/* One pass forwards: a directory stands before its children, so what they
 * inherit is there when they are judged. Below another root than the context's
 * (--exclude of a COPY) the same patterns are tried on paths that begin there.
 */
int context_apply_ignore(const struct context_tree *t, uint32_t root,
			 const struct ignore *ig, struct context_verdict *v,
			 struct err *err)
{
	scoped(judge_done) struct judge j = {
		.t = t, .root = root, .ig = ig, .v = v, .err = err
	};
	j.path.max = UINT32_MAX;
	j.down = calloc(t->n, sizeof *j.down);
	j.own = calloc(ignore_words(ig) + 1, sizeof *j.own);
	if (!j.down || !j.own)
		return err_nomem(err, t->n * sizeof *j.down);
	j.down[root].inside = true;
	v[root] = (struct context_verdict){ .pattern = CONTEXT_NONE };
	for (uint32_t i = root; i < t->n; i++)
		if (j.down[i].inside && t->entries[i].n &&
		    judge_children(&j, i) < 0)
			return -1;
	if (root == CONTEXT_ROOT)
		count_once(t, v);
	return 0;
}
