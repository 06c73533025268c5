/* SPDX-License-Identifier: Apache-2.0 */
/* work/platforms.h - two images, platform by platform. */
#pragma once
#include "source/read/source.h"

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
