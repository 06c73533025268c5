/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>

#include "base/cancel.h"
#include "base/pool.h"
#include "base/vec.h"
#include "context/files/file_tree.h"
#include "context/files/scan_directory.h"

/* How the walk works: directories are listed by tasks of the pool, each by one,
 * and come back in the order in which they were submitted, which is the order
 * of the array. The submitting thread alone appends to the array:
 *
 *   submit root; root comes back: append its children 1..k, submit those that
 *   are directories; the first of them comes back: append its children; ...
 *
 * So the array is in breadth-first order for any number of threads. */

struct walker {
	struct context_tree *t;
	const struct limits *lim;
	struct pool *pool;
	int rootfd;
	uint32_t next;			    /* the first entry not looked at */
	struct context_scan *first, **last; /* in flight */
	struct err *err;
};

enum { IN_FLIGHT = 64 };

static void scan_release(struct context_scan **s)
{
	if (*s)
		context_scan_free(*s);
	*s = NULL;
}

/* Starts the listing of a directory; walk frees it when it has come back. */
static int submit(struct walker *w, uint32_t dir)
{
	scoped(scan_release) struct context_scan *s =
		context_scan_new(w->rootfd, dir);
	if (!s)
		return err_nomem(w->err, sizeof *s);
	if (dir == CONTEXT_ROOT ? buf_byte(&s->path, '.', w->err) < 0
				: context_path(w->t, CONTEXT_ROOT, dir,
					       &s->path, w->err) < 0)
		return -1;
	if (!buf_cstr(&s->path))
		return err_nomem(w->err, s->path.n);
	*w->last = s;
	w->last = &s->next;
	pool_submit(w->pool, &take(&s)->task);
	return 0;
}

static int add_inode(struct walker *w, const struct context_found *f,
		     uint32_t entry)
{
	struct context_tree *t = w->t;
	if (vec_room((void **)&t->inodes, t->n_inodes, &t->cap_inodes,
		     sizeof *t->inodes, w->err) < 0)
		return -1;
	t->inodes[t->n_inodes++] = (struct context_inode){ .dev = f->dev,
							   .ino = f->ino,
							   .entry = entry };
	return 0;
}

/* entries_max stands against a context of a home directory as much as against a
 * hostile one. */
static int add_entry(struct walker *w, const struct context_scan *s,
		     const char *names, const struct context_found *f)
{
	struct context_tree *t = w->t;
	uint32_t i = (uint32_t)t->n;
	if (t->n >= w->lim->entries_max || t->n >= CONTEXT_NONE)
		return limits_exceeded(w->lim, &w->lim->entries_max, t->n + 1,
				       w->err);
	if (vec_room((void **)&t->entries, t->n, &t->cap, sizeof *t->entries,
		     w->err) < 0)
		return -1;
	t->entries[t->n++] = (struct context_entry){ .name = names + f->name,
						     .size = f->size,
						     .parent = s->dir,
						     .name_n = f->name_n,
						     .type = f->type };
	return f->linked ? add_inode(w, f, i) : 0;
}

/* A directory that is gone since its parent was listed is no error; the root
 * that is not there is. */
static int note_unread(struct walker *w, const struct context_scan *s)
{
	struct context_tree *t = w->t;
	if (s->sys == 0 || (s->sys == ENOENT && s->dir != CONTEXT_ROOT))
		return 0;
	if (vec_room((void **)&t->unread, t->n_unread, &t->cap_unread,
		     sizeof *t->unread, w->err) < 0)
		return -1;
	t->unread[t->n_unread++] =
		(struct context_unread){ .entry = s->dir, .sys = s->sys };
	return 0;
}

/* Appends a listed directory's children. The names move into the arena in one
 * piece; offsets become pointers there. */
static int integrate(struct walker *w, const struct context_scan *s)
{
	struct context_tree *t = w->t;
	char *names = arena_bytes(&t->arena, s->names.n, w->err);
	if (!names || note_unread(w, s) < 0 || cancel_check(w->err) < 0)
		return -1;
	if (s->names.n)
		memcpy(names, s->names.p, s->names.n);
	t->entries[s->dir].first = (uint32_t)t->n;
	t->entries[s->dir].n = (uint32_t)s->n;
	for (size_t i = 0; i < s->n; i++)
		if (add_entry(w, s, names, &s->found[i]) < 0)
			return -1;
	return 0;
}

/* Names of one file next to each other; of those the first entry first, so that
 * which one counts the bytes does not depend on the disk. */
static int by_inode(const void *a, const void *b)
{
	const struct context_inode *x = a, *y = b;
	if (x->dev != y->dev)
		return x->dev < y->dev ? -1 : 1;
	if (x->ino != y->ino)
		return x->ino < y->ino ? -1 : 1;
	return x->entry < y->entry ? -1 : x->entry > y->entry;
}

/* Submits the next directories of the array until IN_FLIGHT are pending. The
 * bound keeps a directory with a million subdirectories from becoming a million
 * tasks, each with its path. */
static int refill(struct walker *w)
{
	struct context_tree *t = w->t;
	for (; w->next < t->n && pool_pending(w->pool) < IN_FLIGHT; w->next++)
		if (t->entries[w->next].type == CONTEXT_DIR &&
		    submit(w, w->next) < 0)
			return -1;
	return 0;
}

/* Listings come back in the order in which they were submitted (base/pool.h),
 * so each is the first in flight. Appending its children may give refill more
 * to submit; when nothing is pending behind that, the tree is complete. */
static int walk(struct walker *w)
{
	struct task *task;
	int r = refill(w);
	while (r == 0 && (r = pool_next(w->pool, &task, w->err)) > 0) {
		struct context_scan *s = w->first;
		r = integrate(w, s);
		w->first = s->next;
		if (!w->first)
			w->last = &w->first;
		context_scan_free(s);
		if (r == 0)
			r = refill(w);
		if (r == 0 && pool_pending(w->pool) == 0)
			break;
	}
	return r;
}

/* After an error tasks are still in flight: pool_close waits for them, then
 * their results can be freed. */
static void discard_rest(struct walker *w)
{
	pool_close(&w->pool);
	while (w->first) {
		struct context_scan *s = w->first;
		w->first = s->next;
		context_scan_free(s);
	}
}

/*	0 ""   1 a  2 b  3 f.c   4 a/x  5 a/y   6 b/z
 *	|root| |  of the root  | |  of a     | | of b |
 *
 * Children of one directory are neighbours, levels follow each other, and an id
 * is lower than those of all below it. */
int context_walk(int rootfd, unsigned threads, const struct limits *lim,
		 struct context_tree *out, struct err *err)
{
	struct walker w = {
		.t = out, .lim = lim, .rootfd = rootfd, .err = err
	};
	*out = (struct context_tree){ 0 };
	w.last = &w.first;
	if (vec_room((void **)&out->entries, 0, &out->cap, sizeof *out->entries,
		     err) < 0 ||
	    pool_new(threads, &w.pool, err) < 0)
		return -1;
	out->entries[out->n++] =
		(struct context_entry){ .name = "", .type = CONTEXT_DIR };
	int r = walk(&w);
	discard_rest(&w);
	if (r == 0 && out->n_inodes)
		qsort(out->inodes, out->n_inodes, sizeof *out->inodes,
		      by_inode);
	return r;
}
