/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/room.h - how many bytes a plan puts aside while it is written
 * (private to emit_layers.c). */
#pragma once
#include "shrink/plan.h"

/* The contents that are passed on the way to others and kept for later, as
 * rewrite.c does. */
must_check int shrink_estimate_spill(const struct tree *t,
				     const struct plan *plan, uint64_t *bytes,
				     struct err *err);
