/* SPDX-License-Identifier: Apache-2.0 */
/* Engines limit how many layers they stack (docker: 125, oci/engines.h). Of
 * neighbours above the base the pair with the smallest sum is joined, again and
 * again:
 *
 *	90M 2M 3M 40M	->	90M 5M 40M	one too many: 2M and 3M
 *
 * It costs the nodes least: a joined layer is another blob, which all must
 * fetch. Each round looks at all pairs, and there are at most some hundred. */
#include "shrink/ceiling.h"

#include <stdlib.h>

#include "oci/engines.h"

/* Output layers above the base that are not empty. */
struct group {
	uint16_t from, to; /* source layers */
	uint64_t size;	   /* bytes of tar */
};

static void free_groups(struct group **v)
{
	free(*v);
}

/* Base layers are nobody's to join, and what vanished is no layer of the
 * result. */
static uint32_t list_groups(const struct ranges *r, uint32_t n_base,
			    struct group *v)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < r->n; i++) {
		const struct plan_layer *l = &r->v[i];
		if (l->fate == LAYER_VANISHED || l->from < n_base)
			continue;
		v[n++] = (struct group){
			l->from,
			l->to,
			layer_is_chosen(l)
				? l->draft.index.tar_size
				: tree_layer(r->t, l->from)->tar_size,
		};
	}
	return n;
}

/* Of equals the upper two: lower layers are shared by more images. */
static void join_smallest(struct group *v, uint32_t *n, uint8_t *joins)
{
	uint32_t at = 1;
	for (uint32_t i = 1; i < *n; i++)
		if (v[i - 1].size + v[i].size <= v[at - 1].size + v[at].size)
			at = i;
	/* joins[s]: source layer s joins the one below it. */
	for (uint32_t s = v[at - 1].from + 1u; s <= v[at].to; s++)
		joins[s] = 1;
	v[at - 1].to = v[at].to;
	v[at - 1].size += v[at].size;
	memmove(&v[at], &v[at + 1], (*n - at - 1) * sizeof *v);
	--*n;
}

int shrink_join_excess(const struct ranges *r, const struct plan_options *opt,
		       uint8_t *joins, struct err *err)
{
	uint32_t n_left = 0;
	for (uint32_t i = 0; i < r->n; i++)
		n_left += r->v[i].fate != LAYER_VANISHED;
	/* joins is as it was: the plan that it led to has few enough layers. */
	if (opt->layers_max == 0 || n_left <= opt->layers_max)
		return 0;
	scoped(free_groups) struct group *v =
		calloc((size_t)r->n + 1, sizeof *v);
	if (!v)
		return err_nomem(err, r->n * sizeof *v);
	uint32_t n = list_groups(r, opt->n_base, v);
	uint32_t excess = n_left - opt->layers_max;
	if (n <= excess)
		return err_set(err, ERR_UNSUPPORTED,
			       "%u layers are kept as the base, and %s takes "
			       "at most %u in all: keep fewer (--base N, or "
			       "--base none)",
			       n_left - n, oci_engines_fewest_layers()->name,
			       opt->layers_max);
	while (excess-- > 0)
		join_smallest(v, &n, joins);
	return 1;
}
