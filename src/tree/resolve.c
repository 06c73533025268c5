/* SPDX-License-Identifier: Apache-2.0 */
/* Paths of members, as the symlinks of their own layer lead.
 *
 * Targets are as long and as nested as an image likes: 39 symlinks of 4,000
 * bytes that lead to each other are 80,000 components, for each member below.
 * Two things are therefore kept, each while no name that a path can lead
 * through changes its meaning (tree_paths_changed):
 *
 *	the last directory	members come directory by directory
 *	where a symlink leads	node, depth, symlinks on the way
 *
 * An image that replaces a symlink between any two members has nothing of
 * either; it meets link_bytes_max. */
#include <stdlib.h>

#include "base/hash_seed.h"
#include "base/vec.h"
#include "tree/layering.h"

/* A symlink whose target is being walked. */
struct open_link {
	uint32_t node;
	size_t rest; /* what is left when its target is done */
	uint64_t links;
};

struct path_walk {
	uint32_t at;
	uint64_t links, depth;
	struct str rest;
	/* So much of rest belongs to the path, the rest to symlinks' targets:
	 * with a >b/c in the layer and the path "a/x"
	 *
	 *	component	rest	own
	 *	a (symlink)	x	1	x is what is left of the path
	 *	b		c/x	1	rest >= own: of the target
	 *	c		x	1	rest >= own: of the target
	 *	x			1	rest < own: of the path
	 */
	size_t own;
	bool make;
	bool missing; /* a target led through nothing, and it was noted */
};

void tree_paths_done(struct known_paths *k)
{
	free(k->links);
	free(k->open);
	id_table_done(&k->by_link);
	buf_done(&k->rest);
	buf_done(&k->rest_next);
	buf_done(&k->dir);
}

void tree_paths_changed(struct layering *l)
{
	l->paths.changes++;
}

static uint64_t rehash_link(const void *self, uint32_t id)
{
	return hash_number(((const struct known_paths *)self)->links[id].link);
}

static bool link_is(const void *self, uint32_t id, const void *key)
{
	const struct known_paths *k = self;
	return k->links[id].link == *(const uint32_t *)key;
}

static struct known_link *find_link(const struct known_paths *k, uint32_t node)
{
	uint32_t id = id_table_find(&k->by_link, hash_number(node), link_is, k,
				    &node);
	return id == UINT32_MAX ? NULL : &k->links[id];
}

static int add_link(struct known_paths *k, uint32_t node,
		    struct known_link **out, struct err *err)
{
	if (vec_room((void **)&k->links, k->n_links, &k->cap_links,
		     sizeof *k->links, err) < 0)
		return -1;
	uint32_t id = k->n_links++;
	k->links[id] = (struct known_link){ .link = node };
	*out = &k->links[id];
	return id_table_add(&k->by_link, hash_number(node), id, rehash_link, k,
			    err);
}

/* Targets that have been walked to their end are known from now on. What led
 * through nothing is not: it is noted each time. */
static int close_links(struct layering *l, const struct path_walk *w,
		       struct err *err)
{
	struct known_paths *k = &l->paths;
	while (k->n_open && w->rest.n <= k->open[k->n_open - 1].rest) {
		const struct open_link *o = &k->open[--k->n_open];
		struct known_link *known = find_link(k, o->node);
		if (w->missing)
			continue;
		if (!known && add_link(k, o->node, &known, err) < 0)
			return -1;
		*known = (struct known_link){
			.link = o->node,
			.to = w->at,
			.depth = (uint32_t)w->depth,
			.links = (uint32_t)(w->links - o->links),
			.changes = k->changes,
			.made = w->make,
		};
	}
	return 0;
}

/* One step instead of all that the target has. Not where the limit of symlinks
 * is met on the way: the error tells of the one that goes over it. */
static bool follow_known(const struct layering *l, uint32_t node,
			 struct path_walk *w)
{
	const struct known_link *known = find_link(&l->paths, node);
	if (!known || known->changes != l->paths.changes ||
	    (w->make && !known->made) ||
	    known->links > l->t->lim->link_chain_max - w->links)
		return false;
	w->at = known->to;
	w->depth = known->depth;
	w->links += known->links;
	w->own = MIN(w->own, w->rest.n);
	return true;
}

/* A symlink of this layer at the node: 1 and its target.
 *
 * It may be a hard link to a symlink, so the inode is asked. */
static int own_symlink(const struct layering *l, uint32_t node,
		       struct str *target)
{
	uint32_t entry;
	if (tree_upper_state(l, node, &entry) != UPPER_OTHER ||
	    l->t->entries[entry].e.type != TAR_SYMLINK)
		return 0;
	*target = tree_target(l->t, entry_inode(l->t, &l->t->entries[entry].e));
	return 1;
}

/* What is left to resolve becomes the target, a slash, and what was left.
 * Two buffers take turns, as the old rest lies in one of them. */
static int unfold(struct layering *l, struct str target, struct str *rest,
		  struct err *err)
{
	struct known_paths *k = &l->paths;
	const struct limits *lim = l->t->lim;
	struct buf *b = &k->rest_next;
	l->t->link_bytes += target.n + 1 + rest->n;
	if (l->t->link_bytes > lim->link_bytes_max)
		return limits_exceeded(lim, &lim->link_bytes_max,
				       l->t->link_bytes, err);
	buf_reset(b);
	if (buf_str_add(b, target, err) < 0 || buf_byte(b, '/', err) < 0 ||
	    buf_str_add(b, *rest, err) < 0)
		return -1;
	struct buf swap = k->rest;
	k->rest = k->rest_next;
	k->rest_next = swap;
	*rest = buf_str(&k->rest);
	return 0;
}

static int follow(struct layering *l, uint32_t node, struct str target,
		  struct path_walk *w, struct err *err)
{
	struct known_paths *k = &l->paths;
	const struct limits *lim = l->t->lim;
	w->depth--;
	if (follow_known(l, node, w))
		return 0;
	if (vec_room((void **)&k->open, k->n_open, &k->cap_open,
		     sizeof *k->open, err) < 0)
		return -1;
	k->open[k->n_open++] = (struct open_link){ node, w->rest.n, w->links };
	/* Two symlinks that lead to each other never end. */
	if (++w->links > lim->link_chain_max)
		return limits_exceeded(lim, &lim->link_chain_max, w->links,
				       err);
	w->own = MIN(w->own, w->rest.n);
	if (str_starts(target, STR("/"))) {
		w->at = TREE_ROOT;
		w->depth = 0;
	}
	return unfold(l, target, &w->rest, err);
}

/* The layer has nothing there by now. */
static bool is_missing(const struct layering *l, uint32_t node)
{
	uint32_t entry;
	return tree_upper_state(l, node, &entry) == UPPER_NONE;
}

/* Engines make missing directories of a path, but fail on a target that leads
 * nowhere (ENGINE_LINK_TARGET). */
static int note_missing(struct layering *l, struct path_walk *w, uint32_t node,
			struct err *err)
{
	if (w->rest.n < w->own || !is_missing(l, node))
		return 0;
	w->missing |= !w->make;
	return tree_engine_note(l, ENGINE_LINK_TARGET, node, err);
}

static int step(struct layering *l, struct path_walk *w, struct str part,
		struct err *err)
{
	const struct limits *lim = l->t->lim;
	struct str target;
	uint32_t next;
	/* A symlink to ".wh.x" leads here, too: an entry below it would have a
	 * name that every engine reads as a whiteout. */
	if (str_starts(part, STR(".wh.")))
		return err_set(err, ERR_CORRUPT,
			       "it lies below the whiteout \"%s\"",
			       str_quoted(part).text);
	if (str_eqz(part, "..")) {
		/* The root is its own parent: "../../etc" in a hostile symlink
		 * stays within the image. */
		w->at = l->t->nodes[w->at].parent;
		w->depth -= w->depth > 0;
		return 0;
	}
	if (++w->depth > lim->depth_max)
		return limits_exceeded(lim, &lim->depth_max, w->depth, err);
	if (tree_node_get(l->t, w->at, part, &next, err) < 0)
		return -1;
	/* A symlink of a lower layer is not followed: in a directory of the
	 * layer's own it is not there. merge.c puts a directory in its place
	 * (ENGINE_PARENT_BELOW). */
	if (own_symlink(l, next, &target))
		return follow(l, next, target, w, err);
	if (note_missing(l, w, next, err) < 0 ||
	    (w->make && tree_upper_imply(l, next, err) < 0))
		return -1;
	w->at = next;
	return 0;
}

static int walk(struct layering *l, struct path_walk *w, struct err *err)
{
	struct str part;
	l->paths.n_open = 0;
	while (w->rest.n) {
		if (!str_cut(w->rest, '/', &part, &w->rest)) {
			part = w->rest;
			w->rest.n = 0;
		}
		if (part.n && !str_eqz(part, ".") && step(l, w, part, err) < 0)
			return -1;
		if (l->paths.n_open && close_links(l, w, err) < 0)
			return -1;
	}
	return 0;
}

int tree_upper_walk(struct layering *l, struct str path, bool make,
		    uint32_t *node, struct err *err)
{
	struct known_paths *k = &l->paths;
	struct path_walk w = {
		.at = TREE_ROOT,
		.rest = path,
		.own = path.n + 1,
		.make = make,
	};
	if (make && k->dir_changes == k->changes &&
	    str_eq(path, buf_str(&k->dir))) {
		*node = k->dir_node;
		return 0;
	}
	if (walk(l, &w, err) < 0)
		return -1;
	*node = w.at;
	if (!make)
		return 0;
	buf_reset(&k->dir);
	k->dir_node = w.at;
	k->dir_changes = k->changes;
	return buf_str_add(&k->dir, path, err);
}

int tree_aufs_node(struct layering *l, struct str path, uint32_t *node,
		   struct err *err)
{
	struct str part;
	*node = TREE_ROOT;
	while (path.n) {
		if (!str_cut(path, '/', &part, &path)) {
			part = path;
			path.n = 0;
		}
		if (tree_node_get(l->t, *node, part, node, err) < 0)
			return -1;
	}
	return 0;
}
