/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/write.h - the layers, config and manifest of one smaller image. */
#pragma once
#include "shrink/options.h"
#include "shrink/result.h"
#include "source/write/dest.h"

/* Writes what is planned of r, or with dst NULL counts what writing would give;
 * fills r->layers, sizes and descriptors. */
must_check int shrink_write(const struct image_set *set, struct image_result *r,
			    struct dest *dst, const struct shrink_options *opt,
			    struct err *err);
