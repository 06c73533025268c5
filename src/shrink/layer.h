/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/layer.h - one layer of a smaller image. */
#pragma once
#include "tree/index.h"

/* How the entries of a rewritten layer follow each other; see order.h. */
enum layer_order { ORDER_PATH, ORDER_KIND };

struct loaded_image;

struct plan_layer {
	uint16_t from, to; /* source layers, inclusive; from > to: none */
	bool rewritten;
	/* A blob of another image in its place, or NULL. */
	const struct loaded_image *other;
	uint16_t position; /* in it */
	/* When rewritten. */
	struct layer_index index; /* what it will hold, in tar order */
	uint32_t *inodes; /* a record's entry in the source tree that has its
			   * content; TREE_NONE: no content */
	uint32_t n_records;
	uint64_t tar_estimate; /* bytes, without extended headers */
	bool empty;	       /* holds nothing: the layer vanishes */
	uint64_t stored;       /* payload bytes, kept or rewritten */
};
