/* SPDX-License-Identifier: Apache-2.0 */
/* Links to directories, once the directories themselves were read.
 *
 * Where a link leads to decides:
 *	within the tree		it was read, or is left out on purpose: not again
 *	to what holds the tree	all of the disk for a link to "/": never
 *	another file system	/proc, what is mounted from elsewhere: never
 *	elsewhere		read, each directory once
 * So no circle of links can keep a walk going. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "lint/discover/walk.h"

struct walk_id {
	dev_t dev;
	ino_t ino;
};

void lint_walk_links_done(struct walk_links *l)
{
	free(l->v);
	free(l->seen);
}

int lint_walk_links_add(struct walk_links *l, struct pending p, struct err *err)
{
	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 16;
		struct pending *more = realloc(l->v, cap * sizeof *more);
		if (!more)
			return err_nomem(err, cap * sizeof *more);
		l->v = more;
		l->cap = cap;
	}
	l->v[l->n++] = p;
	return 0;
}

/* Links are few, and so are the directories that only links lead to. */
int lint_walk_links_enter(struct walk_links *l, int fd, struct err *err)
{
	struct stat st;
	if (fstat(fd, &st) < 0)
		return 0;
	for (size_t i = 0; i < l->n_seen; i++)
		if (l->seen[i].dev == st.st_dev && l->seen[i].ino == st.st_ino)
			return 0;
	if (l->n_seen == l->cap_seen) {
		size_t cap = l->cap_seen ? l->cap_seen * 2 : 64;
		struct walk_id *more = realloc(l->seen, cap * sizeof *more);
		if (!more)
			return err_nomem(err, cap * sizeof *more);
		l->seen = more;
		l->cap_seen = cap;
	}
	l->seen[l->n_seen++] = (struct walk_id){ st.st_dev, st.st_ino };
	return 1;
}

/* Is path the directory itself, or does it lie below it? */
static bool lies_in(struct str path, struct str dir)
{
	return str_starts(path, dir) &&
	       (path.n == dir.n || dir.n == 0 || path.p[dir.n] == '/');
}

static bool leads_elsewhere(struct str link, struct str root, dev_t dev)
{
	struct stat st;
	char *real = realpath(link.p, NULL);
	if (!real)
		return false;
	struct str to = str_of(real);
	if (str_eqz(to, "/"))
		to.n = 0;
	bool is = !lies_in(to, root) && !lies_in(root, to) &&
		  stat(real, &st) == 0 && st.st_dev == dev;
	free(real);
	return is;
}

/* The last one first: sorted downwards, links are taken in byte order. */
static int downwards(const void *a, const void *b)
{
	const struct pending *x = a, *y = b;
	return str_cmp(y->shown, x->shown);
}

bool lint_walk_links_next(struct walk_links *l, struct str root,
			  struct pending *out)
{
	struct stat st;
	if (stat(root.n ? root.p : "/", &st) < 0)
		return false;
	if (l->n)
		qsort(l->v, l->n, sizeof *l->v, downwards);
	while (l->n) {
		*out = l->v[--l->n];
		if (leads_elsewhere(out->absolute, root, st.st_dev))
			return true;
	}
	return false;
}
