/* SPDX-License-Identifier: Apache-2.0 */
/* The same walk as that of contents.c with sizes in place of bytes, so that a
 * full disk is told before the first byte and not after an hour. Sparse files
 * are left out, as the estimate must never be more than the truth.
 *
 *	source layer	z[5] x b[1]	written: b, z	z is passed: 5 bytes */
#include "shrink/spill_estimate.h"

#include <stdlib.h>

/* What becomes of an entry's content while the plan is written, as contents.c
 * does it, but with sizes alone. */
enum fate { UNWANTED, WANTED, SPILLED };

/* Source layers are read front to back; next is where each one stands. */
struct walk {
	const struct tree *t;
	uint8_t *fates; /* of source entries */
	uint32_t *next;
	uint64_t bytes;
};

static void walk_done(struct walk *w)
{
	free(w->fates);
	free(w->next);
}

/* Reading on to an entry passes all that stands before it in its layer. What is
 * spilled already is not read again. */
static void read_to(struct walk *w, uint32_t entry)
{
	const struct tree_entry *e = tree_entry(w->t, entry);
	uint32_t *next = &w->next[e->born];
	if (w->fates[entry] == SPILLED)
		return;
	w->fates[entry] = UNWANTED;
	for (; *next < entry; ++*next) {
		const struct tree_entry *passed = tree_entry(w->t, *next);
		if (w->fates[*next] != WANTED)
			continue;
		w->fates[*next] = SPILLED;
		if (!tree_is_sparse(passed))
			w->bytes += tree_payload(w->t, passed);
	}
	++*next;
}

/* In the order in which layers are written, and in each of them in the order of
 * its tar. */
static void each_content(struct walk *w, const struct plan *plan,
			 void (*visit)(struct walk *w, uint32_t entry))
{
	for (uint32_t i = 0; i < plan->n_layers; i++) {
		const struct plan_layer *l = &plan->layers[i];
		for (uint32_t k = 0; k < l->draft.index.n_records; k++)
			if (l->draft.inodes[k] != TREE_NONE)
				visit(w, l->draft.inodes[k]);
	}
}

static void want(struct walk *w, uint32_t entry)
{
	w->fates[entry] = WANTED;
}

int shrink_estimate_spill(const struct tree *t, const struct plan *plan,
			  uint64_t *bytes, struct err *err)
{
	scoped(walk_done) struct walk w = { .t = t };
	w.fates = calloc((size_t)tree_n_entries(t) + 1, 1);
	w.next = calloc((size_t)tree_n_layers(t) + 1, sizeof *w.next);
	if (!w.fates || !w.next)
		return err_nomem(err, tree_n_entries(t));
	for (uint32_t i = 0; i < tree_n_layers(t); i++)
		w.next[i] = tree_layer(t, i)->first;
	each_content(&w, plan, want);
	each_content(&w, plan, read_to);
	*bytes = w.bytes;
	return 0;
}
