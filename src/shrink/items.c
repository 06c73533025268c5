/* SPDX-License-Identifier: Apache-2.0 */
/* What each range of source layers leaves to write, from the final tree alone.
 * Five kinds of items, and why each is there:
 *
 *	ITEM_DIR	a directory that lives on, whose metadata a layer of
 *			the range set last; or an ancestor of another item
 *	ITEM_NAME	a name that lives on, and whose group is at home here
 *	ITEM_WHITEOUT	a kept layer below still has what the range hid
 *	ITEM_OPAQUE	the same for what is in a directory that was replaced
 *			by another directory
 *	ITEM_GONE	of a delta alone (delta.h)
 *
 * Example, all rewritten: layer 0 "d/x d/y", layer 1 ".wh.d; d/z". Nothing of
 * the first d lives on, so 0 vanishes; 1 leaves d and d/z, and no marker, since
 * no kept layer has what it would hide. With layer 0 kept, layer 1 leaves d,
 * d/.wh..wh..opq and d/z.
 *
 * It takes a few passes over all entries, and each directory is added once. */
#include "shrink/items.h"

#include <stdlib.h>

#include "base/vec.h"

/* While one range's items are collected: which nodes have a name or a
 * directory among them; and which directories hold something in the layers
 * below that does not live on in them. */
struct collector {
	const struct ranges *r;
	uint32_t range;
	struct item_list *list;
	uint32_t *stamps; /* node -> range + 1 */
	uint32_t *filled; /* directory -> the birth of its newest version that
			   * does, + 1 */
};

static int add(struct collector *c, uint32_t node, uint32_t entry,
	       enum item_what what, struct err *err)
{
	struct item_list *l = c->list;
	if (vec_room((void **)&l->v, l->n, &l->cap, sizeof *l->v, err) < 0)
		return -1;
	l->v[l->n++] = (struct item){ node, entry, what };
	if (what == ITEM_DIR || what == ITEM_NAME)
		c->stamps[node] = c->range + 1;
	return 0;
}

static bool has(const struct collector *c, uint32_t node)
{
	return c->stamps[node] == c->range + 1;
}

/* A directory with its metadata at the end of the range. A root that no layer
 * declared has no entry. */
static int add_dir(struct collector *c, uint32_t node, struct err *err)
{
	const struct tree *t = c->r->t;
	const struct tree_entry *e =
		tree_declared(t, tree_newest_at(t, node, c->r->v[c->range].to));
	if (has(c, node))
		return 0;
	if (node == TREE_ROOT && tree_is_implied(e))
		return 0;
	return add(c, node, tree_id(t, e), ITEM_DIR, err);
}

/* An ancestor of every entry has an entry of its own: docker makes a missing
 * parent 0755 root, containerd leaves what the layer below has, and only an
 * entry makes both show the same. */
static int add_parents(struct collector *c, uint32_t node, struct err *err)
{
	const struct tree *t = c->r->t;
	while (node != TREE_ROOT) {
		node = tree_parent(t, node);
		if (has(c, node))
			return 0;
		if (add_dir(c, node, err) < 0)
			return -1;
	}
	return 0;
}

/* A directory belongs to the range that declared it last, since that gives the
 * metadata. A hard-link group belongs whole to the range of its highest name,
 * so no link ever leaves its layer. */
bool shrink_shown_range(const struct ranges *r, uint32_t id, uint32_t *range)
{
	const struct tree *t = r->t;
	const struct tree_entry *e = tree_entry(t, id);
	if (!tree_is_name(e))
		return false;
	if (e->type == TAR_DIR) {
		const struct tree_entry *top = tree_top(t, e->node);
		*range = r->of[e->born];
		return (top && top->type == TAR_DIR &&
			tree_declared(t, top) == e) ||
		       (r->guarded && r->guarded[id]);
	}
	if (e->died != TREE_ALIVE)
		return false;
	*range = r->of[r->home[tree_id(t, tree_inode(t, e))]];
	return true;
}

/* The range that took an entry out of sight. */
static bool hidden_range(const struct ranges *r, uint32_t id, uint32_t *range)
{
	const struct tree_entry *e = tree_entry(r->t, id);
	if (!tree_is_name(e) || e->died == TREE_ALIVE)
		return false;
	*range = r->of[e->died];
	return true;
}

static int add_shown(struct collector *c, uint32_t id, struct err *err)
{
	const struct tree *t = c->r->t;
	const struct tree_entry *e = tree_entry(t, id);
	uint32_t inode = tree_id(t, tree_inode(t, e));
	int r = e->type == TAR_DIR ? add_dir(c, e->node, err)
				   : add(c, e->node, inode, ITEM_NAME, err);
	return r < 0 ? -1 : add_parents(c, e->node, err);
}

/* Do the layers below the range, as they will be, still show this version?
 * Rewritten ones hold only what lives to the end, and what is asked about here
 * does not; so some kept layer must have it. A directory is in each layer that
 * declared it. */
static bool is_still_below(const struct ranges *r, uint32_t id, uint16_t from)
{
	const struct tree_entry *e = tree_entry(r->t, id);
	for (; e; e = tree_continued(r->t, e))
		if (e->born < from && !layer_is_chosen(range_of(r, e->born)))
			return true;
	return false;
}

/* Does the directory that held this version live on, so that the version must
 * be hidden in it?
 *
 *	0	d d/x		kept
 *	1	.wh.d		x goes with d
 *	2	d d/y d/z	another d: nothing of it hides x
 *	3	d/.wh.z		the d of layer 2 lives on: z needs a whiteout
 *
 * It lives on when the directory that stands there at the end of the range is
 * the one that stands there in the end, and is no younger than the version. */
static bool parent_lives(const struct collector *c, uint32_t id)
{
	const struct tree *t = c->r->t;
	const struct tree_entry *e = tree_entry(t, id);
	uint32_t parent = tree_parent(t, e->node);
	const struct tree_entry *v =
		tree_newest_at(t, parent, c->r->v[c->range].to);
	const struct tree_entry *top = tree_top(t, parent);
	if (!v || !top || top->type != TAR_DIR)
		return false;
	const struct tree_entry *birth = tree_birth(t, top);
	return v->type == TAR_DIR && tree_birth(t, v) == birth &&
	       birth->born <= tree_birth(t, e)->born;
}

/* The birth of the directory that stood at a node in a layer. */
static uint32_t birth_at(const struct tree *t, uint32_t node, uint16_t layer)
{
	return tree_id(t, tree_birth(t, tree_newest_at(t, node, layer)));
}

/* What goes with its directory needs no marker of its own, in this range or in
 * the later one that takes the directory away.
 *
 * "filled" tells add_hidden that an opaque marker over this directory would
 * hide something; one over nothing would be written for no reason. */
static void mark_filled(struct collector *c, uint32_t id)
{
	const struct tree *t = c->r->t;
	const struct tree_entry *e = tree_entry(t, id);
	uint32_t parent = tree_parent(t, e->node);
	if (is_still_below(c->r, id, c->r->v[c->range].from) &&
	    !parent_lives(c, id))
		c->filled[parent] = birth_at(t, parent, e->born) + 1;
}

/* A version that the range took out of sight. If the node has no name of its
 * own among the items, a whiteout hides it. If it has one, that name replaces a
 * file or a link by itself; a directory over a directory would merge with it,
 * so when the lower one holds what must not come back, the new one is opaque.
 */
static int add_hidden(struct collector *c, uint32_t id, struct err *err)
{
	const struct tree *t = c->r->t;
	const struct tree_entry *e = tree_entry(t, id);
	const struct plan_layer *range = &c->r->v[c->range];
	if (!is_still_below(c->r, id, range->from) || !parent_lives(c, id))
		return 0;
	enum item_what what = ITEM_WHITEOUT;
	if (has(c, e->node)) {
		const struct tree_entry *top = tree_top(t, e->node);
		if (e->type != TAR_DIR || top->type != TAR_DIR ||
		    c->filled[e->node] != tree_id(t, tree_birth(t, e)) + 1)
			return 0;
		what = ITEM_OPAQUE;
	}
	if (add(c, e->node, TREE_NONE, what, err) < 0)
		return -1;
	return add_parents(c, e->node, err);
}

/* Entries by range: those of range i are ids[start[i]] to ids[start[i + 1]]. */
struct buckets {
	uint32_t *start, *ids;
};

static void buckets_done(struct buckets *b)
{
	free(b->start);
	free(b->ids);
}

typedef bool range_fn(const struct ranges *r, uint32_t id, uint32_t *range);

/* A counting sort: entries by range, without a pass over all entries for each
 * range. start[range + 1] moves from the first place of the range to the first
 * of the next while ids are filled in, so that in the end start[i] is the
 * beginning of range i. */
static int buckets_fill(const struct ranges *r, range_fn *fn, struct buckets *b,
			struct err *err)
{
	uint32_t n = 0, range, at;
	b->start = calloc((size_t)r->n + 2, sizeof *b->start);
	if (!b->start)
		return err_nomem(err, r->n * sizeof *b->start);
	for (uint32_t i = 0; i < tree_n_entries(r->t); i++)
		if (fn(r, i, &range) && layer_is_chosen(&r->v[range]))
			b->start[range + 2]++, n++;
	for (uint32_t i = 2; i < r->n + 2; i++)
		b->start[i] += b->start[i - 1];
	b->ids = calloc((size_t)n + 1, sizeof *b->ids);
	if (!b->ids)
		return err_nomem(err, n * sizeof *b->ids);
	for (uint32_t i = 0; i < tree_n_entries(r->t); i++)
		if (fn(r, i, &range) && layer_is_chosen(&r->v[range])) {
			at = b->start[range + 1]++;
			b->ids[at] = i;
		}
	return 0;
}

/* Shown first: whether a name stands beside its whiteout decides between a
 * whiteout, an opaque marker and neither. */
static int collect_range(struct collector *c, const struct buckets *shown,
			 const struct buckets *hidden, struct err *err)
{
	uint32_t r = c->range;
	for (uint32_t i = shown->start[r]; i < shown->start[r + 1]; i++)
		if (add_shown(c, shown->ids[i], err) < 0)
			return -1;
	for (uint32_t i = hidden->start[r]; i < hidden->start[r + 1]; i++)
		mark_filled(c, hidden->ids[i]);
	for (uint32_t i = hidden->start[r]; i < hidden->start[r + 1]; i++)
		if (add_hidden(c, hidden->ids[i], err) < 0)
			return -1;
	return 0;
}

static void free_stamps(uint32_t **stamps)
{
	free(*stamps);
}

int shrink_collect_items(const struct ranges *r, struct item_list *lists,
			 struct err *err)
{
	scoped(buckets_done) struct buckets shown = { 0 }, hidden = { 0 };
	/* Stamps with the number of a range need no clearing between ranges. */
	scoped(free_stamps) uint32_t *stamps =
		calloc(tree_n_nodes(r->t), sizeof *stamps);
	scoped(free_stamps) uint32_t *filled =
		calloc(tree_n_nodes(r->t), sizeof *filled);
	if (!stamps || !filled)
		return err_nomem(err, tree_n_nodes(r->t) * sizeof *stamps);
	if (buckets_fill(r, shrink_shown_range, &shown, err) < 0 ||
	    buckets_fill(r, hidden_range, &hidden, err) < 0)
		return -1;
	for (uint32_t i = 0; i < r->n; i++) {
		struct collector c = { r, i, &lists[i], stamps, filled };
		if (layer_is_chosen(&r->v[i]) &&
		    collect_range(&c, &shown, &hidden, err) < 0)
			return -1;
	}
	return 0;
}
