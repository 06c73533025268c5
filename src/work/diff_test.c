/* SPDX-License-Identifier: Apache-2.0 */
#include "work/diff.h"

#include <fcntl.h>
#include <stdio.h>

#include "base/slurp.h"
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

/* A layer that both have is read in the first image alone, where the blobs are
 * equal; its bytes in the second are held against the digest. */
TEST(diff, shared_layers_are_read_once)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	static const struct {
		const char *from, *to;
		enum codec codec;
	} cases[] = { { "oci:old:1", "oci:new:1", CODEC_NONE },
		      { "old.tar", "new.tar", CODEC_NONE },
		      { "old.tar", "oci:new:1", CODEC_NONE },
		      { "oci:old:1", "oci:new:1", CODEC_GZIP } };
	testwork_open(&t, NULL);
	testsource_oci("old", &old, 1, false, "1");
	testsource_docker("old.tar", &old, "x:1");
	testsource_docker("new.tar", &new, "x:1");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		scoped(work_diff_done) struct work_diff d = { 0 };
		const struct work_diff_options opt = { .from = cases[i].from,
						       .to = cases[i].to,
						       .transfer = true };
		bool same = cases[i].codec == CODEC_NONE;
		struct testspec to = new;
		to.codec = cases[i].codec;
		testsource_oci("new", &to, 1, false, "1");
		assert_ok(work_diff_run(&t.s, &opt, &d, &err), &err);
		const struct loaded_image *a = d.v[0].a, *b = d.v[0].b;
		assert_true((b->used[0] == &a->layers[0]) == same);
		assert_ptr_equal(b->used[1], &b->layers[1]);
		assert_int_equal(testwork_stored(b), 901);
		assert_int_equal(d.v[0].transfer.n_fetched, same ? 1 : 2);
		assert_int_equal(d.v[0].transfer.layers[0].same_tar, !same);
	}
}

TEST(diff, a_shared_layer_that_is_damaged)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	scoped(work_diff_done) struct work_diff d = { 0 };
	const struct work_diff_options opt = { .from = "a.tar", .to = "b.tar" };
	testwork_open(&t, NULL);
	testsource_docker("a.tar", &old, "x:1");
	testsource_docker("b.tar", &new, "x:1");
	scoped(buf_done) struct buf text = BUF_INIT(1 << 20);
	assert_ok(slurp_file(AT_FDCWD, "b.tar", 0, &text, &err), &err);
	char *at = memmem(text.p, text.n, "base\0\0\0\0", 8);
	assert_non_null(at);
	FILE *f = fopen("b.tar", "r+");
	assert_non_null(f);
	assert_int_equal(fseek(f, at - text.p + 600, SEEK_SET), 0);
	assert_int_equal(fputc('7', f), '7');
	assert_int_equal(fclose(f), 0);
	assert_int_equal(work_diff_run(&t.s, &opt, &d, &err), -1);
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_non_null(strstr(err.text, "b.tar: layer 1"));
	assert_non_null(strstr(err.text, "DiffID is sha256:"));
}

TESTS_MAIN(unit(diff, shared_layers_are_read_once),
	   unit(diff, a_shared_layer_that_is_damaged),
	   unit(diff, what_is_asked_for_and_no_more),
	   unit(diff, pairs_platforms),
	   unit(diff, of_two_wrong_names_the_first_is_told))
