/* SPDX-License-Identifier: Apache-2.0 */
#include "work/diff.h"

#include "layer/testsource.h"
#include "work/testwork.h"
#include "base/test.h" /* last: cmocka defines skip */

static const struct testspec old = { .layers = { "f base #900", "f a =1" } };
static const struct testspec new = { .layers = { "f base #900", "f a =2" } };

TEST(diff, what_is_asked_for_and_no_more)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	unsigned open_files = testimage_open_files();
	testwork_open(&t, NULL);
	testsource_oci("old", &old, 1, false, "1");
	testsource_oci("new", &new, 1, false, "1");
	for (int transfer = 0; transfer <= 1; transfer++) {
		scoped(work_diff_done) struct work_diff d = { 0 };
		const struct work_diff_options opt = { .from = "oci:old:1",
						       .to = "oci:new:1",
						       .transfer = transfer,
						       .packages = !transfer };
		assert_ok(work_diff_run(&t.s, &opt, &d, &err), &err);
		assert_int_equal(d.n, 1);
		assert_int_equal(d.v[0].platform.n, 0);
		assert_int_equal(d.v[0].transfer.layers != NULL, transfer);
		if (transfer)
			assert_int_equal(d.v[0].transfer.n_fetched, 1);
		assert_int_equal(testwork_stored(d.v[0].a), 901);
	}
	assert_int_equal(testimage_open_files(), open_files);
}

TEST(diff, pairs_platforms)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	scoped(work_diff_done) struct work_diff d = { 0 };
	const struct testspec a[] = {
		{ .layers = { "f a =1" } },
		{ .layers = { "f a =22" }, .platform = "linux/arm64/v8" },
	};
	const struct work_diff_options opt = { .from = "oci:a:1",
					       .to = "one.tar" };
	testwork_open(&t, NULL);
	testsource_oci("a", a, 2, true, "1");
	testsource_docker("one.tar", &a[1], "x:1");
	assert_ok(work_diff_run(&t.s, &opt, &d, &err), &err);
	assert_int_equal(d.platforms.n, 2);
	assert_int_equal(d.platforms.n_both, 1);
	assert_null(d.platforms.v[0].image[1]);
	assert_int_equal(d.n, 1);
	assert_true(str_eqz(d.v[0].platform, "linux/arm64/v8"));
	assert_int_equal(testwork_stored(d.v[0].a), 2);
}

TEST(diff, of_two_wrong_names_the_first_is_told)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	scoped(work_diff_done) struct work_diff d = { 0 };
	const struct work_diff_options opt = { .from = "gone1", .to = "gone2" };
	testwork_open(&t, NULL);
	assert_int_equal(work_diff_run(&t.s, &opt, &d, &err), -1);
	assert_memory_equal(err.text, "gone1", 5);
}

TESTS_MAIN(unit(diff, what_is_asked_for_and_no_more),
	   unit(diff, pairs_platforms),
	   unit(diff, of_two_wrong_names_the_first_is_told))
