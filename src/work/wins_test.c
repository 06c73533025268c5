/* SPDX-License-Identifier: Apache-2.0 */
#include "work/wins.h"

#include "layer/testsource.h"
#include "base/test.h" /* last: cmocka defines skip */

/* "[--drop X ][--base none ][--min-gain 0 ]BYTES+MORE[ RULE BYTES].." of each
 * win; the same on one thread and on two. */
static const char *wins(const struct testspec *spec, uint32_t n_base,
			unsigned threads)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(source_close) struct source *s = NULL;
	scoped(tree_loaded_image_done) struct loaded_image li = { 0 };
	scoped(analyze_done) struct analysis a = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
	struct load_options load = { .limits = &limits_default,
				     .threads = 1,
				     .keep_indices = true };
	testsource_oci("img", spec, 1, false, NULL);
	testsource_open("img", &s);
	assert_ok(tree_load_image(testsource_image(s), &load, &li, &err), &err);
	struct digest before = li.digest, after;
	assert_ok(analyze_image(&li, n_base, "", &a, &err), &err);
	assert_ok(work_wins_find(&li, &a, threads, &err), &err);
	for (uint32_t i = 0; i < a.n_wins; i++) {
		const struct win *w = &a.wins[i];
		assert_ok(buf_addf(&out, &err, "%s%s%s%s%s%u+%u", i ? "; " : "",
				   w->drop ? "--drop " : "",
				   w->drop ? w->drop : "",
				   w->base_none ? "--base none" : "",
				   w->any ? "--min-gain 0 " : " ",
				   (unsigned)w->bytes, (unsigned)w->more),
			  &err);
		for (size_t k = 0; k < w->n_parts; k++)
			assert_ok(buf_addf(&out, &err, " %s %u",
					   w->parts[k].rule,
					   (unsigned)w->parts[k].bytes),
				  &err);
	}
	/* The tree is as it was: others look at it now. */
	assert_ok(tree_digest(li.tree, &after, &err), &err);
	assert_true(digest_eq(&before, &after));
	return testlayer_printf("%.*s", STR_ARG(buf_str(&out)));
}

static void assert_wins(const struct testspec *spec, uint32_t n_base,
			const char *want)
{
	for (unsigned threads = 1; threads <= 2; threads++)
		assert_string_equal(wins(spec, n_base, threads), want);
}

static const struct testspec wasteful = {
	.layers = { "f a #1000000; f b #1000000; f c =kept", "f .wh.a; f .wh.b",
		    "f d =xx" },
};
static const struct testspec little = {
	.layers = { "f a #2000; f b =kept", "f .wh.a", "f c =xx" },
};
static const struct testspec caches = {
	.layers = { "f root/.cache/pip/x #5000; f var/lib/apt/lists/y #700; "
		    "f a #600000; f b #600000",
		    "f .wh.a; f .wh.b; f root/.cache/pip/z #300" },
};

TEST(wins, a_layer_that_loses_enough)
{
	assert_wins(&wasteful, 0, " 2000000+2000000");
}

TEST(wins, little_is_won_without_thresholds)
{
	assert_wins(&little, 0, "--min-gain 0 2000+2000");
}

/* What the base stores stays, unless it is taken for no base. */
TEST(wins, of_the_base_only_without_one)
{
	assert_wins(&wasteful, 1, "--base none 2000000+2000000");
}

TEST(wins, caches_beyond_what_is_dead)
{
	assert_wins(&caches, 0,
		    " 1200000+1200000; "
		    "--drop caches 1206000+6000 pip 5300 apt-lists 700");
}

/* The base's own caches are not taken; the layer above it is. */
TEST(wins, caches_above_the_base)
{
	assert_wins(&caches, 1,
		    "--drop caches 300+300 pip 300; "
		    "--base none 1200000+1200000");
}

TEST(wins, nothing)
{
	static const struct testspec clean = { .layers = { "f a =x",
							   "f b =y" } };
	assert_wins(&clean, 0, "");
}

TESTS_MAIN(unit(wins, a_layer_that_loses_enough),
	   unit(wins, little_is_won_without_thresholds),
	   unit(wins, of_the_base_only_without_one),
	   unit(wins, caches_beyond_what_is_dead),
	   unit(wins, caches_above_the_base), unit(wins, nothing))
