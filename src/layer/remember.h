/* SPDX-License-Identifier: Apache-2.0 */
/* layer/remember.h - layer indices kept from one run to the next.
 *
 * An index is kept under its blob's digest, the index format and the limits it
 * was made under. Beside it a note says which file (device, inode, size, mtime,
 * ctime, place in it) had that digest when it was last verified. All of it is
 * soft: what cannot be found or kept is read again. */
#pragma once
#include "source/read/source.h"
#include "store/cache.h"
#include "layer/index.h"

/* Where a layer's bytes stand, told before they are read. */
struct layer_place {
	struct cache *cache; /* NULL: nothing is remembered */
	const struct limits *lim;
	const struct image *image;
	size_t position;
};

/* The digest that a note vouches for: the file has not changed since. */
bool layer_remember_digest(const struct layer_place *p, struct digest *out);
/* The index of a blob; false when it is not kept or is broken. */
bool layer_remember_index(const struct layer_place *p,
			  const struct digest *blob, struct layer_index *out);
/* Keeps an index that was just made, and that this file was verified. */
void layer_remember(const struct layer_place *p, const struct layer_index *ix,
		    bool is_new);
