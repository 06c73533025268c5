/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/stale.h - whiteouts and opaque markers that outlive what they hid
 * (private to the plan).
 *
 * A whiteout in a directory that no layer below has is shown by overlay: a
 * name that is listed and cannot be opened (tree/overlay.h). So a marker may
 * stand in a kept layer only where a layer below has what it hides, as that
 * layer will be written. Rewritten layers hold nothing that dies, so they never
 * have it; among the kept ones below, each marker has a witness: the highest
 * that does. When that one is chosen, the next lower one takes its place; when
 * there is none left, the marker's own layer is chosen, too, and loses it.
 *
 *	0	d/x d/y		2 overwrites x, so 0 is rewritten;
 *	1	d/.wh.y		then no layer below has y, so 1 is, too;
 *	2	d/x d/y
 *	3	d/.wh.y		3 stays: 2 is its witness
 *
 * Witnesses only move down, and a layer's fate depends on lower ones alone:
 * one pass over the markers from the lowest layer up settles all of them. */
#pragma once
#include "shrink/items.h"

struct stale {
	const struct ranges *r;
	const struct tree_entry **witness; /* one a marker of the tree: a
					    * version of what it hides, or
					    * NULL */
	struct stale_layer *sum;	   /* one a layer */
	uint32_t least; /* layers below this one stay as they are */
	uint32_t end;	/* from this one on, layers are no layers of the
				  * image (remove.h) */
};

void shrink_stale_done(struct stale *s);
/* r is borrowed, r->home filled. */
must_check int shrink_stale_init(struct stale *s, const struct ranges *r,
				 uint32_t least, uint32_t end, struct err *err);
/* Chooses the kept layers whose markers hide nothing, given the choice so far,
 * and those over changed layers that engines let lower names show through.
 * True when one was added. */
bool shrink_stale_choose(struct stale *s);
/* Kept layers below `least` may have stale whiteouts that the source does not
 * show, since an upper layer has the directory, too. Such a directory is
 * written by every layer that had it: the bytes of *guarded that are not 0 are
 * its versions' (one a tree entry; NULL when there is none). */
must_check int shrink_stale_guard(struct stale *s, uint8_t **guarded,
				  struct err *err);
