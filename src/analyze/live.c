/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/live.h"

#include <stdlib.h>

void analyze_live_done(struct live *l)
{
	free(l->below);
	free(l->files);
	free(l->v);
	free(l->dirs);
	*l = (struct live){ 0 };
}

/* What the passes share. Arrays have an element a node, but seen: an entry. */
struct account {
	const struct tree *t;
	struct live *out;
	uint32_t *order; /* live nodes as they are listed: parents first */
	uint32_t n;
	bool *seen;	   /* the inode has been counted */
	uint64_t *largest; /* bytes of the child directory that has most */
	bool *open;	   /* all directories above gave way */
};

static void account_done(struct account *a)
{
	free(a->order);
	free(a->seen);
	free(a->largest);
	free(a->open);
}

static bool is_dir(const struct account *a, uint32_t node)
{
	return tree_top(a->t, node)->type == TAR_DIR;
}

/* The file of a name that is the first of its inode. */
static void count_name(struct account *a, uint32_t node)
{
	const struct tree *t = a->t;
	const struct tree_entry *inode = tree_inode(t, tree_top(t, node));
	uint32_t id = tree_id(t, inode);
	if (inode->type != TAR_FILE || !tree_stores(inode) || a->seen[id])
		return;
	a->seen[id] = true;
	a->out->below[node] = tree_payload(t, inode);
	a->out->files[node] = 1;
	if (a->out->below[node])
		a->out->v[a->out->n++] =
			(struct live_place){ node, a->out->below[node] };
}

static int count_names(struct account *a, struct err *err)
{
	scoped(tree_walk_done) struct tree_walk w;
	uint32_t node;
	int r;
	tree_walk_begin(&w, a->t);
	while ((r = tree_walk_next(&w, &node, err)) > 0) {
		a->order[a->n++] = node;
		count_name(a, node);
	}
	return r;
}

/* From the last node up: what is below one is summed when its turn comes. */
static void sum_dirs(struct account *a)
{
	struct live *l = a->out;
	for (uint32_t i = a->n; i-- > 0;) {
		uint32_t node = a->order[i], up = tree_parent(a->t, node);
		if (node == up)
			continue;
		l->below[up] += l->below[node];
		l->files[up] += l->files[node];
		if (is_dir(a, node))
			a->largest[up] = MAX(a->largest[up], l->below[node]);
	}
}

static bool gives_way(const struct account *a, uint32_t node)
{
	return a->largest[node] > a->out->below[node] / 3;
}

static void choose_dirs(struct account *a)
{
	struct live *l = a->out;
	for (uint32_t i = 0; i < a->n; i++) {
		uint32_t node = a->order[i], up = tree_parent(a->t, node);
		if (!is_dir(a, node) || l->below[node] == 0)
			continue;
		a->open[node] = node == up || (a->open[up] && gives_way(a, up));
		if (a->open[node] && !gives_way(a, node))
			l->dirs[l->n_dirs++] =
				(struct live_place){ node, l->below[node] };
	}
}

/* Stable: both were filled in the order of the listing. */
static int costlier(const void *x, const void *y, void *rank)
{
	const struct live_place *a = x, *b = y;
	const uint32_t *at = rank;
	if (a->bytes != b->bytes)
		return a->bytes > b->bytes ? -1 : 1;
	return at[a->node] < at[b->node] ? -1 : at[a->node] > at[b->node];
}

static void free_rank(uint32_t **v)
{
	free(*v);
}

static int sort(struct account *a, struct err *err)
{
	scoped(free_rank) uint32_t *rank =
		calloc(tree_n_nodes(a->t), sizeof *rank);
	if (!rank)
		return err_nomem(err, tree_n_nodes(a->t) * sizeof *rank);
	for (uint32_t i = 0; i < a->n; i++)
		rank[a->order[i]] = i;
	qsort_r(a->out->v, a->out->n, sizeof *a->out->v, costlier, rank);
	qsort_r(a->out->dirs, a->out->n_dirs, sizeof *a->out->dirs, costlier,
		rank);
	return 0;
}

int analyze_live(const struct tree *t, struct live *out, struct err *err)
{
	size_t n = tree_n_nodes(t);
	*out = (struct live){
		.below = calloc(n, sizeof *out->below),
		.files = calloc(n, sizeof *out->files),
		.v = calloc(n, sizeof *out->v),
		.dirs = calloc(n, sizeof *out->dirs),
	};
	scoped(account_done) struct account a = {
		.t = t,
		.out = out,
		.order = calloc(n, sizeof *a.order),
		.seen = calloc((size_t)tree_n_entries(t) + 1, sizeof *a.seen),
		.largest = calloc(n, sizeof *a.largest),
		.open = calloc(n, sizeof *a.open),
	};
	if (!out->below || !out->files || !out->v || !out->dirs || !a.order ||
	    !a.seen || !a.largest || !a.open)
		return err_nomem(err, n * sizeof *out->v);
	if (count_names(&a, err) < 0)
		return -1;
	sum_dirs(&a);
	choose_dirs(&a);
	return sort(&a, err);
}
