/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/fold.h - tiny layers join their neighbours (private to plan.c).
 *
 * A layer costs a pull a round trip and a container a mount, however little it
 * holds. Rewritten layers of less than PLAN_TINY join a rewritten neighbour; a
 * kept one of at most fold_max is rewritten for that, where a neighbour is
 * rewritten anyway:
 *
 *	R 40M | K 2k | K 90M	the second joins the first
 *	K 40M | K 2k | K 90M	nothing is rewritten, so all stay
 */
#pragma once
#include "shrink/planner.h"

/* Chooses kept layers that are tiny and have a rewritten neighbour, and what
 * follows from that. True when one was: what ranges hold must be collected
 * again. */
bool shrink_choose_tiny(struct planner *pl, struct plan *p,
			const struct plan_options *opt);
/* Joins tiny rewritten layers to rewritten neighbours; the same. */
bool shrink_fold(struct planner *pl, struct plan *p);
