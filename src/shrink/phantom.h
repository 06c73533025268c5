/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/phantom.h - what containers would be shown of a result, and should
 * not.
 *
 * A tree digest proves that layers mean the same by our own rules; engines have
 * theirs (tree/overlay.h). So a result is also looked at as overlay mounts it:
 * each name that this shows, or does not, must be as the result's tree says, or
 * as the source shows it laid out alike. What is wrong with a base that is kept
 * is no fault of the result. */
#pragma once
#include "tree/overlay.h"

struct phantom {
	uint32_t node;		/* of the result's tree */
	enum overlay_what what; /* is shown there */
	uint16_t layer;		/* of the result; unset for nothing */
};

/* The lowest n_source layers of the source's tree are its own. 1: *out is the
 * first one; 0: there is none. */
must_check int shrink_find_phantom(const struct tree *result,
				   const struct tree *source, uint32_t n_source,
				   struct phantom *out, struct err *err);
/* ERR_MISMATCH that names layer and path. */
must_check int shrink_check_phantoms(const struct tree *result,
				     const struct tree *source,
				     uint32_t n_source, struct err *err);
