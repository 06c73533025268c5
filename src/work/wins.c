/* SPDX-License-Identifier: Apache-2.0 */
#include "work/wins.h"

#include <stdlib.h>

#include "analyze/drop.h"
#include "base/pool.h"
#include "catalog/catalog.h"
#include "shrink/shrink.h"
#include "work/optimize.h"

/* A command in the making. */
struct candidate {
	struct task task;
	const struct loaded_image *li;
	const struct analysis *a;
	struct win win;
};

/* What is stored once the command is carried out. A plan lays whiteouts on the
 * tree that it is made of when names go, so such a one gets a tree of its
 * own. */
static int stored_after(const struct candidate *c,
			const struct shrink_decisions *d, uint64_t *stored,
			struct err *err)
{
	scoped(tree_close) struct tree *own = NULL;
	struct shrink_options how = { 0 };
	struct image_result r = { .image = c->li->image, .loaded = *c->li };
	work_optimize_defaults(&how);
	if (c->win.any)
		how.min_gain_bytes = how.min_gain_ppm = 0;
	if (d->n_removed) {
		if (tree_lay_again(c->li, &own, err) < 0)
			return -1;
		r.loaded.tree = own;
	}
	int planned = shrink_plan(&r, d, &how, err);
	*stored = r.plan.after.stored;
	shrink_plan_done(&r.plan);
	return planned;
}

/* What the tree loses compressed, where that is known: shares of the blobs as
 * they are now. */
static uint64_t cost_of(const struct candidate *c, const struct dropping *drop)
{
	const struct tree *t = c->li->tree;
	uint32_t first = c->win.base_none ? 0 : c->a->n_base;
	uint64_t sum = 0;
	for (uint32_t i = first; i < tree_n_layers(t); i++)
		for (int k = 0; k < DEAD_KINDS; k++)
			sum += tree_layer(t, i)->dead_compressed[k];
	for (uint32_t i = 0; i < drop->n; i++)
		if (drop->v[i].bytes)
			sum += tree_cost(
				t, tree_inode(t, tree_top(t, drop->v[i].node)));
	return sum;
}

/* The rules that take most. */
static void list_parts(struct win *w, const struct dropping *drop)
{
	struct catalog_at at = { 0 };
	const struct catalog_drop *rule;
	for (size_t i = 0; (rule = catalog_next_drop(&at)); i++) {
		struct win_part part = { rule->name, drop->by_rule[i].bytes };
		size_t k = w->n_parts;
		if (part.bytes == 0)
			continue;
		w->n_parts_all++;
		if (k == WIN_PARTS_MAX && part.bytes <= w->parts[k - 1].bytes)
			continue;
		k = MIN(k, (size_t)WIN_PARTS_MAX - 1);
		w->n_parts = k + 1;
		for (; k && part.bytes > w->parts[k - 1].bytes; k--)
			w->parts[k] = w->parts[k - 1];
		w->parts[k] = part;
	}
}

/* ERR_NOMEM and ERR_CANCELLED end all of it; another failure is one that the
 * command would have as well, so it wins nothing. */
static int ends(struct err *err)
{
	if (err->code == ERR_NOMEM || err->code == ERR_CANCELLED)
		return -1;
	err_clear(err);
	return 0;
}

/* 1: the command takes something out; its win is made. */
static int plan(struct candidate *c, struct err *err)
{
	scoped(analyze_drops_done) struct dropping drop = { 0 };
	struct shrink_decisions d = {
		.base = { .n_layers = c->win.base_none ? 0 : c->a->n_base,
			  .why = c->a->base_why },
	};
	uint64_t rules = 0, now = c->a->totals.stored, after = now;
	if (c->win.drop &&
	    (analyze_select_drop(str_of(c->win.drop), &rules, err) < 0 ||
	     analyze_find_drops(c->li, rules, d.base.n_layers, &drop, err) < 0))
		return ends(err);
	if (c->win.drop && drop.n == 0)
		return 0;
	d.removed = drop.nodes;
	d.n_removed = drop.n;
	if (stored_after(c, &d, &after, err) < 0)
		return ends(err);
	if (after >= now)
		return 0;
	c->win.bytes = now - after;
	c->win.has_compressed = c->a->totals.has_compressed;
	c->win.compressed = cost_of(c, &drop);
	list_parts(&c->win, &drop);
	return 1;
}

/* Where the thresholds of optimize let nothing be won, what it wins without. */
static int plan_plain(struct candidate *c, struct err *err)
{
	int planned = plan(c, err);
	if (planned)
		return planned;
	c->win.any = true;
	return plan(c, err);
}

static int run(struct task *task, struct err *err)
{
	struct candidate *c = container_of(task, struct candidate, task);
	const struct tree_totals *t = &c->a->totals;
	/* Plans that find nothing to do are not made. */
	if (c->win.base_none && (c->a->n_base == 0 || t->dead_base == 0))
		return 0;
	if (c->win.drop || c->win.any)
		return plan(c, err);
	return c->win.base_none || t->dead > t->dead_base ? plan_plain(c, err)
							  : 0;
}

/* All at once. */
static int run_all(struct candidate *v, size_t n, unsigned threads,
		   struct err *err)
{
	scoped(pool_close) struct pool *pool = NULL;
	struct task *done;
	int r;
	if (pool_new(threads, &pool, err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		v[i].task = (struct task){ .run = run };
		pool_submit(pool, &v[i].task);
	}
	while ((r = pool_next(pool, &done, err)) > 0)
		;
	return r;
}

/* What the first command wins is not told again. */
static void add(struct analysis *a, const struct candidate *c,
		const struct win *first)
{
	struct win w = c->win;
	w.more = w.bytes;
	w.compressed_more = w.compressed;
	if (first) {
		if (w.bytes <= first->bytes)
			return;
		w.more -= first->bytes;
		w.compressed_more -= MIN(first->compressed, w.compressed);
	}
	if (w.bytes)
		a->wins[a->n_wins++] = w;
}

int work_wins_find(const struct loaded_image *li, struct analysis *a,
		   unsigned threads, struct err *err)
{
	struct candidate all[] = {
		{ .li = li, .a = a },
		{ .li = li, .a = a, .win.drop = "caches" },
		{ .li = li, .a = a, .win.base_none = true },
	};
	if (run_all(all, ARRAY_LEN(all), threads, err) < 0)
		return -1;
	/* Where the first needs --min-gain 0, the others would win less than it
	 * does without. */
	if (all[0].win.any && all[0].win.bytes) {
		for (size_t i = 1; i < ARRAY_LEN(all); i++)
			all[i].win = (struct win){
				.drop = all[i].win.drop,
				.base_none = all[i].win.base_none,
				.any = true,
			};
		if (run_all(all + 1, ARRAY_LEN(all) - 1, threads, err) < 0)
			return -1;
	}
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		add(a, &all[i], i ? &all[0].win : NULL);
	return 0;
}
