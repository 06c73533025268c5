/* SPDX-License-Identifier: Apache-2.0 */
#include "work/analyze.h"

#include "layer/testsource.h"
#include "work/testwork.h"
#include "base/test.h" /* last: cmocka defines skip */

/* 900 bytes of the first layer are dead, 40 of the second. */
static const struct testspec wasteful = {
	.layers = { "f a #900; f keep =1", "f b #40; f .wh.a", "f b =2" },
};

static int analyze(const char *name, const struct work_analyze_options *opt,
		   struct testwork *t, struct source **src,
		   struct work_analyzed *out, struct err *err)
{
	const struct image_set *set;
	testwork_open(t, NULL);
	if (work_open_images(&t->s, name, src, &set, err) < 0)
		return -1;
	return work_analyze_run(&t->s, set, opt, out, err);
}

TEST(analyze, dead_bytes_and_what_can_be_won)
{
	IN_NEW_PLACE;
	unsigned open_files = testimage_open_files();
	testsource_docker("app.tar", &wasteful, "x:1");
	for (uint32_t n_base = 0; n_base <= 3; n_base++) {
		static const uint64_t dead_base[] = { 0, 900, 940, 940 };
		static const uint64_t won[] = { 940, 40, 0, 0 };
		struct err err = { 0 };
		scoped(testwork_done) struct testwork t;
		scoped(source_close) struct source *src = NULL;
		scoped(work_analyzed_done) struct work_analyzed a = { 0 };
		const struct work_analyze_options opt = {
			.base = { .mode = BASE_LAYERS, .n_layers = n_base },
			.wins = true,
		};
		assert_ok(analyze("app.tar", &opt, &t, &src, &a, &err), &err);
		assert_int_equal(a.n, 1);
		assert_int_equal(a.v[0].totals.dead, 940);
		assert_int_equal(a.v[0].totals.dead_base, dead_base[n_base]);
		/* So little is won with no threshold alone; of a base that is
		 * one only without it. */
		const struct win *w = a.v[0].wins;
		assert_int_equal(a.v[0].n_wins, 1 + (n_base == 1));
		assert_int_equal(w->base_none, won[n_base] == 0);
		assert_int_equal(w->bytes, won[n_base] ? won[n_base] : 940);
		assert_true(w->any);
		assert_int_equal(a.v[0].wins[n_base == 1].more,
				 n_base == 1 ? 900 : w->bytes);
	}
	assert_int_equal(testimage_open_files(), open_files);
}

TEST(analyze, plans_nothing_unasked)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	scoped(source_close) struct source *src = NULL;
	scoped(work_analyzed_done) struct work_analyzed a = { 0 };
	const struct work_analyze_options opt = { .base.mode = BASE_NONE };
	testsource_docker("app.tar", &wasteful, "x:1");
	assert_ok(analyze("app.tar", &opt, &t, &src, &a, &err), &err);
	assert_int_equal(a.v[0].totals.dead, 940);
	assert_int_equal(a.v[0].n_wins, 0);
}

TEST(analyze, every_platform)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	scoped(source_close) struct source *src = NULL;
	scoped(work_analyzed_done) struct work_analyzed a = { 0 };
	const struct work_analyze_options opt = { .base.mode = BASE_NONE };
	const struct testspec two[] = {
		{ .layers = { "f a =1" } },
		{ .layers = { "f a =22" }, .platform = "linux/arm64" },
	};
	testsource_oci("app", two, 2, true, "1");
	assert_ok(analyze("oci:app:1", &opt, &t, &src, &a, &err), &err);
	assert_int_equal(a.n, 2);
	assert_int_equal(a.v[0].totals.stored, 1);
	assert_int_equal(a.v[1].totals.stored, 2);
}

TEST(analyze, a_base_that_does_not_fit)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	scoped(source_close) struct source *src = NULL;
	scoped(work_analyzed_done) struct work_analyzed a = { 0 };
	const struct work_analyze_options opt = {
		.base = { .mode = BASE_LAYERS, .n_layers = 4 },
	};
	testsource_docker("app.tar", &wasteful, "x:1");
	assert_int_equal(analyze("app.tar", &opt, &t, &src, &a, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
}

TESTS_MAIN(unit(analyze, dead_bytes_and_what_can_be_won),
	   unit(analyze, plans_nothing_unasked), unit(analyze, every_platform),
	   unit(analyze, a_base_that_does_not_fit))
