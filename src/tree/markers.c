/* SPDX-License-Identifier: Apache-2.0 */
/* What a layer's whiteouts and opaque markers mean is clear only when all of
 * them are known: a marker implies its parents as an entry does, but not at or
 * below a name that the layer whites out.
 *
 * The OCI layer specification ("Whiteouts") says that whiteouts apply to lower
 * layers only, wherever they stand in the tar; a name beside its own whiteout
 * is therefore a name that is recreated. Three passes:
 *
 *	1. set u->whiteout for all names that are hidden, so that
 *	2. mark() can tell a marker below a whited-out directory (no engine
 *	   needs it, docker fails on it) from one that implies its parents;
 *	3. record_markers keeps, for each marker, what it hides in the tree
 *	   below, which merge.c changes next.
 *
 * Example, "f d/.wh.x; f .wh.d" over a layer with d/x: pass 1 hides d and d/x;
 * in pass 2 the first marker is a nested whiteout and implies no d, although
 * it came first. d is gone in the end, not an empty directory. */
#include "tree/layering.h"

#include "base/vec.h"

/* Is the directory a marker lies in whited out, itself or by a parent? */
static bool is_whited_out(const struct layering *l, uint32_t node)
{
	for (; node != TREE_ROOT; node = l->t->nodes[node].parent) {
		const struct upper *u = tree_upper_of(l, node);
		if (u && (u->whiteout || u->state == UPPER_GONE))
			return true;
	}
	return false;
}

/* Implies the marker's directories from the top down. 0 when a later member
 * of the layer put a non-directory in their place, marker and all. */
static int imply_parents(struct layering *l, const struct marker *m,
			 struct err *err)
{
	struct tree *t = l->t;
	uint32_t missing = m->parent;
	/* Climb to the first directory that the layer has, then go down again.
	 * The path down is recomputed at each step; that is fine, depth is at
	 * most depth_max. */
	for (;;) {
		uint32_t at = m->parent;
		const struct upper *u = tree_upper_of(l, at);
		if (u && u->state == UPPER_DIR)
			return 1;
		while (at != TREE_ROOT) {
			uint32_t up = t->nodes[at].parent;
			u = tree_upper_of(l, up);
			if (u && u->state == UPPER_DIR)
				break;
			at = up;
		}
		missing = at;
		if (tree_upper_state(l, missing, &at) == UPPER_OTHER &&
		    at > m->entry)
			return 0;
		if (tree_upper_imply(l, missing, err) < 0)
			return -1;
	}
}

/* Did a member between the marker and the directory that its layer has in the
 * end take the directory's place?
 *
 *	f d/.wh.x; f d; f d/y		over a layer with d/x
 *
 * The member "d" takes the directory away, and the marker in it; "d/y" makes it
 * again without one. The kernel then merges it with the lower d and shows x,
 * the tree does not: that was a difference between the two until both were
 * written down (MARKER_COVERED). */
static bool went(const struct layering *l, const struct marker *m)
{
	for (uint32_t at = m->parent; at != TREE_ROOT;
	     at = l->t->nodes[at].parent) {
		const struct upper *u = tree_upper_of(l, at);
		if (u && m->entry < u->again)
			return true;
	}
	return false;
}

static int mark(struct layering *l, const struct marker *m, struct err *err)
{
	struct upper *u;
	uint32_t node = m->hides == TREE_NONE ? m->parent : m->hides;
	/* Beside its own whiteout a directory takes the whiteout's place, and
	 * markers stand in it. */
	u = tree_upper_of(l, m->parent);
	if (!(u && u->state == UPPER_DIR) && is_whited_out(l, m->parent))
		return tree_engine_note(l, ENGINE_NESTED_WHITEOUT, node, err);
	int r = imply_parents(l, m, err);
	if (r <= 0)
		return r;
	if (m->hides == TREE_NONE) {
		u = tree_upper_of(l, m->parent);
		if (u->marked &&
		    tree_engine_note(l, ENGINE_TWICE, node, err) < 0)
			return -1;
		u->opaque_went = went(l, m) && (!u->opaque || u->opaque_went);
		u->opaque = u->marked = true;
		return m->parent != TREE_ROOT
			       ? 0
			       : tree_engine_note(l, ENGINE_OPAQUE_ROOT, node,
						  err);
	}
	if (tree_upper_listed(l, m->hides, &u, err) < 0)
		return -1;
	if (u->placed && tree_engine_note(l, ENGINE_TWICE, node, err) < 0)
		return -1;
	u->whiteout_went = went(l, m) && (!u->placed || u->whiteout_went);
	u->placed = true;
	if (u->state == UPPER_DIR || u->state == UPPER_OTHER)
		return tree_engine_note(l, ENGINE_OWN_WHITEOUT, node, err);
	return 0;
}

/* Is a directory opaque in the layer, or one that it lies in? Not by the root,
 * which engines unite all the same. */
static bool is_cut(const struct layering *l, uint32_t node)
{
	for (; node != TREE_ROOT; node = l->t->nodes[node].parent) {
		const struct upper *u = tree_upper_of(l, node);
		if (u && u->opaque && !u->opaque_went)
			return true;
	}
	return false;
}

/* Whether a whiteout hides more than an opaque directory does is known once all
 * markers are. */
static enum marker_what whiteout_kind(const struct layering *l,
				      const struct upper *u)
{
	if (u->state == UPPER_DIR || u->state == UPPER_OTHER ||
	    u->whiteout_went)
		return MARKER_COVERED;
	return is_cut(l, l->t->nodes[u->node].parent) ? MARKER_CUT
						      : MARKER_WHITEOUT;
}

static int record(struct layering *l, uint32_t node, enum marker_what what,
		  struct err *err)
{
	struct tree *t = l->t;
	const struct tree_entry *below = node_top(t, node);
	if (vec_room((void **)&t->markers, t->n_markers, &t->cap_markers,
		     sizeof *t->markers, err) < 0)
		return -1;
	t->markers[t->n_markers++] = (struct tree_marker){
		.node = node,
		.below = below ? entry_id(t, below) : TREE_NONE,
		.layer = l->layer,
		.what = (uint8_t)what,
	};
	return 0;
}

/* The markers of the layer's own directory, for code that reads layers one by
 * one (overlay.h) or rewrites them. The tree below is still untouched. */
static int record_markers(struct layering *l, struct err *err)
{
	for (uint32_t i = 0; i < l->n_uppers; i++) {
		const struct upper *u = &l->uppers[i];
		bool whiteout = u->placed || u->state == UPPER_GONE;
		if (u->state == UPPER_DIR && u->opaque &&
		    record(l, u->node,
			   u->opaque_went ? MARKER_COVERED : MARKER_OPAQUE,
			   err) < 0)
			return -1;
		if (whiteout &&
		    record(l, u->node, whiteout_kind(l, u), err) < 0)
			return -1;
	}
	return 0;
}

int tree_layering_mark(struct layering *l, struct err *err)
{
	struct upper *u;
	for (uint32_t i = 0; i < l->n_markers; i++) {
		const struct marker *m = &l->markers[i];
		if (m->hides == TREE_NONE)
			continue;
		if (tree_upper_get(l, m->hides, &u, err) < 0)
			return -1;
		u->whiteout = true;
	}
	for (uint32_t i = 0; i < l->n_markers; i++)
		if (mark(l, &l->markers[i], err) < 0)
			return -1;
	return record_markers(l, err);
}
