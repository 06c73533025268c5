/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/shrink.h - the steps from images to smaller ones with the same file
 * system, proven.
 *
 *	once		shrink_begin
 *	each image	shrink_load, shrink_plan; then outlook.h tells what is
 *			ahead and write.h writes layers, config and manifest
 *	once		lost.h tells what had no place, finish.h writes what
 *			stands over the images, prove.h reads it all back, and
 *			dest_commit puts it in place
 *
 * Each step takes what the ones before it left in the result, so between any
 * two of them there is time to look, to decide and to stop. Nothing appears at
 * the destination before dest_commit. A dry run has no destination (NULL): all
 * is done but the writing, so the figures are exact, and finish and proof are
 * left out. work/optimize.h composes the steps. */
#pragma once
#include "shrink/decisions.h"
#include "shrink/options.h"
#include "shrink/result.h"

/* One result an image of the set, which is borrowed. */
must_check int shrink_begin(const struct image_set *set,
			    struct optimize_result *out, struct err *err);
void shrink_result_done(struct optimize_result *r);

/* Reads all layers of r->image, verified, whatever the cache knows of them. */
must_check int shrink_load(struct image_result *r,
			   const struct load_options *load, struct err *err);
/* The same for an image whose layers are to be kept for those who have it. */
must_check int shrink_load_previous(struct image_result *r,
				    const struct image *previous,
				    const struct load_options *load,
				    struct err *err);

/* What an image with this base is planned with, unless layers become one, names
 * are taken out or a previous image is kept. */
struct plan_options shrink_plan_options(const struct shrink_options *opt,
					uint32_t n_base);
/* Takes out what was decided to go, and plans. ERR_MISMATCH when the planned
 * layers do not show what they must: a bug. */
must_check int shrink_plan(struct image_result *r,
			   const struct shrink_decisions *decided,
			   const struct shrink_options *opt, struct err *err);
