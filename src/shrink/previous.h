/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/previous.h - a result that moves little for nodes that have the last
 * one (private to optimize.c; docs/releases.md says what is promised).
 *
 * The base is the source's. On it the layers above the base of the previous
 * image are laid as they are, blob for blob, and what then still differs from
 * the source becomes one layer on top. A previous layer that would be dead for
 * more than its half stays away. */
#pragma once
#include "shrink/plan.h"
#include "shrink/plan_options.h"

struct previous_options {
	const struct loaded_image *image; /* loaded with its indices */
	uint32_t n_base;		  /* its lowest layers that are base */
};

/* 1 and *out, whose layers borrow from the previous image; 0: the two have too
 * little in common, nothing was done. opt: n_base, order, expected. */
must_check int shrink_plan_on_previous(const struct loaded_image *src,
				       const struct previous_options *prev,
				       const struct plan_options *opt,
				       struct plan *out, struct err *err);
