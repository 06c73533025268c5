/* SPDX-License-Identifier: Apache-2.0 */
/* All events of one layer, at once, to the tree below it.
 *
 * Uppers are visited parents first. Each directory passes down to its children
 * the strongest loss that lower names below it meet (u->below): nothing where
 * it merges, LOSS_REMOVED below a whiteout, LOSS_HIDDEN below an opaque
 * marker. So a lower name is judged once, by the nearest event above it.
 *
 *	below:	d/a  d/b  e	layer: d/ d/.wh..wh..opq d/b .wh.e
 *
 *	d	DIR over a directory, opaque: stays the same directory,
 *		below = LOSS_HIDDEN
 *	d/b	OTHER over a file: an event at the path itself goes first,
 *		so the old b is overwritten, not hidden
 *	d/a	the layer does not speak of it: kill_children, LOSS_HIDDEN
 *	e	UPPER_NONE with a whiteout: kill_tree, LOSS_REMOVED
 *
 * Nothing here recurses: a tar may nest names depth_max deep. */
#include "tree/layering.h"

/* enum tree_loss is in the order of precedence. */
static enum tree_loss stronger(enum tree_loss a, enum tree_loss b)
{
	return a < b ? a : b;
}

static bool is_alive(const struct tree *t, uint32_t node)
{
	uint32_t top = t->nodes[node].top;
	return top != TREE_NONE && t->entries[top].e.died == TREE_ALIVE;
}

/* The version at a node goes; directories have no bytes to account for. */
static int kill_node(struct layering *l, uint32_t node, enum tree_loss loss,
		     struct err *err)
{
	struct tree *t = l->t;
	if (!is_alive(t, node))
		return 0;
	struct tree_entry *e = &t->entries[t->nodes[node].top].e;
	if (e->type != TAR_DIR) {
		/* An entry at the very path decides, even one that is gone
		 * again within its layer. */
		const struct upper *u = tree_upper_of(l, node);
		if (u && u->last != TREE_NONE)
			loss = tree_loss_between(t, t->nodes[node].top,
						 u->last);
		return tree_name_lost(l, t->nodes[node].top, loss, err);
	}
	e->died = l->layer;
	e->name_loss = (uint8_t)loss;
	return 0;
}

/* A node and all below it. Children leave their list on the way, so lists hold
 * no long dead names.
 *
 * A name leaves its parent's list when it dies and is listed again only when a
 * later layer makes it. So a layer that whites out a large directory pays for
 * the names that are alive there, and a hundred such layers pay once. */
static int kill_tree(struct layering *l, uint32_t top, enum tree_loss loss,
		     struct err *err)
{
	struct tree_node *nodes = l->t->nodes;
	uint32_t at = top;
	if (kill_node(l, top, loss, err) < 0)
		return -1;
	for (;;) {
		uint32_t child = nodes[at].child;
		if (child != TREE_NONE) {
			nodes[at].child = nodes[child].next;
			nodes[child].next = NODE_APART;
			if (kill_node(l, child, loss, err) < 0)
				return -1;
			at = child;
		} else if (at == top) {
			return 0;
		} else {
			at = nodes[at].parent;
		}
	}
}

/* Lower children that the layer itself does not speak of.
 *
 * Those that it does speak of are visited on their own and inherit the same
 * loss. */
static int kill_children(struct layering *l, uint32_t node, enum tree_loss loss,
			 struct err *err)
{
	struct tree_node *nodes = l->t->nodes;
	uint32_t *link = &nodes[node].child;
	while (*link != TREE_NONE) {
		uint32_t child = *link;
		const struct upper *u = tree_upper_of(l, child);
		if ((u && u->listed) || tree_is_single(l, child)) {
			link = &nodes[child].next;
			continue;
		}
		*link = nodes[child].next;
		nodes[child].next = NODE_APART;
		if (kill_tree(l, child, loss, err) < 0)
			return -1;
	}
	return 0;
}

void tree_set_top(struct layering *l, uint32_t node, uint32_t entry)
{
	struct tree_node *nodes = l->t->nodes;
	l->t->entries[entry].older = nodes[node].top;
	nodes[node].top = entry;
	if (nodes[node].next == NODE_APART && node != TREE_ROOT) {
		uint32_t parent = nodes[node].parent;
		nodes[node].next = nodes[parent].child;
		nodes[parent].child = node;
	}
}

/* A directory that the layer implies. Over a lower one it stays that one, with
 * its metadata; that the layer reaches it is noted all the same, since a
 * rewrite of the layers below must know. */
static int imply_entry(struct layering *l, uint32_t node, bool again,
		       uint32_t *entry, struct err *err)
{
	struct tree *t = l->t;
	struct tree_meta m = { .mode = 0755 };
	struct version v = {
		.e = { .node = node,
		       .born = l->layer,
		       .died = TREE_ALIVE,
		       .type = TAR_DIR,
		       .flags = ENTRY_IMPLIED,
		       .name_loss = LOSS_NONE },
		.older = TREE_NONE,
		.ref = TREE_NONE,
	};
	if (again) {
		const struct tree_entry *below = node_top(t, node);
		v.e.flags |= ENTRY_AGAIN;
		v.meta = version_of(below)->meta;
		v.mtime = version_of(below)->mtime;
		v.e.flags |= below->flags & ENTRY_ODD_TIME;
	} else if (tree_meta_intern(t, &m, &v.meta, err) < 0) {
		return -1;
	}
	return tree_entry_new(t, &v, entry, err);
}

/* docker shows a directory without an entry as 0755 0:0 whatever is below. */
static int note_missing_parent(struct layering *l, uint32_t node,
			       struct err *err)
{
	struct tree *t = l->t;
	const struct tree_meta *m = tree_meta(t, node_top(t, node));
	if (node == TREE_ROOT ||
	    (m->mode == 0755 && m->uid == 0 && m->gid == 0 && m->xattrs == 0))
		return 0;
	return tree_engine_note(l, ENGINE_MISSING_PARENT, node, err);
}

/* Where layers are unpacked onto one another, a directory keeps the xattrs
 * that its new entry does not have. */
static int note_lower_xattrs(struct layering *l, uint32_t node, uint32_t entry,
			     struct err *err)
{
	struct tree *t = l->t;
	struct str below = tree_xattrs(t, node_top(t, node));
	struct str own = tree_xattrs(t, &t->entries[entry].e);
	struct str name, value, other;
	struct cur c = cur_of(below.p, below.n);
	while (layer_xattr_next(&c, &name, &value))
		if (!tree_has_xattr(own, name, &other))
			return tree_engine_note(l, ENGINE_LOWER_XATTR, node,
						err);
	return 0;
}

/* A directory of the layer over whatever is below. */
static int lay_dir(struct layering *l, const struct upper *u,
		   enum tree_loss inherited, struct err *err)
{
	struct tree *t = l->t;
	uint32_t node = u->node, entry = u->entry;
	bool alive = is_alive(t, node);
	bool over_dir =
		alive && t->entries[t->nodes[node].top].e.type == TAR_DIR;
	/* Overlayfs merges directories of the same name ("Merged directories",
	 * Documentation/filesystems/overlayfs.rst), unless the upper one is
	 * opaque or a whiteout stands between them. */
	if (over_dir && inherited == LOSS_NONE) {
		if (entry == TREE_NONE) {
			if (note_missing_parent(l, node, err) < 0 ||
			    imply_entry(l, node, true, &entry, err) < 0)
				return -1;
		} else {
			t->entries[entry].e.flags |= ENTRY_AGAIN;
			if (note_lower_xattrs(l, node, entry, err) < 0)
				return -1;
		}
		tree_set_top(l, node, entry);
		return 0;
	}
	if (alive &&
	    kill_node(l, node, over_dir ? inherited : LOSS_REPLACED, err) < 0)
		return -1;
	if (entry == TREE_NONE) {
		enum engine_case what = alive && !over_dir ? ENGINE_PARENT_BELOW
							   : ENGINE_NO_PARENT;
		if (node != TREE_ROOT &&
		    tree_engine_note(l, what, node, err) < 0)
			return -1;
		if (imply_entry(l, node, false, &entry, err) < 0)
			return -1;
	}
	tree_set_top(l, node, entry);
	return 0;
}

/* A non-directory never merges: whatever was below is gone, a directory with
 * all it held. How a name is lost is found out before its version moves down.
 */
static int lay_other(struct layering *l, const struct upper *u, struct err *err)
{
	struct tree *t = l->t;
	uint32_t node = u->node;
	if (is_alive(t, node)) {
		uint32_t top = t->nodes[node].top;
		int r = t->entries[top].e.type == TAR_DIR
				? kill_tree(l, node, LOSS_REPLACED_PARENT, err)
				: kill_node(l, node,
					    tree_loss_between(t, top, u->entry),
					    err);
		if (r < 0)
			return -1;
	}
	tree_set_top(l, node, u->entry);
	return 0;
}

static int visit(struct layering *l, struct upper *u, struct err *err)
{
	enum tree_loss loss = LOSS_NONE;
	if (u->node != TREE_ROOT)
		loss = (enum tree_loss)tree_upper_of(
			       l, l->t->nodes[u->node].parent)
			       ->below;
	if (u->whiteout)
		loss = stronger(loss, LOSS_REMOVED);
	switch ((enum upper_state)u->state) {
	case UPPER_DIR: {
		uint32_t node = u->node;
		if (lay_dir(l, u, loss, err) < 0)
			return -1;
		if (u->opaque)
			loss = stronger(loss, LOSS_HIDDEN);
		u->below = (uint8_t)loss;
		return loss == LOSS_NONE ? 0
					 : kill_children(l, node, loss, err);
	}
	case UPPER_OTHER:
		return lay_other(l, u, err);
	/* Overlay's own whiteout: nothing stands there afterwards, and no
	 * version of the layer's remains to be the top. */
	case UPPER_GONE:
		return kill_tree(l, u->node, stronger(loss, LOSS_REMOVED), err);
	case UPPER_NONE:
	case UPPER_AUFS_LINK:
		return loss == LOSS_NONE ? 0 : kill_tree(l, u->node, loss, err);
	}
	return 0;
}

int tree_layering_merge(struct layering *l, struct err *err)
{
	struct upper *u = tree_upper_of(l, TREE_ROOT);
	if (!u)
		return 0;
	if (visit(l, u, err) < 0)
		return -1;
	uint32_t down = u->child;
	/* Preorder by the lists; parents before children, so that each finds
	 * what it inherits. */
	while (u) {
		if (down != TREE_NONE) {
			u = &l->uppers[down];
			if (visit(l, u, err) < 0)
				return -1;
			down = u->child;
		} else if (u->node == TREE_ROOT) {
			break;
		} else {
			down = u->next;
			u = tree_upper_of(l, l->t->nodes[u->node].parent);
		}
	}
	return 0;
}
