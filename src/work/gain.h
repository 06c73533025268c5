/* SPDX-License-Identifier: Apache-2.0 */
/* work/gain.h - what optimizing an image would win, from the plan alone. */
#pragma once
#include "tree/load.h"

struct work_gain {
	uint64_t bytes; /* of stored files; 0: nothing is won */
	/* Layers that lose less than the defaults ask for are rewritten, too:
	 * with the defaults nothing would be won. */
	bool any;
};

/* The plan that work_optimize_run would make of the image with its default
 * thresholds, or where that wins nothing, with none. Nothing is won either
 * where that run would fail. The image was loaded with its indices; stored is
 * what its layers store now. */
must_check int work_gain_of(const struct loaded_image *li, uint32_t n_base,
			    uint64_t stored, struct work_gain *out,
			    struct err *err);
