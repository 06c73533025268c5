/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/contents.h - what is in some files of a loaded image.
 *
 * Layer indices hold digests, no contents: the layers that hold a wanted file
 * are read once more, up to the last one wanted. */
#pragma once
#include "tree/load.h"

/* content is borrowed until the return. */
typedef int contents_fn(void *self, uint32_t entry, struct str content,
			struct err *err);

/* Entries of regular files, in any order (they are sorted). Files of more than
 * max bytes are passed over. Contents are checked by their digest. */
must_check int analyze_read_contents(const struct loaded_image *li,
				     uint32_t *entries, uint32_t n,
				     uint64_t max, contents_fn *fn, void *self,
				     struct err *err);
