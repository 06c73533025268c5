/* SPDX-License-Identifier: Apache-2.0 */
#include "work/base.h"

/* A base of one platform is taken for every image: builders often leave the
 * platform out, or write the variant differently, and shrink_find_base compares the
 * layers anyway. */
static const struct image *image_for(const struct image_set *images,
				     const struct image *img)
{
	const struct image *same = source_find_image(images, &img->platform);
	if (same)
		return same;
	return images->n == 1 ? images->images[0] : NULL;
}

int work_base_find(const struct work_base *base, const struct image *img,
		   struct base_guess *out, struct err *err)
{
	const struct image *on = NULL;
	if (base->mode == BASE_IMAGE) {
		on = image_for(base->images, img);
		if (!on)
			return err_set(err, ERR_USAGE,
				       "--base: the base has no image for the "
				       "platform of %.*s",
				       STR_ARG(img->name));
	}
	return shrink_find_base(img, base->mode, base->n_layers, on, out, err);
}
