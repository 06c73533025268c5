/* SPDX-License-Identifier: Apache-2.0 */
/* The decoder drops marks (bytes in, bytes out) on its way; between two marks
 * the ratio is taken as constant. Members tile the tar, so the costs of a
 * layer's members add up to its blob.
 *
 * With the marks (in 100, out 1000) and (in 400, out 2000):
 *
 *	member ends at	   500	  1500	  2000
 *	blob so far	    50	   250	   400
 *	cost		    50	   200	   150
 *
 * What a compressor gained from bytes in front of a member is not taken apart:
 * the cost of removing that one member is an estimate, the sum is exact. */
#include "tree/layering.h"

#include "base/vec.h"

/* Compressed bytes between two places of the tar, linear between marks. */
static uint64_t cost_to(struct cost_meter *c, uint64_t out)
{
	struct codec_mark a = { 0, 0 }, b;
	while (c->at < c->marks->n && c->marks->v[c->at].out < out)
		c->at++;
	if (c->at)
		a = c->marks->v[c->at - 1];
	if (c->at == c->marks->n)
		return a.in;
	b = c->marks->v[c->at];
	if (b.out == a.out)
		return b.in;
	/* Exact up to rounding: sizes are below 2^53. */
	double part = (double)(out - a.out) / (double)(b.out - a.out);
	return a.in + (uint64_t)(part * (double)(b.in - a.in));
}

int tree_note_cost(struct layering *l, struct cost_meter *c,
		   const struct index_record *r, struct err *err)
{
	struct tree *t = l->t;
	uint32_t entry = t->n_entries;
	while (t->cap_costs <= entry) {
		uint32_t had = t->cap_costs;
		if (vec_room((void **)&t->costs, had, &t->cap_costs,
			     sizeof *t->costs, err) < 0)
			return -1;
		memset(t->costs + had, 0,
		       (t->cap_costs - had) * sizeof *t->costs);
	}
	/* Rounding must not make a cost negative, so it is measured from the
	 * largest value so far. */
	uint64_t now = cost_to(c, r->end);
	uint64_t cost = now > c->last ? now - c->last : 0;
	c->last = MAX(now, c->last);
	t->costs[entry] = (uint32_t)MIN(cost, (uint64_t)UINT32_MAX);
	return 0;
}
