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

struct plan_layer {
	enum layer_fate fate;
	uint16_t from, to; /* source layers, inclusive; none when laid */
	/* When reused or laid: the image and the layer in it. */
	const struct loaded_image *other;
	uint16_t position;
	/* When rewritten or vanished. */
	struct layer_index index; /* what it will hold, in tar order */
	uint32_t *inodes; /* a record's entry in the source tree that has its
			   * content; TREE_NONE: no content */
	uint32_t n_records;
	uint64_t tar_estimate; /* bytes, without extended headers */
	uint64_t stored;       /* payload bytes, kept or rewritten */
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
