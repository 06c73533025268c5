/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/layer.h - one layer of a smaller image. */
#pragma once
#include "layer/index.h"

/* How the entries of a rewritten layer follow each other; see order.h. */
enum layer_order { ORDER_PATH, ORDER_KIND };

struct loaded_image;

/* Source layers that follow one another. */
struct layer_range {
	uint16_t from, to; /* positions, inclusive */
};

enum layer_fate {
	LAYER_KEPT,	 /* the source layer's blob, bit for bit */
	LAYER_REWRITTEN, /* what index says */
	LAYER_VANISHED,	 /* to be rewritten, but nothing is left to write */
	LAYER_REUSED,	 /* a previous image's blob that shows the same */
	LAYER_LAID, /* a previous image's blob that stands for no layer of the
		     * source */
};

/* A layer of an image by its position there. */
struct layer_origin {
	const struct loaded_image *image;
	uint16_t position;
};

/* What a rewritten layer will hold. Owned; empty: nothing. */
struct shrink_draft {
	/* In tar order. tar_size is an estimate: without extended headers. */
	struct layer_index index;
	/* One a record: the entry of the source tree that has its content;
	 * TREE_NONE: it has none. */
	uint32_t *inodes;
};
void shrink_draft_done(struct shrink_draft *d);

/* Fields hold for the fates that are named; others are zero. */
struct plan_layer {
	enum layer_fate fate;
	uint16_t from, to; /* source layers, inclusive: unless laid */
	struct layer_origin previous; /* reused, laid */
	struct shrink_draft draft;    /* rewritten */
	uint64_t stored;	      /* payload bytes; vanished: 0 */
};

/* Chosen to be rewritten, whether or not something of it is left. */
static inline bool layer_is_chosen(const struct plan_layer *l)
{
	return l->fate == LAYER_REWRITTEN || l->fate == LAYER_VANISHED;
}

static inline bool layer_is_previous(enum layer_fate fate)
{
	return fate == LAYER_REUSED || fate == LAYER_LAID;
}
