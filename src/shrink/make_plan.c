/* SPDX-License-Identifier: Apache-2.0 */
/* One attempt to plan, and its proof:
 *
 *	begin	each source layer is a range
 *	choose	which are rewritten (choose.c)
 *	collect	what each would hold (items.c, items_index.c)
 *	fold	tiny ones (fold.c), collect again
 *	ceiling	too many layers: joins are set, and planning restarts
 *	prove	the planned layers, laid over one another, show the tree
 *
 * Nothing is written before that: a planner that is wrong costs a message, not
 * an image. */
#include "shrink/make_plan.h"

#include <stdlib.h>

#include "shrink/ceiling.h"
#include "shrink/fold.h"
#include "shrink/phantom.h"

/* The layer of removals on top has done its work: every layer that has one of
 * the names is rewritten without it, so its whiteouts hide nothing and were
 * left out (items.c). Were one of them still needed, the layer would be here,
 * and a result would hide what the user wants gone instead of losing it. */
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
 * rules and by overlay's. This is the same code that read the source, so it
 * cannot find a fault in how layers are read; it finds the plan's own: a marker
 * that is missing, a group in the wrong layer. An image that is read by other
 * rules is what tests/model and tests/overlay are for. */
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
	/* Layers of the proof's tree are the planned ones but for those that
	 * vanished. */
	for (uint32_t i = 0, k = 0; i < p->n_layers; i++)
		if (p->layers[i].fate != LAYER_VANISHED)
			p->layers[i].stored = tree_layer(t, k++)->stored;
	return tree_sum(t, n_base, &p->after, err);
}

/* Layers that join the one below them do so whatever they hold: a merge is what
 * the user asked for, and of too many layers some must go, whether or not that
 * wins a byte. */
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

/* From the top down, so that a join does not renumber ranges that are still to
 * be looked at. */
static bool join_chosen(struct planner *pl, struct plan *p,
			const uint8_t *joins)
{
	bool joined = false;
	for (uint32_t i = p->n_layers; i-- > 1;)
		if (joins[i]) {
			shrink_planner_join(pl, p, i);
			joined = true;
		}
	return joined;
}

/* One attempt, without its proof. The order of the steps matters. Layers are
 * chosen while each is a range of its own; only when it is known what each
 * would hold can tiny ones be told, chosen and folded; and what a joined range
 * holds is not the sum of its parts: a marker for the lower one may hide
 * nothing any more. */
static int make(struct planner *pl, const struct plan_options *opt,
		const uint8_t *joins, struct plan *p, struct err *err)
{
	if (shrink_planner_begin(pl, opt, p, err) < 0)
		return -1;
	bool joined = choose_joined(p, joins);
	shrink_choose_layers(&pl->chooser);
	if (joined)
		shrink_choose_followers(&pl->chooser);
	if (opt->merge)
		join_chosen(pl, p, joins);
	if (shrink_planner_collect(pl, err) < 0)
		return -1;
	if (opt->merge)
		return 0;
	if (shrink_choose_tiny(pl, p, opt) &&
	    shrink_planner_collect(pl, err) < 0)
		return -1;
	joined = join_chosen(pl, p, joins);
	joined |= shrink_fold(pl, p);
	return joined ? shrink_planner_collect(pl, err) : 0;
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
		scoped(shrink_planner_done) struct planner pl = {
			.t = src->tree
		};
		if (make(&pl, opt, joins, &p, err) < 0)
			return -1;
		/* Engines limit how many layers they stack (oci/engines.h).
		 * Which layers join decides what links and markers follow, so
		 * all is planned again with them; each round joins at least
		 * two, so it ends. */
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
