/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/base_option.h"

#include "base/checked.h"
#include "base/nearest.h"

void base_option_done(struct base_option *b)
{
	source_close(&b->source);
}

/* A value that is no image may be a word that was meant. */
static int refuse_image(const char *value, struct err *err)
{
	struct nearest near = nearest_to(value);
	nearest_try(&near, "none");
	nearest_try(&near, "auto");
	return err_ctx(err, "--base%s", nearest_hint(&near, "").text);
}

int base_option_open(struct session *s, const char *value,
		     struct base_option *out, struct err *err)
{
	uint64_t n;
	if (!value || strcmp(value, "auto") == 0) {
		out->mode = BASE_AUTO;
		return 0;
	}
	if (strcmp(value, "none") == 0) {
		out->mode = BASE_NONE;
		return 0;
	}
	if (str_to_u64(str_of(value), &n)) {
		out->mode = BASE_LAYERS;
		if (!narrow_u32(n, &out->layers))
			return err_set(err, ERR_USAGE,
				       "--base %s: that many layers", value);
		return 0;
	}
	out->mode = BASE_IMAGE;
	if (work_open_source(&s->work, value, &out->source, err) < 0 ||
	    source_images(out->source, &out->images, err) < 0)
		return refuse_image(value, err);
	return 0;
}

/* The named base for an image's platform. */
static const struct image *image_for(const struct base_option *b,
				     const struct image *img)
{
	if (b->mode != BASE_IMAGE)
		return NULL;
	const struct image *same = source_find_image(b->images, &img->platform);
	if (same)
		return same;
	return b->images->n == 1 ? b->images->images[0] : NULL;
}

int base_option_find(const struct base_option *b, const struct image *img,
		     struct base_guess *out, struct err *err)
{
	const struct image *base = image_for(b, img);
	if (b->mode == BASE_IMAGE && !base)
		return err_set(err, ERR_USAGE,
			       "--base: the base has no image for the platform "
			       "of %.*s",
			       STR_ARG(img->name));
	return base_find(img, b->mode, b->layers, base, out, err);
}
