/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/ceiling.h - no more layers than engines take (private to plan.c).
 *
 * Where a plan has too many, neighbours above the base become one, the two that
 * are smallest together first, so that large layers are the last to be
 * rewritten. Links and markers depend on which layers join, so the plan is
 * computed again with the joins set. */
#pragma once
#include "shrink/items.h"
#include "shrink/plan_options.h"

/* r: the ranges of the plan. joins has a byte a source layer: not 0 where it
 * joins the one below it. 1: some were added; 0: the plan has few enough
 * layers; -1: the base alone leaves too many. */
must_check int shrink_join_excess(const struct ranges *r,
				  const struct plan_options *opt,
				  uint8_t *joins, struct err *err);
