/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/layout_files.h - the blobs of a layout that lies in files, found
 * by their digests; private to the room. */
#pragma once
#include "source/read/format.h"

/* 1; 0: there is none, or the format has no blobs by digest. */
must_check int source_layout_find(const struct file_source *f,
				  const struct desc *d, bool is_document,
				  struct file *out, struct err *err);
/* What a format says of its layers: file_format.find_layer. */
int source_layout_find_layer(const struct file_source *f,
			     const struct source_layer *l, struct file *out,
			     struct err *err);
