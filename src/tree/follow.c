/* SPDX-License-Identifier: Apache-2.0 */
/* A path in the final tree, resolved as the kernel resolves it for a process
 * whose root the image is: symlinks lead on, ".." at the root stays there, and
 * nothing outside of the tree is ever asked. */
#include "tree/intern.h"
#include "tree/tree.h"

struct follow {
	const struct tree *t;
	bool last;	 /* a symlink at the end of the path leads on, too */
	struct buf path; /* what the last symlink made of it */
	struct str rest; /* in path, or the caller's */
	uint32_t at;
	uint64_t links;
};

static void follow_done(struct follow *f)
{
	buf_done(&f->path);
}

/* "a/LINK/b" where LINK leads to "../c" goes on with "../c/b". An absolute
 * target begins with an empty component, and that at the root. */
static int enter(struct follow *f, struct str target, bool more,
		 struct err *err)
{
	const struct limits *lim = tree_limits(f->t);
	scoped(buf_done) struct buf path = BUF_INIT(lim->link_bytes_max);
	/* Two symlinks that lead to each other never end. */
	if (++f->links > lim->link_chain_max)
		return limits_exceeded(lim, &lim->link_chain_max, f->links,
				       err);
	if (buf_str_add(&path, target, err) < 0 ||
	    (more && (buf_byte(&path, '/', err) < 0 ||
		      buf_str_add(&path, f->rest, err) < 0)))
		return -1;
	if (str_starts(target, STR("/")))
		f->at = TREE_ROOT;
	struct buf old = f->path;
	f->path = path;
	path = old;
	f->rest = buf_str(&f->path);
	return 0;
}

/* 1: there is more to follow; 0: done. */
static int step(struct follow *f, struct err *err)
{
	struct str part;
	bool more = str_cut(f->rest, '/', &part, &f->rest);
	if (!more) {
		part = f->rest;
		f->rest = STR("");
	}
	/* Asked for "FILE/" and "FILE/." too, as the kernel does. */
	if (tree_top(f->t, f->at)->type != TAR_DIR)
		return err_set(err, ERR_NOT_FOUND, "%s",
			       "a component of it is no directory");
	if (part.n == 0 || str_eqz(part, "."))
		return more;
	if (str_eqz(part, "..")) {
		f->at = tree_parent(f->t, f->at);
		return more;
	}
	uint32_t child = tree_node_find(f->t, f->at, part);
	const struct tree_entry *e =
		child == TREE_NONE ? NULL : tree_top(f->t, child);
	if (!e)
		return err_set(err, ERR_NOT_FOUND,
			       "the image has no such file or directory");
	if (e->type == TAR_SYMLINK && (more || f->last))
		return enter(f, tree_target(f->t, tree_inode(f->t, e)), more,
			     err) < 0
			       ? -1
			       : 1;
	f->at = child;
	return more;
}

int tree_follow(const struct tree *t, struct str path, bool last, uint32_t *out,
		struct err *err)
{
	scoped(follow_done) struct follow f = {
		.t = t,
		.last = last,
		.rest = path,
		.at = TREE_ROOT,
	};
	int r;
	/* An image without layers has no root, either. */
	if (!tree_top(t, TREE_ROOT))
		return err_set(err, ERR_NOT_FOUND, "the image is empty");
	while ((r = step(&f, err)) > 0)
		;
	if (r < 0)
		return -1;
	*out = f.at;
	return 0;
}
