/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/decisions.h - what was decided of one image before it is planned.
 *
 * Whoever composes the steps of shrink.h fills it: from what a user asked for,
 * from the image's history, from rules that name files. Nothing of it is asked
 * back. */
#pragma once
#include "shrink/base.h"
#include "shrink/range.h"

struct shrink_decisions {
	struct base_guess base; /* the lowest layers that are kept, and why */
	/* With merge, the layers of the range become one and all others are
	 * kept. Without, every layer above the base that loses enough is
	 * rewritten by itself. */
	bool merge;
	struct layer_range range;
	/* Names that are taken out, as shrink_remove wants them; borrowed. */
	const uint32_t *removed;
	uint32_t n_removed;
};
