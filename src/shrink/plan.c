/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/plan.h"

#include <inttypes.h>
#include <stdlib.h>

#include "shrink/ceiling.h"
#include "shrink/choose.h"
#include "shrink/phantom.h"

void shrink_plan_done(struct plan *p)
{
	for (uint32_t i = 0; i < p->n_layers; i++) {
		shrink_draft_done(&p->layers[i].draft);
	}
	free(p->layers);
	free(p->keeps_layer);
	free(p->more);
	*p = (struct plan){ 0 };
}

/* Working state while a plan is made. */
struct planner {
	const struct tree *t;
	struct ranges r;
	struct chooser chooser;
	struct item_list *lists;
};

static void planner_done(struct planner *pl)
{
	for (uint32_t i = 0; pl->lists && i < pl->r.n; i++)
		free(pl->lists[i].v);
	free(pl->lists);
	free(pl->r.of);
	free(pl->r.home);
	free(pl->r.guarded);
	shrink_choose_done(&pl->chooser);
}

/* At first every source layer is a range of its own. */
static int begin(struct planner *pl, const struct plan_options *opt,
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

static int collect(struct planner *pl, struct err *err)
{
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

/* Joins range i to the one before it. */
static void join(struct planner *pl, struct plan *p, uint32_t i)
{
	struct plan_layer *a = &p->layers[i - 1], *b = &p->layers[i];
	a->to = b->to;
	shrink_draft_done(&b->draft);
	free(pl->lists[i].v);
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

static bool takes_in(const struct plan *p, uint32_t i)
{
	return i < p->n_layers && p->layers[i].fate == LAYER_REWRITTEN;
}

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
 * another, nor do two that are rewritten and large. */
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

/* Kept layers that are tiny are rewritten, too, where a neighbour is: fold then
 * joins them. True when one was. */
static bool choose_tiny(struct planner *pl, struct plan *p,
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

/* Folds tiny rewritten layers into rewritten neighbours. True when one was:
 * what the joined range holds must be found anew. */
static bool fold(struct planner *pl, struct plan *p)
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
			join(pl, p, i);
			folded = true;
		} else {
			i++;
		}
	}
	return folded;
}

/* The layer of removals on top has done its work: every layer that has one of
 * the names is rewritten without it. */
static int drop_removals(struct plan *p, struct err *err)
{
	const struct plan_layer *top = &p->layers[p->n_layers - 1];
	if (top->fate != LAYER_VANISHED || top->from != top->to)
		return err_set(err, ERR_MISMATCH,
			       "a kept layer still has what was to be removed: "
			       "nothing was written; please report this");
	shrink_draft_done(&p->layers[p->n_layers - 1].draft);
	p->layers[--p->n_layers] = (struct plan_layer){ 0 };
	p->n_source--;
	return 0;
}

/* The planned layers laid over one another show the tree they must, by our
 * rules and by overlay's. */
static int prove(const struct loaded_image *src, const struct digest *expected,
		 uint32_t n_base, struct plan *p, struct err *err)
{
	scoped(tree_close) struct tree *t = NULL;
	struct digest digest;
	if (tree_new(tree_limits(src->tree), &t, err) < 0)
		return -1;
	for (uint32_t i = 0; i < p->n_layers; i++) {
		struct plan_layer *l = &p->layers[i];
		if (l->fate == LAYER_VANISHED)
			continue;
		if (tree_apply(t,
			       layer_is_chosen(l) ? &l->draft.index
						  : &src->layers[l->from],
			       err) < 0)
			return -1;
	}
	if (tree_digest(t, &digest, err) < 0)
		return -1;
	if (!digest_eq(&digest, expected))
		return err_set(err, ERR_MISMATCH,
			       "the planned layers show the tree %s, the "
			       "source shows %s: nothing was written; please "
			       "report this",
			       digest_text(&digest).text,
			       digest_text(expected).text);
	if (shrink_check_phantoms(t, src->tree, (uint32_t)src->n_layers, err) <
	    0)
		return -1;
	for (uint32_t i = 0, k = 0; i < p->n_layers; i++)
		if (p->layers[i].fate != LAYER_VANISHED)
			p->layers[i].stored = tree_layer(t, k++)->stored;
	return tree_sum(t, n_base, &p->after, err);
}

/* Layers that join the one below them do so whatever they hold. */
static bool choose_joined(struct plan *p, const uint8_t *joins)
{
	bool chosen = false;
	for (uint32_t i = 1; i < p->n_layers; i++)
		if (joins[i]) {
			p->layers[i - 1].fate = LAYER_REWRITTEN;
			p->layers[i].fate = LAYER_REWRITTEN;
			chosen = true;
		}
	return chosen;
}

static bool join_chosen(struct planner *pl, struct plan *p,
			const uint8_t *joins)
{
	bool joined = false;
	for (uint32_t i = p->n_layers; i-- > 1;)
		if (joins[i]) {
			join(pl, p, i);
			joined = true;
		}
	return joined;
}

/* One attempt, without its proof. */
static int make(struct planner *pl, const struct plan_options *opt,
		const uint8_t *joins, struct plan *p, struct err *err)
{
	if (begin(pl, opt, p, err) < 0)
		return -1;
	bool joined = choose_joined(p, joins);
	shrink_choose_layers(&pl->chooser);
	if (joined)
		shrink_choose_followers(&pl->chooser);
	if (opt->merge)
		join_chosen(pl, p, joins);
	if (collect(pl, err) < 0)
		return -1;
	if (opt->merge)
		return 0;
	if (choose_tiny(pl, p, opt) && collect(pl, err) < 0)
		return -1;
	joined = join_chosen(pl, p, joins);
	joined |= fold(pl, p);
	return joined ? collect(pl, err) : 0;
}

static int finish(const struct loaded_image *src,
		  const struct plan_options *opt, struct plan *p,
		  struct err *err)
{
	if (opt->expected && drop_removals(p, err) < 0)
		return -1;
	for (uint32_t i = 0; i < p->n_layers; i++) {
		const struct plan_layer *l = &p->layers[i];
		p->changed |= layer_is_chosen(l);
		/* Of a range, the last layer's history entry stays. */
		p->keeps_layer[l->to] = l->fate != LAYER_VANISHED;
	}
	return prove(src, opt->expected ? opt->expected : &src->digest,
		     opt->n_base, p, err);
}

static void free_joins(uint8_t **v)
{
	free(*v);
}

int shrink_make_plan(const struct loaded_image *src,
		     const struct plan_options *opt, struct plan *out,
		     struct err *err)
{
	scoped(free_joins) uint8_t *joins =
		calloc((size_t)tree_n_layers(src->tree) + 1, 1);
	if (!joins)
		return err_nomem(err, tree_n_layers(src->tree));
	for (uint32_t i = opt->merge_range.to;
	     opt->merge && i > opt->merge_range.from; i--)
		joins[i] = 1;
	for (;;) {
		scoped(shrink_plan_done) struct plan p = { 0 };
		scoped(planner_done) struct planner pl = { .t = src->tree };
		if (make(&pl, opt, joins, &p, err) < 0)
			return -1;
		int more = shrink_join_excess(&pl.r, opt, joins, err);
		if (more < 0)
			return -1;
		if (more)
			continue;
		if (finish(src, opt, &p, err) < 0)
			return -1;
		*out = p;
		p = (struct plan){ 0 };
		return 0;
	}
}
