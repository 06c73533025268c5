/* SPDX-License-Identifier: Apache-2.0 */
/* A range is named by its place in r.v, and places move when two ranges join;
 * "of" leads from a source layer to its range and is rebuilt then. Source
 * layers never change their numbers. */
#include "shrink/planner.h"

#include <stdlib.h>

void shrink_planner_done(struct planner *pl)
{
	for (uint32_t i = 0; pl->lists && i < pl->r.n; i++)
		free(pl->lists[i].v);
	free(pl->lists);
	free(pl->r.of);
	free(pl->r.home);
	free(pl->r.guarded);
	shrink_choose_done(&pl->chooser);
}

int shrink_planner_begin(struct planner *pl, const struct plan_options *opt,
			 struct plan *p, struct err *err)
{
	const struct tree *t = pl->t;
	uint32_t n = tree_n_layers(t);
	p->layers = calloc((size_t)n + 1, sizeof *p->layers);
	p->keeps_layer = calloc((size_t)n + 1, sizeof *p->keeps_layer);
	pl->r.of = calloc((size_t)n + 1, sizeof *pl->r.of);
	pl->r.home = calloc(tree_n_entries(t), sizeof *pl->r.home);
	pl->lists = calloc((size_t)n + 1, sizeof *pl->lists);
	if (!p->layers || !p->keeps_layer || !pl->r.of || !pl->r.home ||
	    !pl->lists)
		return err_nomem(err, tree_n_entries(t) * sizeof *pl->r.home);
	/* Also a layer of removals on top (remove.h) is a range for now. */
	p->n_layers = p->n_source = n;
	for (uint32_t i = 0; i < n; i++) {
		pl->r.of[i] = (uint16_t)i;
		p->layers[i].from = p->layers[i].to = (uint16_t)i;
	}
	pl->r.t = t;
	pl->r.v = p->layers;
	pl->r.n = n;
	pl->r.order = opt->order;
	return shrink_choose_init(&pl->chooser, &pl->r, opt, err);
}

/* Guards depend on which layers are chosen (stale.h), and items on the guards:
 * both are rewritten. */
int shrink_planner_collect(struct planner *pl, struct err *err)
{
	/* Lists keep their memory: most ranges hold the same the next time. */
	for (uint32_t i = 0; i < pl->r.n; i++)
		pl->lists[i].n = 0;
	free(pl->r.guarded);
	pl->r.guarded = NULL;
	if (shrink_stale_guard(&pl->chooser.stale, &pl->r.guarded, err) < 0 ||
	    shrink_collect_items(&pl->r, pl->lists, err) < 0)
		return -1;
	for (uint32_t i = 0; i < pl->r.n; i++)
		if (layer_is_chosen(&pl->r.v[i]) &&
		    shrink_index_items(&pl->r, i, &pl->lists[i], err) < 0)
			return -1;
	return 0;
}

void shrink_planner_join(struct planner *pl, struct plan *p, uint32_t i)
{
	struct plan_layer *a = &p->layers[i - 1], *b = &p->layers[i];
	a->to = b->to;
	shrink_draft_done(&b->draft);
	free(pl->lists[i].v);
	/* The arrays move up by one, and source layers above the join belong to
	 * a range with a lower number. */
	uint32_t rest = p->n_layers - i - 1;
	memmove(b, b + 1, rest * sizeof *b);
	memmove(&pl->lists[i], &pl->lists[i + 1], rest * sizeof *pl->lists);
	p->n_layers--;
	p->layers[p->n_layers] = (struct plan_layer){ 0 };
	pl->lists[p->n_layers] = (struct item_list){ 0 };
	pl->r.n = p->n_layers;
	for (uint32_t k = 0; k < p->n_layers; k++)
		for (uint32_t s = p->layers[k].from; s <= p->layers[k].to; s++)
			pl->r.of[s] = (uint16_t)k;
}
