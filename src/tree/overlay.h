/* SPDX-License-Identifier: Apache-2.0 */
/* tree/overlay.h - what the kernel shows of an image's layers.
 *
 * The tree (tree.h) says what an image means. This says what a container is
 * shown of it: each layer unpacked into a directory of its own and mounted by
 * overlayfs below an empty upper one. Of the tree only what single layers hold
 * is used, never how it laid them over one another; so where the two disagree,
 * one of them is wrong, or engines are.
 *
 * A name is looked up in the layers that make up its parent, from the top: a
 * whiteout ends the search, so does a non-directory; directories are united
 * down to the first one that is opaque or has something else below it. The
 * layers that a directory is made of are therefore a span of all that have it,
 * from the highest down, and two numbers say which.
 *
 * A directory of one layer is not merged: the kernel passes the directory of
 * that layer through as it is, and a whiteout in it, a device 0:0, is listed by
 * readdir and denied by lookup. That is a ghost. The root is always merged.
 *
 *	0	d/x			/d is made of layers 2, 1; the whiteout
 *	1	d/.wh.x			in 1 is filtered out
 *	2	d/y
 *
 *	0	e			/d is made of 1 alone: "d/x" is listed,
 *	1	d/.wh.x			and cannot be opened */
#pragma once
#include "tree/tree.h"

enum overlay_what {
	OVERLAY_NOTHING,
	OVERLAY_DIR,
	OVERLAY_OTHER, /* a non-directory */
	OVERLAY_GHOST,
};

/* The layers that show a name; two numbers for what the names are many. */
struct overlay_span {
	uint16_t low, high;
};

struct overlay {
	const struct tree *t;
	struct overlay_span *spans; /* one a node */
	uint32_t n_layers;
};

void tree_overlay_done(struct overlay *o);
/* The lowest n_layers of a tree, mounted. */
must_check int tree_overlay_mount(const struct tree *t, uint32_t n_layers,
				  struct overlay *out, struct err *err);
/* What stands at a node. *layer: where it is from (the highest one, for a
 * directory); unset for nothing. */
enum overlay_what tree_overlay_at(const struct overlay *o, uint32_t node,
				  uint16_t *layer);
/* The version that tree_overlay_at tells of, a directory or another name. */
const struct tree_entry *tree_overlay_entry(const struct overlay *o,
					    uint32_t node);
/* Notes the ghosts of a whole image, once its last layer was applied: what one
 * layer shows is known only then. */
must_check int tree_overlay_note_ghosts(struct tree *t, struct err *err);
