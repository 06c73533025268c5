/* SPDX-License-Identifier: Apache-2.0 */
/* Which layers are rewritten, as a fixed point. Three forces add layers, and
 * each may call another one in:
 *
 *	gain	a layer loses enough: its own dead bytes, and what a
 *		rewritten layer above takes over from it
 *	links	a hard link cannot lead into a layer that was rewritten
 *		without its file
 *	stale	a marker must not outlive what it hid (stale.h)
 *
 *	0	f a (90 MB) f x		x is dead
 *	1	h b >a
 *	2	h c >a, 30 MB dead	chosen for its dead bytes; it is the
 *				home of a, so 0 loses 90 MB more and is
 *				chosen; 1 links into 0 and follows
 *
 * Layers are only ever added, so it ends after at most as many rounds as there
 * are layers; each is one pass over the entries. */
#include "shrink/choose.h"

#include <stdlib.h>

void shrink_choose_done(struct chooser *c)
{
	shrink_stale_done(&c->stale);
	free(c->lost);
	*c = (struct chooser){ 0 };
}

/* The home of an inode: the highest layer among its live names and among the
 * link entries to it, since a link entry sets the inode's metadata, also where
 * its name died. If that layer is rewritten, the whole group is written there.
 *
 *	0	f a		home of a's inode: 2
 *	1	h b >a
 *	2	h c >a m600 */
static void find_homes(const struct tree *t, uint16_t *home)
{
	for (uint32_t i = 0; i < tree_n_entries(t); i++)
		home[i] = TREE_ALIVE;
	for (uint32_t i = 0; i < tree_n_entries(t); i++) {
		const struct tree_entry *e = tree_entry(t, i);
		if (!tree_is_name(e) || e->type == TAR_DIR ||
		    e->died != TREE_ALIVE)
			continue;
		uint32_t inode = tree_id(t, tree_inode(t, e));
		if (home[inode] == TREE_ALIVE || home[inode] < e->born)
			home[inode] = e->born;
	}
	for (uint32_t i = 0; i < tree_n_entries(t); i++) {
		const struct tree_entry *e = tree_entry(t, i);
		if (!tree_is_link(e))
			continue;
		uint32_t inode = tree_id(t, tree_inode(t, e));
		if (home[inode] != TREE_ALIVE && home[inode] < e->born)
			home[inode] = e->born;
	}
}

/* Both thresholds of --min-gain hold, so the larger decides. Percents of the
 * stored bytes without an overflow for any 64-bit size: 100 * q + r, a
 * hundredth each. */
static bool gains_enough(const struct tree_layer *l, uint64_t dead,
			 const struct plan_options *opt)
{
	enum { MILLION = 1000000 };
	/* stored * ppm / MILLION, in two steps that cannot overflow. */
	uint64_t part = l->stored / MILLION * opt->min_gain_ppm +
			l->stored % MILLION * opt->min_gain_ppm / MILLION;
	return dead > 0 && dead >= MAX(opt->min_gain_bytes, part);
}

/* What each layer would lose: its dead bytes, and the payload of groups that a
 * rewritten layer above takes over. The second grows with each layer that is
 * chosen, so recompute the sums until no more layers are added. */
static void sum_losses(struct chooser *c)
{
	const struct tree *t = c->r->t;
	for (uint32_t i = 0; i < tree_n_layers(t); i++)
		c->lost[i] = tree_layer_dead(tree_layer(t, i));
	for (uint32_t i = 0; i < tree_n_entries(t); i++) {
		const struct tree_entry *e = tree_entry(t, i);
		uint16_t home = c->r->home[i];
		if (home != TREE_ALIVE && home != e->born && tree_stores(e) &&
		    layer_is_chosen(&c->r->v[home]))
			c->lost[e->born] += tree_payload(t, e);
	}
}

static void choose_one(struct plan_layer *l, bool *any)
{
	l->fate = LAYER_REWRITTEN;
	*any = true;
}

/* A link to a file of a lower layer needs that file there. A group that spans
 * layers is written whole in its highest one; so when a layer between the file
 * and the link is rewritten, the link's layer is, too. True when one was added.
 */
static bool follow_links(const struct tree *t, struct plan_layer *layers)
{
	bool added = false;
	for (uint32_t i = 0; i < tree_n_entries(t); i++) {
		const struct tree_entry *e = tree_entry(t, i);
		if (!tree_is_link(e) || layer_is_chosen(&layers[e->born]))
			continue;
		for (uint32_t k = tree_inode(t, e)->born; k < e->born; k++)
			if (layer_is_chosen(&layers[k]))
				choose_one(&layers[e->born], &added);
	}
	return added;
}

/* Each of the two may add layers that the other must look at. A layer is only
 * ever added, so this ends after at most as many rounds as there are layers. */
void shrink_choose_followers(struct chooser *c)
{
	bool added = true;
	while (added) {
		added = follow_links(c->r->t, c->r->v);
		added |= shrink_stale_choose(&c->stale);
	}
}

/* A range of one layer without a dead byte, on which engines agree, is what it
 * should be already: its blob passes, and nobody fetches it again. */
static void choose_merged(struct chooser *c)
{
	const struct plan_options *opt = c->opt;
	const struct tree *t = c->r->t;
	if (opt->merge_range.from == opt->merge_range.to &&
	    tree_layer_dead(tree_layer(t, opt->merge_range.from)) == 0 &&
	    !tree_has_case(t, opt->merge_range.from, ENGINE_CURE_FLATTEN))
		return;
	for (uint32_t i = opt->merge_range.from; i <= opt->merge_range.to; i++)
		c->r->v[i].fate = LAYER_REWRITTEN;
	shrink_choose_followers(c);
}

/* Those that are rewritten whatever that gains: the user's, and those that
 * engines do not agree on (analyze says that optimize cures them). */
static void choose_forced(struct chooser *c)
{
	const struct tree *t = c->r->t;
	for (uint32_t i = 0; c->opt->forced && i < tree_n_layers(t); i++)
		if (c->opt->forced[i])
			c->r->v[i].fate = LAYER_REWRITTEN;
	for (uint32_t i = c->opt->n_base; i < tree_n_layers(t); i++)
		if (tree_has_case(t, i, ENGINE_CURE_OPTIMIZE))
			c->r->v[i].fate = LAYER_REWRITTEN;
}

/* Losses, links and stale markers feed each other: a chosen layer takes a group
 * over, which makes a lower one lose enough, whose links then drag in a third.
 */
void shrink_choose_layers(struct chooser *c)
{
	const struct tree *t = c->r->t;
	const struct plan_options *opt = c->opt;
	bool added = true;
	if (opt->merge) {
		choose_merged(c);
		return;
	}
	choose_forced(c);
	while (added) {
		added = false;
		sum_losses(c);
		for (uint32_t i = opt->n_base; i < tree_n_layers(t); i++)
			if (!layer_is_chosen(&c->r->v[i]) &&
			    gains_enough(tree_layer(t, i), c->lost[i], opt))
				choose_one(&c->r->v[i], &added);
		added |= follow_links(t, c->r->v);
		added |= shrink_stale_choose(&c->stale);
	}
}

int shrink_choose_init(struct chooser *c, const struct ranges *r,
		       const struct plan_options *opt, struct err *err)
{
	uint32_t end = tree_n_layers(r->t) - (opt->expected != NULL);
	uint32_t least = opt->merge ? opt->merge_range.from : opt->n_base;
	*c = (struct chooser){ .r = r, .opt = opt };
	c->lost = calloc((size_t)tree_n_layers(r->t) + 1, sizeof *c->lost);
	if (!c->lost)
		return err_nomem(err, tree_n_layers(r->t) * sizeof *c->lost);
	find_homes(r->t, r->home);
	return shrink_stale_init(&c->stale, r, least, end, err);
}
