/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/spill_estimate.h - how many bytes a plan spills while it is written,
 * so that a full disk is found out before (private to outlook.c). */
#pragma once
#include "shrink/plan.h"

/* Contents that are passed on the way to others and kept for later, as
 * contents.c does. Sparse files are left out: an estimate that is too low only
 * means that a full disk is found out later. */
must_check int shrink_estimate_spill(const struct tree *t,
				     const struct plan *plan, uint64_t *bytes,
				     struct err *err);
