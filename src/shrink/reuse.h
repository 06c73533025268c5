/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/reuse.h - layers that a previous result has already. */
#pragma once
#include "shrink/plan.h"

/* Layers of a plan that the previous image has, too, take its blobs: kept ones
 * of the same DiffID, rewritten ones of the same members. */
must_check int shrink_reuse_blobs(const struct loaded_image *src,
				  const struct loaded_image *prev,
				  struct plan *p, struct err *err);
