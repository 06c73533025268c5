/* SPDX-License-Identifier: Apache-2.0 */
/* work/analyze.h - where the bytes of images are, which are dead, and what a
 * rewrite would win. */
#pragma once
#include "analyze/analysis.h"
#include "work/base.h"
#include "work/session.h"

struct work_analyze_options {
	struct work_base base; /* whose layers are not ours to shrink */
	bool wins;	       /* plan what commands would win, too */
};

/* One element of each array an image, in the order of the set. */
struct work_analyzed {
	struct loaded_image *loaded;
	struct analysis *v; /* points into loaded */
	size_t n;
};

/* set: of a source that stays open until work_analyzed_done. ERR_USAGE where
 * the base does not fit an image; else the errors of reading one. Release with
 * work_analyzed_done whether or not it failed. */
must_check int work_analyze_run(const struct work_session *s,
				const struct image_set *set,
				const struct work_analyze_options *opt,
				struct work_analyzed *out, struct err *err);
void work_analyzed_done(struct work_analyzed *a);
