/* SPDX-License-Identifier: Apache-2.0 */
/* Plans of at most so many layers: those of the result as their source layers,
 * a kept one as "K", one that vanished left out. */
#include "shrink/ceiling.h"

#include <stdio.h>

#include "shrink/make_plan.h"
#include "tree/testtree.h"
#include "base/test.h" /* last: cmocka defines skip */

static const char *ranges_text(const struct plan *p)
{
	const char *text = "";
	for (uint32_t i = 0; i < p->n_layers; i++) {
		const struct plan_layer *l = &p->layers[i];
		if (l->fate == LAYER_VANISHED)
			continue;
		text = testlayer_printf("%s %s%u-%u", text,
					l->fate == LAYER_KEPT ? "K" : "",
					l->from, l->to);
	}
	return text;
}

static int plan(const char *const *layers, const struct plan_options *opt,
		struct plan *p, struct err *err)
{
	scoped(testtree_done) struct testtree t = { 0 };
	testtree_make(layers, &t);
	struct loaded_image li = { .layers = t.layers,
				   .n_layers = t.n,
				   .tree = t.tree };
	assert_ok(tree_digest(t.tree, &li.digest, err), err);
	return shrink_make_plan(&li, opt, p, err);
}

static const struct row {
	const char *what;
	const char *layers[6];
	uint32_t n_base, most;
	const char *ranges;
} rows[] = {
	{ "few enough",
	  { "f a =1", "f b =2", "f c =3" },
	  0,
	  3,
	  " K0-0 K1-1 K2-2" },
	{ "the two that are smallest together",
	  { "f a #900000", "f b =2", "f c #400000", "f d =4", "f e #300000" },
	  0,
	  4,
	  " K0-0 K1-1 K2-2 3-4" },
	{ "of equals the upper two",
	  { "f a #300000", "f b #300000", "f c #300000" },
	  0,
	  2,
	  " K0-0 1-2" },
	{ "the base stays",
	  { "f a =1", "f b =2", "f c #300000", "f d #300000" },
	  2,
	  3,
	  " K0-0 K1-1 2-3" },
	{ "down to one",
	  { "f a #300000", "f b #300000", "f c #300000" },
	  0,
	  1,
	  " 0-2" },
	{ "a layer that vanishes counts for nothing",
	  { "f a #300000", "f b #200000", "f b #200000 m600", "f c #300000" },
	  0,
	  3,
	  " K0-0 K2-2 K3-3" },
	{ "one that links into what is joined is written, too",
	  { "f a #300000; f x =1", "f b #300000", "f c #900000; h l >x" },
	  0,
	  2,
	  " 0-1 2-2" },
};

TEST(ceiling, ranges)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = { 0 };
		scoped(shrink_plan_done) struct plan p = { 0 };
		struct plan_options opt = { .n_base = rows[i].n_base,
					    .min_gain_bytes = 1000,
					    .layers_max = rows[i].most };
		assert_ok(plan(rows[i].layers, &opt, &p, &err), &err);
		if (strcmp(ranges_text(&p), rows[i].ranges) != 0)
			fail_msg("%s: %s", rows[i].what, ranges_text(&p));
	}
}

TEST(ceiling, a_base_that_leaves_no_room)
{
	(void)state;
	static const char *const layers[] = { "f a =1", "f b =2", "f c =3",
					      NULL };
	struct err err = { 0 };
	scoped(shrink_plan_done) struct plan p = { 0 };
	struct plan_options opt = { .n_base = 2, .layers_max = 2 };
	assert_fails(plan(layers, &opt, &p, &err), &err, ERR_UNSUPPORTED,
		     "2 layers are kept as the base, and docker takes at most "
		     "2 in all: keep fewer (--base N, or --base none)");
}

TESTS_MAIN(unit(ceiling, ranges), unit(ceiling, a_base_that_leaves_no_room))
