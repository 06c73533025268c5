/* SPDX-License-Identifier: Apache-2.0 */
/* work/platforms.h - two images, platform by platform. */
#pragma once
#include "tree/load.h"

/* Of a platform that one side lacks, that side's image is NULL. */
struct platform_pair {
	const struct image *image[2];
	struct str name; /* "linux/arm64/v8" */
};
struct platform_pairs {
	struct arena arena;
	struct platform_pair *v; /* A's in their order, then B's alone */
	size_t n, n_both;
};

void work_platform_pairs_done(struct platform_pairs *p);
/* One image a side is one pair, whatever its platform; else os, architecture
 * and variant are alike, and os.version where several have these. */
must_check int work_platform_pairs_make(const struct image_set *a,
					const struct image_set *b,
					struct platform_pairs *out,
					struct err *err);

/* Reads both images of a pair, to be compared. A layer that both have is read
 * in the first; of the second its bytes are held against the digest, but neither
 * unpacked nor indexed.
 *
 * y borrows indices from x, so x is released last. With how->known_blobs_only,
 * layers are shared where their blobs are equal, else where their tars are.
 * Errors of tree_load_image. */
must_check int work_platform_pair_load(const struct load_options *how,
				       const struct platform_pair *of,
				       struct loaded_image *x,
				       struct loaded_image *y, struct err *err);
