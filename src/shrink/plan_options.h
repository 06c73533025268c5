/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/plan_options.h - what a plan is asked for. */
#pragma once
#include "base/digest.h"
#include "shrink/layer.h"

struct plan_options {
	uint32_t n_base;	 /* lowest layers that pass bit for bit */
	uint64_t min_gain_bytes; /* a layer is rewritten when its dead bytes */
	uint32_t min_gain_ppm;	 /* reach both (the larger counts); the second
				  * is a part of the layer, in millionths */
	/* A kept layer of at most these bytes of tar, above the base, joins a
	 * rewritten neighbour; but no two layers become the only one: podman
	 * 4.3 shows the root of such an image as 0555. */
	uint64_t fold_max;
	enum layer_order order; /* of what is rewritten */
	uint32_t layers_max;	/* of the result; 0: any number */
	/* With merge, the source layers of the range become one. All others are
	 * kept, whatever is dead in them, unless their hard links need them. */
	bool merge;
	struct layer_range merge_range;
	/* One a source layer, or NULL: those that are rewritten in any case. */
	const bool *forced;
	/* What the planned layers must show; NULL: the source's tree. With it,
	 * the tree has one layer more than the image, and the plan must find
	 * that nothing of it is needed (remove.h). */
	const struct digest *expected;
};
