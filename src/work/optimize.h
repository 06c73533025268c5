/* SPDX-License-Identifier: Apache-2.0 */
/* work/optimize.h - optimize, squash and flatten: images with the same files in
 * fewer bytes or layers, proven, and put in place.
 *
 * The use case decides for each image where its base ends, which layers become
 * one and which names are taken out, and hands that to the steps of
 * shrink/shrink.h as data. */
#pragma once
#include "analyze/drop.h"
#include "shrink/shrink.h"
#include "source/write/dest.h"
#include "work/base.h"
#include "work/events.h"

enum work_merge {
	WORK_MERGE_NONE,       /* each layer that loses enough, by itself */
	WORK_MERGE_ABOVE_BASE, /* all that stand on the base; they may be none */
	WORK_MERGE_NAMED,      /* a range as shrink_find_range reads it */
};

/* What is asked for. Plain data: what it points to is borrowed. */
struct work_optimize {
	struct source *source;
	struct dest *dest; /* NULL: nothing is written, the figures are exact */
	struct str tag;	   /* name of the result; may be empty */
	struct shrink_options how;
	struct work_base base;
	enum work_merge merge;
	struct str layers; /* WORK_MERGE_NAMED: "2..4", "base..top" */
	uint64_t
		drop; /* rules by which names go, as analyze_select_drop sets them */
	/* The last results, whose layers are kept for those who have them;
	 * NULL: none. A platform that is not among them has none. */
	const struct image_set *previous;
	struct work_events events;
};

/* What came of it; borrows from the source. */
struct work_optimized {
	struct optimize_result result;
	struct dropping *dropped; /* one an image; NULL: no rule was named */
};
void work_optimized_done(struct work_optimized *o);

/* A layer is rewritten when it loses this much: what is saved once must be
 * worth what everyone who has the old layer fetches again. */
enum { WORK_MIN_GAIN_BYTES = 1000000, WORK_MIN_GAIN_PPM = 20000 };
/* Sets the thresholds of optimize; squash and flatten have none. */
void work_optimize_defaults(struct shrink_options *how);

/* ERR_USAGE for what does not fit the images, ERR_MISMATCH when the proof
 * fails. Nothing appears at the destination unless all of it succeeds. */
must_check int work_optimize_run(const struct work_optimize *job,
				 struct work_optimized *out, struct err *err);
