/* SPDX-License-Identifier: Apache-2.0 */
/* What a hard link leads to, and what its entry does to it.
 *
 * All names of a group share one inode, so a link entry changes what its other
 * names show, those in lower layers included:
 *
 *	0	f a m644	1	h b >a m600
 *
 * b is a second name of a's inode, nothing is stored, and both show mode 600.
 * docker refuses a link that leaves its layer (ENGINE_LINK_BELOW). */
#include "base/path.h"
#include "tree/layering.h"

/* The inode that a hard link names: what stands before it in its layer, else
 * the tree below as it was before the layer.
 *
 * What the layer has at the target by now decides:
 *
 *	non-directory	that entry, even one that overlay reads as a
 *			whiteout (UPPER_GONE): the link is to the device
 *	directory	refused, as link(2) does
 *	nothing		the tree below, untouched until merge: a
 *			whiteout of the target in this layer, before or
 *			after the link, does not matter
 *
 * The target's parents are walked through the layer's own symlinks. The last
 * component is not followed: a hard link to a symlink names the symlink. */
int tree_link_find(struct layering *l, struct str target, uint32_t *at,
		   uint32_t *inode, struct err *err)
{
	struct tree *t = l->t;
	uint32_t dir, node, own, entry = TREE_NONE;
	struct str base = path_base(target);
	bool is_aufs = str_starts(target, AUFS_LINKS);
	if (is_aufs) {
		if (tree_aufs_node(l, target, &node, err) < 0)
			return -1;
	} else {
		if (tree_upper_walk(l, path_parent(target), false, &dir, err) <
		    0)
			return -1;
		node = tree_node_find(t, dir, base);
	}
	enum upper_state state = UPPER_NONE;
	if (node != TREE_NONE)
		state = tree_upper_state(l, node, &own);
	if (state == UPPER_OTHER || state == UPPER_GONE ||
	    (state == UPPER_AUFS_LINK && is_aufs)) {
		entry = own;
	} else if (node != TREE_NONE && state == UPPER_NONE) {
		const struct tree_entry *below = node_top(t, node);
		if (below && below->type != TAR_DIR)
			entry = entry_id(t, below);
		if (entry != TREE_NONE &&
		    tree_engine_note(l, ENGINE_LINK_BELOW, node, err) < 0)
			return -1;
	}
	if (entry == TREE_NONE)
		return err_set(err, ERR_CORRUPT,
			       "hard link to \"%s\", which is no file that "
			       "stands before it",
			       str_quoted(target).text);
	if (state == UPPER_AUFS_LINK)
		tree_entry_stores(l, entry);
	const struct tree_entry *e = &t->entries[entry].e;
	*at = node;
	*inode = e->flags & ENTRY_LINK ? version_of(e)->ref : entry;
	return 0;
}

/* Owner, mode and mtime of the last link entry count; its xattrs are added
 * (link_xattrs.c). */
int tree_link_meta(struct layering *l, const struct index_record *r,
		   uint32_t inode, uint32_t node, struct err *err)
{
	struct tree *t = l->t;
	struct version *v = &t->entries[inode];
	if (tree_link_xattrs_add(l, inode, r->xattrs, node, err) < 0)
		return -1;
	if (v->e.type == TAR_SYMLINK &&
	    !instant_eq(tree_mtime(t, &v->e), r->mtime) &&
	    tree_engine_note(l, ENGINE_LINK_TIME, node, err) < 0)
		return -1;
	struct tree_meta m = {
		.mode = tree_record_mode(r, (enum tar_type)v->e.type),
		.uid = r->uid,
		.gid = r->gid,
		.xattrs = t->metas[v->meta].xattrs,
	};
	if (tree_meta_intern(t, &m, &v->meta, err) < 0)
		return -1;
	return tree_entry_set_mtime(t, v, r->mtime, err);
}
