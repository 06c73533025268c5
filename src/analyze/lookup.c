/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/lookup.h"

enum { LOOKUP_MAX = 1 << 20 };

/* Appends the components of a path to a clean one, resolving ".." by the text:
 * "usr/bin" and "../lib/./x" give "usr/lib/x"; ".." at the root stays there. A
 * symlink in front of ".." would need its target; what an image's files name
 * hardly ever has one, and a path that is not found is only not protected. */
static int add_components(struct buf *to, struct str path, struct err *err)
{
	struct str name, rest = path;
	while (rest.n) {
		if (!str_cut(rest, '/', &name, &rest)) {
			name = rest;
			rest.n = 0;
		}
		if (name.n == 0 || str_eqz(name, "."))
			continue;
		if (str_eqz(name, "..")) {
			while (to->n && to->p[to->n - 1] != '/')
				to->n--;
			to->n -= to->n > 0;
			continue;
		}
		if ((to->n && buf_byte(to, '/', err) < 0) ||
		    buf_str_add(to, name, err) < 0)
			return -1;
	}
	return 0;
}

static const struct tree_entry *standing(const struct tree *t, uint32_t node)
{
	return node == TREE_NONE ? NULL : tree_top(t, node);
}

/* If the first component is a symlink, replaces it by its target. Once: a chain
 * of symlinks at the root is not followed, so a loop cannot be. */
static int follow_first(const struct tree *t, struct buf *path, struct err *err)
{
	struct str first, rest;
	scoped(buf_done) struct buf moved = BUF_INIT(LOOKUP_MAX);
	if (!str_cut(buf_str(path), '/', &first, &rest))
		return 0;
	const struct tree_entry *e = standing(t, tree_find(t, first));
	if (!e || e->type != TAR_SYMLINK)
		return 0;
	if (add_components(&moved, tree_target(t, tree_inode(t, e)), err) < 0 ||
	    add_components(&moved, rest, err) < 0)
		return -1;
	buf_reset(path);
	return buf_str_add(path, buf_str(&moved), err);
}

static int find(const struct tree *t, struct buf *path, uint32_t *out,
		struct err *err)
{
	if (follow_first(t, path, err) < 0)
		return -1;
	uint32_t node =
		path->n ? tree_find(t, buf_str(path)) : (uint32_t)TREE_ROOT;
	*out = standing(t, node) ? node : TREE_NONE;
	return 0;
}

int analyze_find_path(const struct tree *t, struct str path, uint32_t *out,
		      struct err *err)
{
	scoped(buf_done) struct buf clean = BUF_INIT(LOOKUP_MAX);
	if (add_components(&clean, path, err) < 0)
		return -1;
	return find(t, &clean, out, err);
}

int analyze_find_target(const struct tree *t, uint32_t link, uint32_t *out,
			struct err *err)
{
	scoped(buf_done) struct buf clean = BUF_INIT(LOOKUP_MAX);
	struct str target = tree_target(t, tree_inode(t, tree_top(t, link)));
	if (!str_starts(target, STR("/")) &&
	    tree_path(t, tree_parent(t, link), &clean, err) < 0)
		return -1;
	if (add_components(&clean, target, err) < 0)
		return -1;
	return find(t, &clean, out, err);
}

int analyze_find_child(const struct tree *t, uint32_t dir, struct str name,
		       uint32_t *out, struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT(LOOKUP_MAX);
	if (tree_path(t, dir, &path, err) < 0 ||
	    (path.n && buf_byte(&path, '/', err) < 0) ||
	    buf_str_add(&path, name, err) < 0)
		return -1;
	uint32_t node = tree_find(t, buf_str(&path));
	*out = standing(t, node) ? node : TREE_NONE;
	return 0;
}
