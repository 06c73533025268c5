/* SPDX-License-Identifier: Apache-2.0 */
/* work/cat.h - what one file of an image holds. */
#pragma once
#include "work/images.h"

struct work_cat {
	struct work_images images;
	const struct loaded_image *li;
	uint32_t entry; /* of the file's inode */
};

/* Opens the image and finds the file; path is followed as by a process in the
 * image. ERR_USAGE: several platforms, and none was picked; ERR_NOT_FOUND:
 * nothing is there, or no regular file; else the errors of work_images_read.
 * Release with work_cat_done, before the session and whether or not it failed. */
must_check int work_cat_open(struct work_session *s, const char *image,
			     const char *path, struct work_cat *out,
			     struct err *err);
/* Reads the layer that holds the file up to its end, and writes the content,
 * holes as zeros. What was written counts only when this has succeeded: the
 * content's digest is checked at its end. Does not finish the sink. */
must_check int work_cat_write(const struct work_cat *c, struct sink *to,
			      struct err *err);
void work_cat_done(struct work_cat *c);
