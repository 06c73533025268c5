/* SPDX-License-Identifier: Apache-2.0 */
/* Folding comes after choosing and before the last collection: how small a
 * rewritten layer is shows only when its items are known, and what a folded
 * range holds has to be collected once more.
 *
 *	B 90M | R 40M | R 3k | K 2k | R 1k	the last four become one:
 *						K has a rewritten neighbour
 *	B 90M | K 40M | K 2k			nothing is rewritten */
#include "shrink/fold.h"

/* Only a layer that is written anyway takes another in: joining two kept ones
 * would change what nodes have. */
static bool takes_in(const struct plan *p, uint32_t i)
{
	return i < p->n_layers && p->layers[i].fate == LAYER_REWRITTEN;
}

/* Of a kept layer, which is one source layer yet. The base is not ours. */
static bool is_tiny(const struct planner *pl, const struct plan *p,
		    const struct plan_options *opt, uint32_t i)
{
	return i >= opt->n_base &&
	       tree_layer(pl->t, p->layers[i].from)->tar_size <= opt->fold_max;
}

static bool is_foldable(const struct planner *pl, const struct plan *p,
			const struct plan_options *opt, uint32_t i)
{
	const struct plan_layer *l = &p->layers[i];
	return !layer_is_chosen(l) && is_tiny(pl, p, opt, i) &&
	       (takes_in(p, i + 1) || (i && takes_in(p, i - 1)));
}

/* Would layers be left apart when tiny ones fold? One that is kept never joins
 * another, nor do two that are rewritten and large. An image must not become
 * one layer by folding: podman 4.3 shows the root of such an image as 0555
 * (plan_options.h). */
static bool leaves_two(const struct planner *pl, const struct plan *p,
		       const struct plan_options *opt)
{
	uint32_t n_kept = 0, n_large = 0;
	for (uint32_t i = 0; i < p->n_layers; i++) {
		if (takes_in(p, i))
			n_large +=
				p->layers[i].draft.index.tar_size >= PLAN_TINY;
		else if (!layer_is_chosen(&p->layers[i]))
			n_kept += !is_tiny(pl, p, opt, i);
	}
	return n_kept > 0 || n_large > 1;
}

/* Each one that is chosen is a neighbour for the next: a row of tiny layers
 * beside a rewritten one goes with it. */
bool shrink_choose_tiny(struct planner *pl, struct plan *p,
			const struct plan_options *opt)
{
	bool chosen = false, again = leaves_two(pl, p, opt);
	while (again) {
		again = false;
		for (uint32_t i = opt->n_base; i < p->n_layers; i++)
			if (is_foldable(pl, p, opt, i))
				p->layers[i].fate = LAYER_REWRITTEN,
				again = true;
		chosen |= again;
	}
	if (chosen)
		shrink_choose_followers(&pl->chooser);
	return chosen;
}

/* From the lowest up; a joined range may take in the next one, too, so i moves
 * on only where nothing was joined. The sizes are added up as an estimate: what
 * the range holds is collected again. */
bool shrink_fold(struct planner *pl, struct plan *p)
{
	bool folded = false;
	for (uint32_t i = 1; i < p->n_layers;) {
		const struct plan_layer *a = &p->layers[i - 1];
		const struct plan_layer *b = &p->layers[i];
		if (a->fate == LAYER_REWRITTEN && b->fate == LAYER_REWRITTEN &&
		    (a->draft.index.tar_size < PLAN_TINY ||
		     b->draft.index.tar_size < PLAN_TINY)) {
			p->layers[i - 1].draft.index.tar_size +=
				b->draft.index.tar_size;
			shrink_planner_join(pl, p, i);
			folded = true;
		} else {
			i++;
		}
	}
	return folded;
}
