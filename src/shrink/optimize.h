/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/optimize.h - a smaller image with the same file system, proven.
 *
 * Each image is loaded, planned, written aside, read back and compared; only
 * when every one has the tree digest and the canonical config of its source is
 * the result put in place. Without a destination all is done but the writing,
 * so the figures are exact. */
#pragma once
#include "shrink/result.h"
#include "source/write/dest.h"

/* What an image with this base is planned with, unless layers become one, names
 * are taken out or a previous image is kept. */
struct plan_options optimize_plan_options(const struct optimize_options *opt,
					  uint32_t n_base);

void optimize_result_done(struct optimize_result *r);
/* dst may be NULL: dry run. ERR_MISMATCH when the proof fails. */
must_check int optimize_run(struct source *src, struct dest *dst,
			    const struct optimize_options *opt,
			    struct optimize_result *out, struct err *err);
