/* SPDX-License-Identifier: Apache-2.0 */
#include "work/cat.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/sink.h"
#include "layer/testsource.h"
#include "work/testwork.h"
#include "base/test.h" /* last: cmocka defines skip */

static const struct testspec two[] = {
	{ .layers = { "f a =lower; f s =x s5:2; f e; d d; p d/p; l l >/a; "
		      "f last =end",
		      "f b =upper; h h >a; f a =new" } },
	{ .layers = { "f a =arm" }, .platform = "linux/arm64" },
};

static void expect(const char *path, const void *content, size_t n)
{
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	scoped(work_cat_done) struct work_cat c = { 0 };
	scoped(buf_done) struct buf got = BUF_INIT(1 << 20);
	scoped(sink_close) struct sink *to = NULL;
	testwork_open(&t, "linux/amd64");
	assert_ok(work_cat_open(&t.s, "oci:app:1", path, &c, &err), &err);
	assert_ok(buf_sink_open(&got, &to, &err), &err);
	assert_ok(work_cat_write(&c, to, &err), &err);
	assert_ok(sink_finish(to, &err), &err);
	assert_int_equal(got.n, n);
	assert_memory_equal(n ? got.p : "", content, n);
}

/* The upper one of two, a hole, nothing at all, a link to a lower layer's file
 * that is overwritten since, a symlink. */
TEST(cat, what_the_final_file_system_has)
{
	IN_NEW_PLACE;
	testsource_oci("app", two, 2, true, "1");
	expect("a", "new", 3);
	expect("h", "lower", 5);
	expect("s", "\0\0x\0\0", 5);
	expect("e", "", 0);
	expect("/l", "new", 3);
	expect("last", "end", 3);
}

static void refuse(const char *path, const char *platform, const char *expected)
{
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	scoped(work_cat_done) struct work_cat c = { 0 };
	testwork_open(&t, platform);
	assert_int_equal(work_cat_open(&t.s, "oci:app:1", path, &c, &err), -1);
	assert_string_equal(err.text, expected);
}

TEST(cat, what_is_no_file)
{
	IN_NEW_PLACE;
	testsource_oci("app", two, 2, true, "1");
	refuse("d", "linux/amd64",
	       "oci:app:1: \"d\": it is a directory; `pare ls` lists it");
	refuse("d/p", "linux/amd64",
	       "oci:app:1: \"d/p\": it is no regular file");
	refuse("b", "linux/arm64",
	       "oci:app:1: \"b\": the image has no such file or directory");
	refuse("a", NULL,
	       "oci:app:1 has 2 platforms; pick one of them with --platform");
}

/* The file of the image is written to between the two steps: what comes is told
 * to be something else, with the layer it is in. */
TEST(cat, a_content_that_changed_since)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	scoped(work_cat_done) struct work_cat c = { 0 };
	scoped(buf_done) struct buf got = BUF_INIT(1 << 20);
	scoped(sink_close) struct sink *to = NULL;
	char name[256], block[3 * 512];
	testwork_open(&t, "linux/arm64");
	testsource_oci("app", two, 2, true, "1");
	assert_ok(work_cat_open(&t.s, "oci:app:1", "a", &c, &err), &err);
	testimage_print(name, sizeof name, "app/blobs/sha256/%s",
			digest_hex(&c.li->image->layers[0].desc.digest).text);
	int fd = open(name, O_RDWR | O_CLOEXEC);
	assert_true(fd >= 0);
	ssize_t n = pread(fd, block, sizeof block, 0);
	char *at = memmem(block, (size_t)n, "arm", 3);
	assert_non_null(at);
	assert_int_equal(pwrite(fd, "ARM", 3, at - block), 3);
	close(fd);
	assert_ok(buf_sink_open(&got, &to, &err), &err);
	assert_int_equal(work_cat_write(&c, to, &err), -1);
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_non_null(strstr(err.text, "layer 1"));
	assert_non_null(strstr(err.text, "it changed while it was read"));
}

TESTS_MAIN(unit(cat, what_the_final_file_system_has),
	   unit(cat, what_is_no_file), unit(cat, a_content_that_changed_since))
