/* SPDX-License-Identifier: Apache-2.0 */
/* The layer that leads from one tree to another:
 *
 *	from	a  d/x  d/y  e		to	a  d/x'  d/z
 *	delta	d (directory, for its metadata), d/x', d/z, d/.wh.y, .wh.e
 *
 * What is equal is left out, what differs is written as it shall be, and a name
 * that is gone gets a whiteout where its directory stays. It takes one walk
 * over both trees (tree/compare.c). */
#include "shrink/delta.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/vec.h"
#include "tree/compare.h"

enum {
	DIRTY = 1,  /* the node: it differs; the entry: so does its inode */
	NEEDED = 2, /* an ancestor of what is written */
};

/* From two trees to the items of one layer. Nodes and inodes are those of the
 * tree that is to be shown: what is gone from it has no node there and is known
 * by its name alone. */
struct delta {
	const struct tree *to;
	uint8_t *nodes, *inodes;
	struct arena arena;
	struct item_list list;
	struct str *gone; /* names that are whited out */
	uint32_t n_gone, cap_gone;
};

static void delta_done(struct delta *d)
{
	free(d->nodes);
	free(d->inodes);
	free(d->list.v);
	free(d->gone);
	arena_done(&d->arena);
}

static int add(struct delta *d, uint32_t node, uint32_t entry,
	       enum item_what what, struct err *err)
{
	struct item_list *l = &d->list;
	if (vec_room((void **)&l->v, l->n, &l->cap, sizeof *l->v, err) < 0)
		return -1;
	l->v[l->n++] = (struct item){ node, entry, what };
	return 0;
}

/* Up to the first ancestor that is needed already: over all calls each node is
 * marked once. The root is its own parent, so it ends there. */
static void need(struct delta *d, uint32_t node)
{
	while (!(d->nodes[node] & NEEDED)) {
		d->nodes[node] |= NEEDED;
		node = tree_parent(d->to, node);
	}
}

/* A name that is gone from a directory that stays; from any other it goes with
 * the directory. */
static int add_gone(struct delta *d, struct str path, struct err *err)
{
	struct str dir = { path.p, path.n };
	while (dir.n && dir.p[dir.n - 1] != '/')
		dir.n--;
	struct str name = str_from(path, dir.n);
	if (dir.n)
		dir.n--;
	uint32_t node = dir.n ? tree_find(d->to, dir) : (uint32_t)TREE_ROOT;
	const struct tree_entry *top =
		node == TREE_NONE ? NULL : tree_top(d->to, node);
	if (!top || top->type != TAR_DIR)
		return 0;
	if (vec_room((void **)&d->gone, d->n_gone, &d->cap_gone,
		     sizeof *d->gone, err) < 0 ||
	    arena_str(&d->arena, name, &d->gone[d->n_gone], err) < 0)
		return -1;
	need(d, node);
	return add(d, node, d->n_gone++, ITEM_GONE, err);
}

/* A path that differs is written, if it is still there. For a file this means
 * its inode with all names: the layer below cannot be linked to. */
static int take_difference(void *self, const struct tree_difference *diff,
			   struct err *err)
{
	struct delta *d = self;
	uint32_t node = diff->path.n ? tree_find(d->to, diff->path)
				     : (uint32_t)TREE_ROOT;
	const struct tree_entry *top =
		node == TREE_NONE ? NULL : tree_top(d->to, node);
	if (!top)
		return add_gone(d, diff->path, err);
	d->nodes[node] |= DIRTY;
	if (top->type != TAR_DIR)
		d->inodes[tree_id(d->to, tree_inode(d->to, top))] = DIRTY;
	return 0;
}

/* A group that differs is written whole: no link leaves its layer. */
static int add_names(struct delta *d, struct err *err)
{
	const struct tree *t = d->to;
	for (uint32_t i = 0; i < tree_n_nodes(t); i++) {
		const struct tree_entry *top = tree_top(t, i);
		if (!top)
			continue;
		if (top->type == TAR_DIR) {
			if (d->nodes[i] & DIRTY)
				need(d, i);
			continue;
		}
		uint32_t inode = tree_id(t, tree_inode(t, top));
		if (!d->inodes[inode])
			continue;
		need(d, tree_parent(t, i));
		if (add(d, i, inode, ITEM_NAME, err) < 0)
			return -1;
	}
	return 0;
}

/* Every ancestor of what is written has an entry, as in any rewritten layer
 * (items.c): the directory's own metadata, which the layer that declared it
 * last gave it. */
static int add_dirs(struct delta *d, struct err *err)
{
	const struct tree *t = d->to;
	for (uint32_t i = 0; i < tree_n_nodes(t); i++) {
		if (!(d->nodes[i] & NEEDED))
			continue;
		const struct tree_entry *e = tree_declared(t, tree_top(t, i));
		/* A root that no layer declared has no entry. */
		if (i == TREE_ROOT && tree_is_implied(e))
			continue;
		if (add(d, i, tree_id(t, e), ITEM_DIR, err) < 0)
			return -1;
	}
	return 0;
}

int shrink_make_delta(const struct tree *from, const struct tree *to,
		      enum layer_order order, struct plan_layer *out,
		      struct err *err)
{
	scoped(delta_done) struct delta d = { .to = to };
	uint64_t n;
	d.nodes = calloc((size_t)tree_n_nodes(to) + 1, 1);
	d.inodes = calloc((size_t)tree_n_entries(to) + 1, 1);
	if (!d.nodes || !d.inodes)
		return err_nomem(err, tree_n_entries(to));
	if (tree_compare(from, to, 0, take_difference, &d, &n, err) < 0 ||
	    add_names(&d, err) < 0 || add_dirs(&d, err) < 0)
		return -1;
	/* The delta is one range of its own over all of the tree. */
	struct ranges r = {
		.t = to,
		.v = out,
		.n = 1,
		.order = order,
		.gone = d.gone,
	};
	return shrink_index_items(&r, 0, &d.list, err);
}
