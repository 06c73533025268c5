/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/choose.h - which source layers are rewritten (private to plan.c).
 *
 * Those that must be and those that lose enough; then those that cannot stand
 * on what the first ones will be: a hard link to a file of a lower layer, a
 * marker whose layers below will not have what it hides (stale.h). They follow
 * until no layer is added. */
#pragma once
#include "shrink/plan_options.h"
#include "shrink/stale.h"

struct chooser {
	const struct ranges *r; /* one a source layer */
	const struct plan_options *opt;
	struct stale stale;
	uint64_t *lost; /* bytes that each layer would lose */
};

void shrink_choose_done(struct chooser *c);
/* Fills r->home, which the choice needs. */
must_check int shrink_choose_init(struct chooser *c, const struct ranges *r,
				  const struct plan_options *opt,
				  struct err *err);
void shrink_choose_layers(struct chooser *c);
/* After the caller chose more: what follows from that. */
void shrink_choose_followers(struct chooser *c);
