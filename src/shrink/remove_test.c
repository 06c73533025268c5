/* SPDX-License-Identifier: Apache-2.0 */
/* Names taken out of a tree, and the plan without them: a layer kept is "K",
 * one rewritten "R" with what it holds (tiny ones are joined), one that
 * vanished "V". */
#include "shrink/remove.h"

#include <stdio.h>

#include "shrink/make_plan.h"
#include "tree/testtree.h"
#include "base/test.h" /* last: cmocka defines skip */

struct row {
	const char *what;
	const char *layers[5];
	const char *names[5];
	const char *plan, *tree;
	uint32_t n_base;
};

static const char *plan_text(const struct plan *p)
{
	const char *text = "";
	for (uint32_t i = 0; i < p->n_layers; i++) {
		const struct plan_layer *l = &p->layers[i];
		const char *held =
			l->fate == LAYER_KEPT ? "K"
			: l->fate == LAYER_VANISHED
				? "V"
				: testlayer_printf(
					  "R %s",
					  testlayer_text(&l->draft.index));
		text = testlayer_printf("%s%s%s", text, i ? " | " : "", held);
	}
	return text;
}

static void plan_without(const struct row *row, struct loaded_image *li,
			 struct plan *p)
{
	struct err err = { 0 };
	struct digest expected;
	bool forced[TESTLAYERS_MAX + 1] = { false };
	uint32_t nodes[5], n = 0;
	for (; n < 5 && row->names[n]; n++)
		nodes[n] = tree_find(li->tree, str_of(row->names[n]));
	assert_ok(tree_digest(li->tree, &li->digest, &err), &err);
	assert_ok(shrink_remove_nodes(li, nodes, n, forced, &expected, &err),
		  &err);
	struct plan_options opt = { .n_base = row->n_base,
				    .min_gain_bytes = 1000,
				    .forced = forced,
				    .expected = &expected };
	assert_ok(shrink_make_plan(li, &opt, p, &err), &err);
}

static void check(const struct row *rows, size_t n)
{
	unsigned wrong = 0;
	for (size_t i = 0; i < n; i++) {
		scoped(testtree_done) struct testtree t = { 0 };
		scoped(shrink_plan_done) struct plan p = { 0 };
		testtree_make(rows[i].layers, &t);
		struct loaded_image li = { .layers = t.layers,
					   .n_layers = t.n,
					   .tree = t.tree };
		plan_without(&rows[i], &li, &p);
		const char *plan = plan_text(&p);
		const char *tree = testtree_text(t.tree);
		if (strcmp(plan, rows[i].plan) == 0 &&
		    strcmp(tree, rows[i].tree) == 0 && p.n_source == t.n)
			continue;
		print_error("%s:\n  got  \"%s\"\n  and  \"%s\"\n", rows[i].what,
			    plan, tree);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

TEST(remove, names)
{
	static const struct row rows[] = {
		{ "from the layer that has it; others are kept",
		  { "f a =x; f b =y", "f c =z" },
		  { "a" },
		  "R f b =y | K",
		  "f b =y; f c =z",
		  0 },
		{ "all of a layer",
		  { "f a =x", "f c =z" },
		  { "a" },
		  "V | K",
		  "f c =z",
		  0 },
		{ "a file above one of a kept layer: that one is hidden",
		  { "f a =x; f b =y", "f a =new; f c =z" },
		  { "a" },
		  "K | R f .wh.a m0 t0; f c =z",
		  "f b =y; f c =z",
		  1 },
		{ "a directory with all in it, from every layer that has it",
		  { "d d; f d/a =x; f e", "f d/b =y; f g" },
		  { "d", "d/a", "d/b" },
		  "R f e; f g",
		  "f e; f g",
		  0 },
		{ "a marker's layer has the directory, too",
		  { "d d; f d/a =x; f d/b; f e", "f d/.wh.b; f g" },
		  { "d", "d/a" },
		  "R f e; f g",
		  "f e; f g",
		  0 },
		{ "a directory that stands for a file of the base",
		  { "f d =x; f e", "d d; f d/a =y; f g" },
		  { "d", "d/a" },
		  "K | R f .wh.d m0 t0; f g",
		  "f e; f g",
		  1 },
	};
	check(rows, ARRAY_LEN(rows));
}

TEST(remove, hard_links)
{
	static const struct row rows[] = {
		{ "the first name: the second one is the file",
		  { "f a =x; h b >a; h c >a" },
		  { "a" },
		  "R f b =x; h c >b",
		  "f b =x; h c >b",
		  0 },
		{ "one is left",
		  { "f a =x; h b >a" },
		  { "b" },
		  "R f a =x",
		  "f a =x",
		  0 },
		{ "a link of another layer takes the file over",
		  { "f a =x; f c", "h b >a; f d" },
		  { "a" },
		  "R f b =x; f c; f d",
		  "f b =x; f c; f d",
		  0 },
		{ "metadata that the removed link had set stays",
		  { "f a =x; f c", "h b >a m600 t7; f d" },
		  { "b" },
		  "K | R f a =x m600 t7; f d",
		  "f a =x m600 t7; f c; f d",
		  0 },
	};
	check(rows, ARRAY_LEN(rows));
}

TESTS_MAIN(unit(remove, names), unit(remove, hard_links))
