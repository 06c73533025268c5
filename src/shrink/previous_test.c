/* SPDX-License-Identifier: Apache-2.0 */
/* Plans on a previous image: a source layer that is kept is "K", one that is
 * rewritten "R", one whose blob is the previous image's "U" with its layer
 * there, and a previous layer that stands for none of the source's "L". */
#include "shrink/previous.h"

#include <stdio.h>

#include "layer/testsource.h"
#include "shrink/reuse.h"
#include "base/test.h" /* last: cmocka defines skip */

struct pair {
	struct source *sources[2];
	struct loaded_image images[2]; /* the source, the previous one */
};

static void pair_done(struct pair *p)
{
	for (int i = 0; i < 2; i++) {
		tree_loaded_image_done(&p->images[i]);
		source_close(&p->sources[i]);
	}
}

static void pair_make(const struct testspec *src, const struct testspec *prev,
		      struct pair *p)
{
	static const char *const dirs[] = { "src", "prev" };
	const struct testspec *specs[] = { src, prev };
	struct load_options load = { .limits = &limits_default,
				     .threads = 1,
				     .keep_indices = true };
	struct err err = { 0 };
	for (int i = 0; i < 2; i++) {
		testsource_oci(dirs[i], specs[i], 1, false, NULL);
		testsource_open(dirs[i], &p->sources[i]);
		assert_ok(tree_load_image(testsource_image(p->sources[i]),
					  &load, &p->images[i], &err),
			  &err);
	}
}

static const char *fates_text(const struct plan *p)
{
	const char *text = "";
	for (uint32_t i = 0; i < p->n_layers; i++) {
		const struct plan_layer *l = &p->layers[i];
		const char *fate = l->fate == LAYER_KEPT	? "K"
				   : l->fate == LAYER_REWRITTEN ? "R"
				   : l->fate == LAYER_REUSED	? "U"
				   : l->fate == LAYER_LAID	? "L"
								: "V";
		text = testlayer_printf("%s%s%s", text, i ? " " : "", fate);
		if (layer_is_previous(l->fate))
			text = testlayer_printf("%s%u", text,
						l->previous.position);
	}
	return text;
}

static const struct row {
	const char *what;
	struct testspec src, prev;
	uint32_t n_base, previous_base;
	const char *fates; /* NULL: too little in common */
} rows[] = {
	{ "a source of one layer over a previous image of two",
	  { .layers = { "f a =aaaa; f b =bbbb" } },
	  { .layers = { "f a =aaaa", "f b =bbbb" } },
	  0,
	  0,
	  "L0 L1" },
	{ "one layer that has grown",
	  { .layers = { "f a =aaaa; f b =bbbb; f c =c" } },
	  { .layers = { "f a =aaaa; f b =bbbb" } },
	  0,
	  0,
	  "L0 R" },
	{ "a base, and what a previous image had on it",
	  { .layers = { "f base =x", "f a =aaaa; f c =c" } },
	  { .layers = { "f base =x", "f a =aaaa" } },
	  1,
	  1,
	  "U0 L1 R" },
	{ "nothing in common",
	  { .layers = { "f a =aaaa" } },
	  { .layers = { "f b =bbbb" } },
	  0,
	  0,
	  NULL },
	{ "no layer above the base",
	  { .layers = { "f a =aaaa" } },
	  { .layers = { "f a =aaaa" } },
	  1,
	  1,
	  NULL },
};

static void check_row(const struct row *row)
{
	struct err err = { 0 };
	scoped(pair_done) struct pair p = { 0 };
	scoped(shrink_plan_done) struct plan plan = { 0 };
	pair_make(&row->src, &row->prev, &p);
	struct plan_options opt = { .n_base = row->n_base };
	struct previous_options prev = { &p.images[1], row->previous_base };
	int r = shrink_plan_on_previous(&p.images[0], &prev, &opt, &plan, &err);
	assert_ok(r, &err);
	if (r == 0) {
		if (row->fates)
			fail_msg("%s: no plan", row->what);
		return;
	}
	assert_ok(shrink_reuse_blobs(&p.images[0], &p.images[1], &plan, &err),
		  &err);
	if (!row->fates || strcmp(fates_text(&plan), row->fates) != 0)
		fail_msg("%s: %s", row->what, fates_text(&plan));
}

TEST(previous, fates)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		IN_NEW_PLACE;
		check_row(&rows[i]);
	}
}

/* An index that has fewer records than it counts, as a damaged cache may hold
 * it, is that of another layer; so is one that is cut short in a record. */
TEST(previous, an_index_that_ends_early)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	const struct testspec spec = { .layers = { "f a =aaaa; f b =b" } };
	scoped(pair_done) struct pair p = { 0 };
	pair_make(&spec, &spec, &p);
	struct layer_index *prev = &p.images[1].layers[0];
	struct plan_layer one = { .fate = LAYER_REWRITTEN };
	struct plan plan = { .layers = &one, .n_layers = 1 };
	testlayer_index(spec.layers[0], &one.draft.index);
	prev->records.pieces[0].n = 0;
	assert_ok(shrink_reuse_blobs(&p.images[0], &p.images[1], &plan, &err),
		  &err);
	assert_int_equal(one.fate, LAYER_REWRITTEN);
	prev->records.pieces[0].n = 3;
	assert_fails(
		shrink_reuse_blobs(&p.images[0], &p.images[1], &plan, &err),
		&err, ERR_CORRUPT,
		"layer index: the record of the member at 0 is "
		"broken");
	layer_index_done(&one.draft.index);
}

TESTS_MAIN(unit(previous, fates), unit(previous, an_index_that_ends_early))
