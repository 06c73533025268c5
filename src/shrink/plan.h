/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/plan.h - which layers a smaller image has, and what is in each.
 *
 * A plan is made from the tree alone; no byte of a layer is read. Every output
 * layer stands for a range of source layers and is either kept bit for bit or
 * rewritten. What a rewritten layer will hold is itself a layer index, so the
 * planned layers are laid over one another like any others, and the plan is
 * proven before the first byte is written: its tree must have the source's
 * digest.
 *
 * A rewritten layer holds, of what its range brought, just what is live in the
 * end (DESIGN section 3, "What pare writes"): an entry for every ancestor of
 * every entry, with its metadata at that layer; no hard link to another layer;
 * whiteouts only for what the kept layers below still show. */
#pragma once
#include "shrink/layer.h"
#include "tree/load.h"

struct plan {
	struct plan_layer *layers;
	uint32_t n_layers;
	bool *keeps_layer; /* a source layer's history entry still makes one */
	/* Entries of the highest layers, which the source's history does not
	 * know; NULL: one of ours. */
	const struct oci_history **more;
	uint32_t n_more;
	uint32_t n_source;
	bool changed;		  /* a layer is rewritten */
	struct tree_totals after; /* of the planned layers' tree */
};

/* A rewritten layer of less tar than this joins a rewritten neighbour: a layer
 * of its own costs a round trip and a mount. */
enum { PLAN_TINY = 128 << 10 };

void shrink_plan_done(struct plan *p);
