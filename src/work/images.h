/* SPDX-License-Identifier: Apache-2.0 */
/* work/images.h - all images that one name names, each with its file system:
 * what history, analyze and every look into an image begin with. */
#pragma once
#include "work/session.h"

struct work_images {
	struct source *source;
	const struct image_set *set;
	struct loaded_image *v; /* one a platform, in the order of set */
	size_t n;
};

/* Opens and reads them; release with work_images_done, before the session and
 * whether or not it failed. ERR_USAGE: the name is none; else the errors of
 * source_open and tree_load_image, which begin with the image. */
must_check int work_images_read(struct work_session *s, const char *name,
				struct work_images *out, struct err *err);
void work_images_done(struct work_images *i);
