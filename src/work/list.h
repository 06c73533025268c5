/* SPDX-License-Identifier: Apache-2.0 */
/* work/list.h - what stands at a path of an image, and in a directory there. */
#pragma once
#include "work/images.h"

struct work_list_options {
	const char *image;
	const char *path; /* as a process in the image would name it */
	bool link_itself; /* a symlink at the end of path is not followed */
};

struct work_listing {
	const struct loaded_image *li;
	uint32_t at;	 /* the node of the path */
	bool directory;	 /* nodes are what is in it; else at alone */
	uint32_t *nodes; /* sorted by name */
	uint32_t n;
};

/* One listing a platform, in the order of the images. */
struct work_list {
	struct work_images images;
	struct work_listing *v;
	size_t n;
};

/* ERR_NOT_FOUND: the path is not in an image; else the errors of
 * work_images_read and tree_follow. Release with work_list_done, before the
 * session and whether or not it failed. */
must_check int work_list_run(struct work_session *s,
			     const struct work_list_options *opt,
			     struct work_list *out, struct err *err);
void work_list_done(struct work_list *l);
