/* SPDX-License-Identifier: Apache-2.0 */
/* The second half of the proof. Each node of the result is looked at twice, as
 * the tree has it and as overlay would show it (tree/overlay.h):
 *
 *	tree	overlay		verdict
 *	file	the same	as it should be
 *	-	-		as it should be
 *	-	ghost		a phantom, unless the source shows it, too
 *	file	-		the same
 *
 * O(nodes), and the source is laid out only when a first name differs. */
#include "shrink/phantom.h"

/* The result and, once a name needs it, the source. */
struct views {
	struct overlay result, source;
	const struct tree *source_tree;
	uint32_t n_source;
	struct buf path;
};

static void views_done(struct views *v)
{
	tree_overlay_done(&v->result);
	tree_overlay_done(&v->source);
	buf_done(&v->path);
}

/* OTHER stands for all that is no directory: overlay shows it whole, from one
 * layer. A ghost is a name that readdir lists and lstat does not find. */
static bool is_as_the_tree_says(const struct overlay *o, uint32_t node)
{
	const struct tree_entry *top = tree_top(o->t, node);
	uint16_t layer;
	switch (tree_overlay_at(o, node, &layer)) {
	case OVERLAY_NOTHING:
		return !top;
	case OVERLAY_DIR:
		return top && top->type == TAR_DIR;
	case OVERLAY_OTHER:
		return top == tree_overlay_entry(o, node);
	case OVERLAY_GHOST:
		break;
	}
	return false;
}

static bool same_content(const struct tree *t, const struct tree_entry *a,
			 const struct tree *u, const struct tree_entry *b)
{
	a = tree_inode(t, a);
	b = tree_inode(u, b);
	if (a->type != b->type)
		return false;
	switch (a->type) {
	case TAR_FILE:
		if (tree_size(t, a) == 0 || tree_size(u, b) == 0)
			return tree_size(t, a) == tree_size(u, b);
		return memcmp(tree_content(t, a), tree_content(u, b), 32) == 0;
	case TAR_SYMLINK:
		return str_eq(tree_target(t, a), tree_target(u, b));
	case TAR_CHAR:
	case TAR_BLOCK:
		return tree_device(t, a).major == tree_device(u, b).major &&
		       tree_device(t, a).minor == tree_device(u, b).minor;
	default:
		return true;
	}
}

/* 1: the source shows the same at this path. Its tree has other nodes, so the
 * name is looked up by its path; one that it never had is nothing there. */
static int is_shown_of_the_source(struct views *v, uint32_t node,
				  struct err *err)
{
	const struct overlay *a = &v->result, *b = &v->source;
	uint16_t layer;
	/* Most results never need it: laying out the source takes as long as
	 * the result. */
	if (!b->t && tree_overlay_mount(v->source_tree, v->n_source, &v->source,
					err) < 0)
		return -1;
	buf_reset(&v->path);
	if (tree_path(a->t, node, &v->path, err) < 0)
		return -1;
	enum overlay_what what = tree_overlay_at(a, node, &layer);
	uint32_t other = tree_find(b->t, buf_str(&v->path));
	if (other == TREE_NONE)
		return what == OVERLAY_NOTHING;
	if (tree_overlay_at(b, other, &layer) != what)
		return 0;
	return what != OVERLAY_OTHER ||
	       same_content(a->t, tree_overlay_entry(a, node), b->t,
			    tree_overlay_entry(b, other));
}

/* A name that overlay shows otherwise than the tree says is forgiven if it does
 * so in the source, too: a base that has such a name and is kept is not ours to
 * mend. */
int shrink_find_phantom(const struct tree *result, const struct tree *source,
			uint32_t n_source, struct phantom *out, struct err *err)
{
	scoped(views_done) struct views v = {
		.source_tree = source,
		.n_source = n_source,
		.path = BUF_INIT((size_t)1 << 20),
	};
	if (tree_overlay_mount(result, tree_n_layers(result), &v.result, err) <
	    0)
		return -1;
	for (uint32_t i = 0; i < tree_n_nodes(result); i++) {
		if (is_as_the_tree_says(&v.result, i))
			continue;
		int shown = is_shown_of_the_source(&v, i, err);
		if (shown < 0)
			return -1;
		if (shown)
			continue;
		*out = (struct phantom){ .node = i };
		out->what = tree_overlay_at(&v.result, i, &out->layer);
		return 1;
	}
	return 0;
}

int shrink_check_phantoms(const struct tree *result, const struct tree *source,
			  uint32_t n_source, struct err *err)
{
	struct phantom p;
	scoped(buf_done) struct buf path = BUF_INIT((size_t)1 << 20);
	int found = shrink_find_phantom(result, source, n_source, &p, err);
	if (found <= 0)
		return found;
	if (tree_path(result, p.node, &path, err) < 0)
		return -1;
	struct quoted name = str_quoted(buf_str(&path));
	/* Three ways to be wrong: a name is missing, is listed and cannot be
	 * opened, or should not be there. */
	if (p.what == OVERLAY_NOTHING)
		return err_set(err, ERR_MISMATCH,
			       "containers would not show \"/%s\" of the "
			       "result: please report this",
			       name.text);
	if (p.what == OVERLAY_GHOST)
		return err_set(err, ERR_MISMATCH,
			       "layer %u of the result has a whiteout of "
			       "nothing: containers would list \"/%s\" and not "
			       "find it; please report this",
			       p.layer + 1u, name.text);
	return err_set(err, ERR_MISMATCH,
		       "layer %u of the result has \"/%s\", which containers "
		       "would show and do not show of the source; please "
		       "report this",
		       p.layer + 1u, name.text);
}
