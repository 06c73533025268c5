/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/items.h - what one range of source layers leaves to write (private).
 */
#pragma once
#include "shrink/layer.h"
#include "tree/tree.h"

enum item_what {
	ITEM_DIR,
	ITEM_NAME,     /* of a non-directory */
	ITEM_WHITEOUT, /* of the node */
	ITEM_OPAQUE,   /* the node is an opaque directory */
	ITEM_GONE, /* a whiteout in the node, of a name the tree never had */
};

struct item {
	uint32_t node;
	uint32_t entry; /* ITEM_DIR: the version with its metadata;
			 * ITEM_NAME: the inode; ITEM_GONE: in ranges.gone */
	enum item_what what;
};

struct item_list {
	struct item *v;
	uint32_t n, cap;
};

/* How source layers map to output layers while a plan is made. */
struct ranges {
	const struct tree *t;
	struct plan_layer *v;
	uint32_t n;
	uint16_t *of;	  /* source layer -> range */
	uint16_t *home;	  /* inode's entry -> highest source layer among its
			     * live names; TREE_ALIVE: no live name */
	uint8_t *guarded; /* entries that are written all the same (stale.h),
			   * or NULL */
	enum layer_order order;
	const struct str *gone; /* names of ITEM_GONE */
};

static inline const struct plan_layer *range_of(const struct ranges *r,
						uint32_t source_layer)
{
	return &r->v[r->of[source_layer]];
}

/* The range that writes an entry: for a live name the one that has its
 * hard-link group, for a live directory the one that declared it last, or each
 * that had it, when it is guarded. False for what is not written. */
bool shrink_shown_range(const struct ranges *r, uint32_t id, uint32_t *range);
/* The items of every rewritten range; lists has one a range. */
must_check int shrink_collect_items(const struct ranges *r,
				    struct item_list *lists, struct err *err);
/* Sorts a range's items as they are written and codes them as its index; a
 * range of none has vanished. */
must_check int shrink_index_items(const struct ranges *r, uint32_t range,
				  struct item_list *list, struct err *err);
