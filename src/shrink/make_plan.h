/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/make_plan.h - the plan of an image by itself; with a previous result
 * see previous.h. */
#pragma once
#include "shrink/plan.h"
#include "shrink/plan_options.h"

/* The source must have been loaded with its indices. ERR_MISMATCH when the
 * planned tree is not the source's: a bug, nothing is written. */
must_check int shrink_make_plan(const struct loaded_image *src,
				const struct plan_options *opt,
				struct plan *out, struct err *err);
