/* SPDX-License-Identifier: Apache-2.0 */
#include "work/gain.h"

#include "layer/testsource.h"
#include "base/test.h" /* last: cmocka defines skip */

static struct work_gain gain_of(const struct testspec *spec, uint32_t n_base)
{
	struct err err = { 0 };
	scoped(source_close) struct source *s = NULL;
	scoped(tree_loaded_image_done) struct loaded_image li = { 0 };
	struct load_options load = { .limits = &limits_default,
				     .threads = 1,
				     .keep_indices = true };
	struct tree_totals totals;
	struct work_gain gain;
	testsource_oci("img", spec, 1, false, NULL);
	testsource_open("img", &s);
	assert_ok(tree_load_image(testsource_image(s), &load, &li, &err), &err);
	assert_ok(tree_sum(li.tree, n_base, &totals, &err), &err);
	assert_ok(work_gain_of(&li, n_base, totals.stored, &gain, &err), &err);
	return gain;
}

static const struct testspec wasteful = {
	.layers = { "f a #1000000; f b #1000000; f c =kept", "f .wh.a; f .wh.b",
		    "f d =xx" },
};
static const struct testspec little = {
	.layers = { "f a #2000; f b =kept", "f .wh.a", "f c =xx" },
};

TEST(gain, a_layer_that_loses_enough)
{
	IN_NEW_PLACE;
	struct work_gain gain = gain_of(&wasteful, 0);
	assert_int_equal(gain.bytes, 2000000);
	assert_false(gain.any);
}

TEST(gain, little_is_won_without_thresholds)
{
	IN_NEW_PLACE;
	struct work_gain gain = gain_of(&little, 0);
	assert_int_equal(gain.bytes, 2000);
	assert_true(gain.any);
}

/* What the base stores stays, dead or not. */
TEST(gain, nothing_of_the_base)
{
	IN_NEW_PLACE;
	assert_int_equal(gain_of(&wasteful, 1).bytes, 0);
}

TESTS_MAIN(unit(gain, a_layer_that_loses_enough),
	   unit(gain, little_is_won_without_thresholds),
	   unit(gain, nothing_of_the_base))
