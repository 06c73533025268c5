/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/planner.h - a plan while it is made: ranges of source layers, and what
 * each of them would hold (private to plan.c and fold.c).
 *
 * At first every source layer is a range of its own. Ranges are chosen to be
 * rewritten, what they would hold is collected, ranges are joined, and then it
 * is collected again:
 *
 *	source	0 | 1 | 2 | 3
 *	ranges	0 | 1-2 | 3		r.of = 0 1 1 2
 *
 * The ranges are the plan's layers, so r.v and the plan's array are one. */
#pragma once
#include "shrink/choose.h"
#include "shrink/plan.h"
#include "shrink/plan_options.h"

struct planner {
	const struct tree *t;
	struct ranges r;
	struct chooser chooser;
	struct item_list *lists; /* one a range */
};

void shrink_planner_done(struct planner *pl);
must_check int shrink_planner_begin(struct planner *pl,
				    const struct plan_options *opt,
				    struct plan *p, struct err *err);
/* What each chosen range would hold, from the choice as it is now. */
must_check int shrink_planner_collect(struct planner *pl, struct err *err);
/* Joins range i to the one before it. What they hold together is not collected
 * yet. */
void shrink_planner_join(struct planner *pl, struct plan *p, uint32_t i);
