/* SPDX-License-Identifier: Apache-2.0 */
/* The upper directory of one layer: what the layer has at each name by now.
 *
 * Invariants between two members:
 * - a node has an upper, or is single, or the layer does not speak of it; never
 *   two of these;
 * - an upper with something in it is in its parent's list, and its parent is a
 *   directory of the layer, so every listed name is reached from the root;
 * - single nodes stand first in their parent's list of children, before those
 *   of lower layers, so that clear_singles can stop at the first child with a
 *   lower version.
 *
 * Example, a layer of "f a/x; f a/y; l a >/b; f a/z":
 *
 *	f a/x	upper a: DIR, implied; a/x is single
 *	f a/y	a/y is single
 *	l a	a was a directory: tree_upper_clear takes a/x and a/y out of
 *		sight (LOSS_REPLACED_PARENT); upper a: OTHER
 *	f a/z	goes through the symlink: upper b: DIR, implied; b/z single */
#include "tree/layering.h"

#include "base/hash_seed.h"
#include "base/vec.h"

static uint64_t rehash_upper(const void *self, uint32_t id)
{
	return hash_number(((const struct layering *)self)->uppers[id].node);
}

static bool upper_is(const void *self, uint32_t id, const void *key)
{
	const struct layering *l = self;
	return l->uppers[id].node == *(const uint32_t *)key;
}

struct upper *tree_upper_of(const struct layering *l, uint32_t node)
{
	uint32_t at = id_table_find(&l->by_node, hash_number(node), upper_is, l,
				    &node);
	return at == UINT32_MAX ? NULL : &l->uppers[at];
}

bool tree_is_single(const struct layering *l, uint32_t node)
{
	uint32_t top = l->t->nodes[node].top;
	if (top == TREE_NONE)
		return false;
	const struct tree_entry *e = &l->t->entries[top].e;
	return e->born == l->layer && e->type != TAR_DIR &&
	       !tree_upper_of(l, node);
}

bool tree_is_untouched(const struct layering *l, uint32_t node)
{
	return l->t->nodes[node].top == TREE_NONE &&
	       l->t->nodes[node].next == NODE_APART && !tree_upper_of(l, node);
}

enum upper_state tree_upper_state(const struct layering *l, uint32_t node,
				  uint32_t *entry)
{
	const struct upper *u = tree_upper_of(l, node);
	if (u) {
		*entry = u->entry;
		return (enum upper_state)u->state;
	}
	*entry = tree_is_single(l, node) ? l->t->nodes[node].top : TREE_NONE;
	return *entry == TREE_NONE ? UPPER_NONE : UPPER_OTHER;
}

/* Puts an upper in its parent's list. */
static void list_upper(struct layering *l, struct upper *u)
{
	struct upper *dir = tree_upper_of(l, l->t->nodes[u->node].parent);
	u->next = dir->child;
	dir->child = (uint32_t)(u - l->uppers);
	u->listed = true;
}

int tree_upper_get(struct layering *l, uint32_t node, struct upper **out,
		   struct err *err)
{
	*out = tree_upper_of(l, node);
	if (*out)
		return 0;
	bool was_single = tree_is_single(l, node);
	if (vec_room((void **)&l->uppers, l->n_uppers, &l->cap_uppers,
		     sizeof *l->uppers, err) < 0)
		return -1;
	uint32_t id = l->n_uppers++;
	struct upper *u = &l->uppers[id];
	*u = (struct upper){
		.node = node,
		.entry = TREE_NONE,
		.last = TREE_NONE,
		.child = TREE_NONE,
		.next = TREE_NONE,
		.below = LOSS_NONE,
	};
	if (id_table_add(&l->by_node, hash_number(node), id, rehash_upper, l,
			 err) < 0)
		return -1;
	if (was_single) {
		/* Its version moves from the node to the upper, where merge
		 * finds it and puts it back as the newest one. */
		u->state = UPPER_OTHER;
		u->entry = u->last = l->t->nodes[node].top;
		l->t->nodes[node].top = TREE_NONE;
		list_upper(l, u);
	}
	*out = u;
	return 0;
}

int tree_upper_listed(struct layering *l, uint32_t node, struct upper **out,
		      struct err *err)
{
	struct upper *u;
	if (tree_upper_get(l, node, &u, err) < 0)
		return -1;
	if (!u->listed && node != TREE_ROOT)
		list_upper(l, u);
	*out = u;
	return 0;
}

/* "f a; f a/x": the file a makes way for a directory, as the later member asks.
 * docker and podman refuse it (ENGINE_PARENT_FILE). */
int tree_upper_imply(struct layering *l, uint32_t node, struct err *err)
{
	struct upper *u;
	if (tree_upper_listed(l, node, &u, err) < 0)
		return -1;
	if (u->state == UPPER_DIR)
		return 0;
	if (u->state == UPPER_OTHER) {
		if (tree_name_lost(l, u->entry, LOSS_REPLACED, err) < 0 ||
		    tree_engine_note(l, ENGINE_PARENT_FILE, node, err) < 0)
			return -1;
	}
	if (u->entry != TREE_NONE)
		u->again = u->entry;
	u->state = UPPER_DIR;
	u->entry = TREE_NONE;
	return 0;
}

/* Marks every single child of a directory as removed. Children that got an
 * upper meanwhile are still in the list, with top == TREE_NONE; they are taken
 * off it as well, since the list of uppers has them. */
static int clear_singles(struct layering *l, uint32_t dir, struct err *err)
{
	struct tree_node *nodes = l->t->nodes;
	for (;;) {
		uint32_t node = nodes[dir].child;
		if (node == TREE_NONE)
			return 0;
		if (tree_is_single(l, node)) {
			if (tree_name_lost(l, nodes[node].top,
					   LOSS_REPLACED_PARENT, err) < 0)
				return -1;
			nodes[node].top = TREE_NONE;
		} else if (nodes[node].top != TREE_NONE) {
			return 0;
		}
		nodes[dir].child = nodes[node].next;
		nodes[node].next = NODE_APART;
	}
}

/* A directory of the layer goes. Engines that unpack onto the layer below could
 * not make it over another thing; and all set its time at the end. */
static int note_gone(struct layering *l, const struct upper *u, bool top,
		     struct err *err)
{
	const struct tree_entry *below = node_top(l->t, u->node);
	if (u->state != UPPER_DIR)
		return 0;
	if (u->entry == TREE_NONE)
		return below && below->type != TAR_DIR
			       ? tree_engine_note(l, ENGINE_PARENT_BELOW,
						  u->node, err)
			       : 0;
	return top ? 0 : tree_engine_note(l, ENGINE_DIR_GONE, u->node, err);
}

int tree_upper_clear(struct layering *l, struct upper *top, struct err *err)
{
	/* Down and up again by the lists; each upper leaves its list, so one
	 * that comes back is added to the list again. */
	struct upper *u = top;
	if (note_gone(l, top, true, err) < 0 ||
	    clear_singles(l, top->node, err) < 0)
		return -1;
	for (;;) {
		if (u->child != TREE_NONE) {
			struct upper *c = &l->uppers[u->child];
			u->child = c->next;
			c->next = TREE_NONE;
			c->listed = false;
			if (c->state == UPPER_OTHER &&
			    tree_name_lost(l, c->entry, LOSS_REPLACED_PARENT,
					   err) < 0)
				return -1;
			if (note_gone(l, c, false, err) < 0)
				return -1;
			c->state = UPPER_NONE;
			c->entry = TREE_NONE;
			c->opaque = false;
			if (clear_singles(l, c->node, err) < 0)
				return -1;
			u = c;
		} else if (u == top) {
			return 0;
		} else {
			u = tree_upper_of(l, l->t->nodes[u->node].parent);
		}
	}
}
