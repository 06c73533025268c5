/* SPDX-License-Identifier: Apache-2.0 */
#include "tree/layering.h"

struct upper *upper_of(const struct layering *l, uint32_t node)
{
	/* scratch may be left from another layer: it counts only when the
	 * upper it names knows the node, too. */
	uint32_t at = l->t->nodes[node].scratch;
	if (at < l->n_uppers && l->uppers[at].node == node)
		return &l->uppers[at];
	return NULL;
}

int upper_get(struct layering *l, uint32_t node, struct upper **out,
	      struct err *err)
{
	struct upper *u = upper_of(l, node);
	if (!u) {
		if (vec_room((void **)&l->uppers, l->n_uppers, &l->cap_uppers,
			     sizeof *l->uppers, err) < 0)
			return -1;
		l->t->nodes[node].scratch = l->n_uppers;
		u = &l->uppers[l->n_uppers++];
		*u = (struct upper){
			.node = node,
			.entry = TREE_NONE,
			.last = TREE_NONE,
			.child = TREE_NONE,
			.next = TREE_NONE,
			.below = LOSS_NONE,
		};
	}
	*out = u;
	return 0;
}

int upper_listed(struct layering *l, uint32_t node, struct upper **out,
		 struct err *err)
{
	struct upper *u;
	if (upper_get(l, node, &u, err) < 0)
		return -1;
	if (!u->listed && node != TREE_ROOT) {
		struct upper *dir = upper_of(l, l->t->nodes[node].parent);
		u->next = dir->child;
		dir->child = (uint32_t)(u - l->uppers);
		u->listed = true;
	}
	*out = u;
	return 0;
}

int upper_imply(struct layering *l, uint32_t node, struct err *err)
{
	struct upper *u;
	if (upper_listed(l, node, &u, err) < 0)
		return -1;
	if (u->state == UPPER_DIR)
		return 0;
	if (u->state == UPPER_OTHER) {
		if (name_lost(l, u->entry, LOSS_REPLACED, err) < 0 ||
		    engine_note(l, ENGINE_PARENT_FILE, node, err) < 0)
			return -1;
	}
	u->state = UPPER_DIR;
	u->entry = TREE_NONE;
	return 0;
}

int upper_clear(struct layering *l, struct upper *top, struct err *err)
{
	/* Down and up again by the lists; each upper leaves its list, so one
	 * that comes back is listed anew. */
	struct upper *u = top;
	for (;;) {
		if (u->child != TREE_NONE) {
			struct upper *c = &l->uppers[u->child];
			u->child = c->next;
			c->next = TREE_NONE;
			c->listed = false;
			if (c->state == UPPER_OTHER &&
			    name_lost(l, c->entry, LOSS_REPLACED_PARENT, err) <
				    0)
				return -1;
			c->state = UPPER_NONE;
			c->entry = TREE_NONE;
			c->opaque = false;
			u = c;
		} else if (u == top) {
			return 0;
		} else {
			u = upper_of(l, l->t->nodes[u->node].parent);
		}
	}
}

/* A symlink of this layer at the node: 1 and its target. */
static int own_symlink(const struct layering *l, uint32_t node,
		       struct str *target)
{
	const struct upper *u = upper_of(l, node);
	if (!u || u->state != UPPER_OTHER ||
	    l->t->entries[u->entry].type != TAR_SYMLINK)
		return 0;
	*target = tree_target(l->t, tree_inode(l->t, &l->t->entries[u->entry]));
	return 1;
}

/* rest = target, a slash, rest. */
static int follow(struct layering *l, struct str target, struct str *rest,
		  struct err *err)
{
	struct buf *b = &l->rest_next;
	buf_reset(b);
	if (buf_str_add(b, target, err) < 0 || buf_byte(b, '/', err) < 0 ||
	    buf_str_add(b, *rest, err) < 0)
		return -1;
	struct buf swap = l->rest;
	l->rest = l->rest_next;
	l->rest_next = swap;
	*rest = buf_str(&l->rest);
	return 0;
}

int upper_walk(struct layering *l, struct str path, bool make, uint32_t *node,
	       struct err *err)
{
	const struct limits *lim = l->t->lim;
	uint32_t at = TREE_ROOT, next;
	uint64_t links = 0, depth = 0;
	struct str part, rest = path, target;
	while (rest.n) {
		if (!str_cut(rest, '/', &part, &rest)) {
			part = rest;
			rest.n = 0;
		}
		if (part.n == 0 || str_eqz(part, "."))
			continue;
		/* A link can lead here, too: no layer could say such a name. */
		if (str_starts(part, STR(".wh.")))
			return err_set(err, ERR_CORRUPT,
				       "it lies below the whiteout \"%s\"",
				       str_quoted(part).text);
		if (str_eqz(part, "..")) {
			at = l->t->nodes[at].parent;
			depth -= depth > 0;
			continue;
		}
		if (++depth > lim->depth_max)
			return limits_exceeded(lim, &lim->depth_max, depth,
					       err);
		if (node_get(l->t, at, part, &next, err) < 0)
			return -1;
		if (own_symlink(l, next, &target)) {
			if (++links > lim->link_chain_max)
				return limits_exceeded(
					lim, &lim->link_chain_max, links, err);
			depth--;
			if (str_starts(target, STR("/"))) {
				at = TREE_ROOT;
				depth = 0;
			}
			if (follow(l, target, &rest, err) < 0)
				return -1;
			continue;
		}
		if (make && links && !upper_of(l, next) &&
		    engine_note(l, ENGINE_LINK_TARGET, next, err) < 0)
			return -1;
		if (make && upper_imply(l, next, err) < 0)
			return -1;
		at = next;
	}
	*node = at;
	return 0;
}

int stash_node(struct layering *l, struct str path, uint32_t *node,
	       struct err *err)
{
	struct str part;
	*node = TREE_ROOT;
	while (path.n) {
		if (!str_cut(path, '/', &part, &path)) {
			part = path;
			path.n = 0;
		}
		if (node_get(l->t, *node, part, node, err) < 0)
			return -1;
	}
	return 0;
}
