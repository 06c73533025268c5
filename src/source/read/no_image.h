/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/no_image.h - what a file that is not an image is, and what to do with
 * it; private to the room. All return -1 with ERR_CORRUPT. */
#pragma once
#include "source/read/format.h"

/* A file that is no tar, or a tar of nothing; why is what the tar reader said,
 * for bytes that nobody knows. */
int source_no_image_bytes(int fd, uint64_t base, uint64_t size,
			  const struct err *why, struct err *err);
/* An archive or a directory without the files that tell an image; want: the
 * format that was asked for, or NULL. */
int source_no_image_files(struct file_source *f, const struct file_format *want,
			  struct err *err);
