/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/remove.h - names taken out of an image before its plan is made
 * (private to optimize.c).
 *
 * A layer of whiteouts is laid on top of the loaded tree: what it shows then is
 * what the result must show, and what was taken out is dead to the plan like
 * anything else. Since every layer that has one of the names is rewritten, the
 * whiteouts themselves hide nothing in the end and that layer vanishes. */
#pragma once
#include "shrink/plan.h"

/* nodes: names that stand, parents before children, all of a directory's
 * names with it; each was brought by a layer above the base. Fills forced (one
 * a layer, the new one included) and the digest of the tree without them. */
must_check int shrink_remove_nodes(struct loaded_image *li,
				   const uint32_t *nodes, uint32_t n,
				   bool *forced, struct digest *expected,
				   struct err *err);
