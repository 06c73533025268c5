/* SPDX-License-Identifier: Apache-2.0 */
/* work/base.h - which of an image's lowest layers are somebody else's, as a
 * policy that holds for every image of a run. */
#pragma once
#include "shrink/base.h"

/* Plain data: a zeroed one is BASE_AUTO. */
struct work_base {
	enum base_mode mode;
	uint32_t n_layers; /* BASE_LAYERS: so many */
	/* BASE_IMAGE: those of the image of the same platform; of one image for
	 * whatever platform that is. Borrowed. */
	const struct image_set *images;
};

/* What the policy makes of an image. ERR_USAGE where it does not fit. */
must_check int work_base_find(const struct work_base *base,
			      const struct image *img, struct base_guess *out,
			      struct err *err);
