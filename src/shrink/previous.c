/* SPDX-License-Identifier: Apache-2.0 */
/* A plan for a node that has the last release. Its layers are laid on the base
 * as they are, and one delta on top makes the rest:
 *
 *	previous	base | A 80M | B 20M | C 1M
 *	source		base | A' | B' | C'	another build, other digests
 *	result		base | A | B | delta 3M	C was mostly dead and is shed
 *
 * A node fetches 3 MB. What is shed goes into the delta. Four reasons to shed:
 * it cannot be unpacked here, its whiteouts hide nothing here, more than half
 * of it is dead, there are too many layers. Each changes what the others show,
 * so all layers are fitted again until none is shed. */
#include "shrink/previous.h"

#include <stdlib.h>

#include "oci/history.h"
#include "shrink/delta.h"
#include "shrink/phantom.h"

/* A layer more costs a pull a round trip and a mount: past this many more than
 * the source has, and past what engines take, the smallest go into the new one.
 */
enum { LAYERS_MORE = 4 };

/* The previous layers that are laid on the source's base, and what they are
 * with the delta on top. */
struct stack {
	const struct loaded_image *src;
	const struct previous_options *prev;
	const struct plan_options *opt;
	bool *laid; /* one a previous layer */
	uint32_t n_laid;
	struct tree *tree;
	struct plan_layer delta;
	bool equal; /* the stack shows what it must */
};

static void stack_done(struct stack *s)
{
	free(s->laid);
	tree_close(&s->tree);
	shrink_draft_done(&s->delta.draft);
}

static bool has_delta(const struct stack *s)
{
	return s->delta.fate == LAYER_REWRITTEN;
}

/* Lays the previous layers that are still in the stack over the source's base.
 * 1: laid; 0: one of them has a hard link to a file of a layer that stays away:
 * it cannot be unpacked without that and stays away, too. */
static int lay(struct stack *s, struct err *err)
{
	const struct limits *lim = tree_limits(s->src->tree);
	tree_close(&s->tree);
	if (tree_new(lim, &s->tree, err) < 0)
		return -1;
	for (uint32_t i = 0; i < s->opt->n_base; i++)
		if (tree_apply(s->tree, &s->src->layers[i], err) < 0)
			return -1;
	s->n_laid = 0;
	for (uint32_t i = 0; i < s->prev->image->n_layers; i++) {
		if (!s->laid[i])
			continue;
		s->n_laid++;
		if (tree_apply(s->tree, &s->prev->image->layers[i], err) == 0)
			continue;
		if (err->code != ERR_CORRUPT)
			return -1;
		err_clear(err);
		s->laid[i] = false;
		return 0;
	}
	return 1;
}

/* What the stack lacks to show the source's tree becomes one layer on top; the
 * digest of all of it decides whether the stack can be used. It differs where
 * no layer leads from one tree to the other, say when a previous layer declares
 * the root and the source does not. */
static int cover(struct stack *s, struct err *err)
{
	const struct digest *expected =
		s->opt->expected ? s->opt->expected : &s->src->digest;
	struct digest digest;
	if (shrink_make_delta(s->tree, s->src->tree, s->opt->order, &s->delta,
			      err) < 0 ||
	    (has_delta(s) &&
	     tree_apply(s->tree, &s->delta.draft.index, err) < 0) ||
	    tree_digest(s->tree, &digest, err) < 0)
		return -1;
	s->equal = digest_eq(&digest, expected);
	return 0;
}

static bool is_of_nothing(const struct tree_marker *m)
{
	return m->what == MARKER_CUT ||
	       (m->what == MARKER_WHITEOUT && m->below == TREE_NONE);
}

/* Takes away layers with a whiteout that hides nothing here: overlay would list
 * its name. True: one was. */
static bool shed_stale(struct stack *s)
{
	const struct tree *t = s->tree;
	bool shed = false;
	uint32_t at = s->opt->n_base, m = 0;
	for (uint32_t i = 0; i < s->prev->image->n_layers; i++) {
		if (!s->laid[i])
			continue;
		for (; m < tree_n_markers(t) && tree_marker(t, m)->layer <= at;
		     m++)
			if (tree_marker(t, m)->layer == at &&
			    is_of_nothing(tree_marker(t, m))) {
				s->laid[i] = false;
				shed = true;
			}
		at++;
	}
	return shed;
}

/* Takes away what is dead for more than its half: with each release the stack
 * would otherwise carry more of what no container can see. True: one was.
 *
 * Without it ten releases would carry up to ten versions of a file. */
static bool shed_dead(struct stack *s)
{
	bool shed = false;
	uint32_t at = s->opt->n_base;
	for (uint32_t i = 0; i < s->prev->image->n_layers; i++) {
		if (!s->laid[i])
			continue;
		const struct tree_layer *l = tree_layer(s->tree, at++);
		if (tree_layer_dead(l) > l->stored / 2) {
			s->laid[i] = false;
			shed = true;
		}
	}
	return shed;
}

/* The smallest go first: they are the cheapest to fetch again. Of equals the
 * upper one, since more is built on lower layers. */
static bool shed_small(struct stack *s)
{
	const struct layer_index *ix = s->prev->image->layers;
	uint64_t most = s->src->image->n_layers + LAYERS_MORE;
	if (s->opt->layers_max)
		most = MIN(most, (uint64_t)s->opt->layers_max);
	uint64_t n = s->opt->n_base + s->n_laid + has_delta(s);
	if (n <= most)
		return false;
	/* What is shed makes a delta where there was none. */
	for (n += !has_delta(s); n > most && s->n_laid; n--) {
		uint32_t least = UINT32_MAX;
		for (uint32_t i = 0; i < s->prev->image->n_layers; i++)
			if (s->laid[i] &&
			    (least == UINT32_MAX ||
			     ix[i].blob_size <= ix[least].blob_size))
				least = i;
		s->laid[least] = false;
		s->n_laid--;
	}
	return true;
}

/* Is most of what stands above the base from the previous layers? If more than
 * half is in the delta, a node fetches most of the image anyway, and a plan of
 * its own makes smaller layers that the next release can build on. */
static bool is_worth_it(const struct stack *s)
{
	const struct tree *t = s->tree;
	uint64_t above = 0, delta = 0;
	for (uint32_t i = s->opt->n_base; i < tree_n_layers(t); i++) {
		uint64_t live = tree_layer(t, i)->stored -
				tree_layer_dead(tree_layer(t, i));
		above += live;
		if (has_delta(s) && i + 1 == tree_n_layers(t))
			delta = live;
	}
	return s->equal && s->n_laid && delta <= above / 2;
}

/* History entries of the source stay with the layers that the same instruction
 * made; from the first one on that has none, layers bring their own. OCI
 * config.md asks that the entries that are not empty_layer be as many as the
 * layers and in their order, so an entry is matched only behind the last one
 * that was:
 *
 *	previous	COPY a | RUN b | COPY c
 *	source		COPY a | RUN x | COPY c
 *	result		COPY a | (RUN x, now empty) | COPY c | the delta's own */
static int match_history(const struct stack *s, struct plan *p, struct err *err)
{
	const struct oci_config *now = &s->src->image->config;
	const struct oci_config *then = &s->prev->image->image->config;
	uint32_t next = s->opt->n_base;
	p->more = calloc((size_t)s->n_laid + 1, sizeof *p->more);
	if (!p->more)
		return err_nomem(err, s->n_laid * sizeof *p->more);
	for (uint32_t i = 0; i < next; i++)
		p->keeps_layer[i] = true;
	for (uint32_t i = 0; i < s->prev->image->n_layers; i++) {
		const struct oci_history *h = oci_history_of(then, i);
		uint32_t at = next;
		if (!s->laid[i])
			continue;
		while (h && at < p->n_source) {
			const struct oci_history *x = oci_history_of(now, at);
			if (x && str_eq(x->created_by, h->created_by))
				break;
			at++;
		}
		if (h && p->n_more == 0 && at < p->n_source) {
			p->keeps_layer[at] = true;
			next = at + 1;
		} else {
			p->more[p->n_more++] = h;
		}
	}
	if (!has_delta(s))
		return 0;
	if (p->n_more == 0 && next < p->n_source)
		p->keeps_layer[p->n_source - 1] = true;
	else
		p->more[p->n_more++] = NULL;
	return 0;
}

/* The base is kept, previous layers are laid, and on top is the delta, which
 * stands for all source layers above the base. */
static int make_plan(struct stack *s, struct plan *out, struct err *err)
{
	scoped(shrink_plan_done) struct plan p = { 0 };
	uint32_t n_base = s->opt->n_base;
	p.n_source = (uint32_t)s->src->image->n_layers;
	p.layers = calloc((size_t)n_base + s->n_laid + 2, sizeof *p.layers);
	p.keeps_layer = calloc((size_t)p.n_source + 1, sizeof *p.keeps_layer);
	if (!p.layers || !p.keeps_layer)
		return err_nomem(err, p.n_source * sizeof *p.layers);
	for (uint32_t i = 0; i < n_base; i++)
		p.layers[p.n_layers++] = (struct plan_layer){
			.fate = LAYER_KEPT,
			.from = (uint16_t)i,
			.to = (uint16_t)i,
		};
	for (uint32_t i = 0; i < s->prev->image->n_layers; i++)
		if (s->laid[i])
			p.layers[p.n_layers++] = (struct plan_layer){
				.fate = LAYER_LAID,
				.previous = { s->prev->image, (uint16_t)i },
			};
	if (match_history(s, &p, err) < 0 ||
	    tree_sum(s->tree, n_base, &p.after, err) < 0)
		return -1;
	/* Nothing is asked of the delta behind here: the plan owns it. */
	if (has_delta(s)) {
		s->delta.from = (uint16_t)n_base;
		s->delta.to = (uint16_t)(p.n_source - 1);
		p.layers[p.n_layers++] = s->delta;
		s->delta = (struct plan_layer){ 0 };
	}
	for (uint32_t i = 0; i < p.n_layers; i++)
		p.layers[i].stored = tree_layer(s->tree, i)->stored;
	p.changed = true;
	*out = p;
	p = (struct plan){ 0 };
	return 0;
}

/* Each round may take layers away, and then what the others show is another
 * tree: markers of upper layers hide less, the delta grows. Layers are only
 * ever taken away, so it ends. */
int shrink_plan_on_previous(const struct loaded_image *src,
			    const struct previous_options *prev,
			    const struct plan_options *opt, struct plan *out,
			    struct err *err)
{
	scoped(stack_done) struct stack s = {
		.src = src,
		.prev = prev,
		.opt = opt,
	};
	size_t n = prev->image->n_layers;
	if (src->image->n_layers <= opt->n_base)
		return 0;
	s.laid = calloc(n + 1, sizeof *s.laid);
	if (!s.laid)
		return err_nomem(err, n * sizeof *s.laid);
	for (size_t i = prev->n_base; i < n; i++)
		s.laid[i] = true;
	do {
		int laid;
		while ((laid = lay(&s, err)) == 0)
			;
		if (laid < 0 || cover(&s, err) < 0)
			return -1;
	} while (s.n_laid && s.equal &&
		 (shed_stale(&s) || shed_dead(&s) || shed_small(&s)));
	if (!is_worth_it(&s))
		return 0;
	/* Layers that were made for another base may hold whiteouts that
	 * overlay shows here. That is no fault to report: the usual plan does
	 * without them. */
	struct phantom phantom;
	int found = shrink_find_phantom(s.tree, src->tree,
					(uint32_t)src->n_layers, &phantom, err);
	if (found)
		return found < 0 ? -1 : 0;
	return make_plan(&s, out, err) < 0 ? -1 : 1;
}
