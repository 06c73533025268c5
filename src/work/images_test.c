/* SPDX-License-Identifier: Apache-2.0 */
#include "work/images.h"

#include "layer/testsource.h"
#include "work/testwork.h"
#include "base/test.h" /* last: cmocka defines skip */

static const struct testspec two[] = {
	{ .layers = { "f a =1" } },
	{ .layers = { "f a =22" }, .platform = "linux/arm64" },
};

TEST(images, every_platform_of_a_name)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	scoped(work_images_done) struct work_images i = { 0 };
	testwork_open(&t, NULL);
	testsource_oci("app", two, 2, true, "1");
	assert_ok(work_images_read(&t.s, "oci:app:1", &i, &err), &err);
	assert_int_equal(i.n, 2);
	assert_int_equal(testwork_stored(&i.v[0]), 1);
	assert_int_equal(testwork_stored(&i.v[1]), 2);
	assert_string_equal(t.notes, "");
}

TEST(images, one_platform_of_several)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	scoped(work_images_done) struct work_images i = { 0 };
	testwork_open(&t, "linux/arm64");
	testsource_oci("app", two, 2, true, "1");
	assert_ok(work_images_read(&t.s, "oci:app:1", &i, &err), &err);
	assert_int_equal(i.n, 1);
	assert_int_equal(testwork_stored(&i.v[0]), 2);
}

/* Whatever fails, nothing that was opened on the way stays open. */
TEST(images, failures_leave_nothing_open)
{
	IN_NEW_PLACE;
	static const char *const names[] = { "gone.tar", "", "oci:app:2",
					     "cut.tar" };
	unsigned open_files = testimage_open_files();
	testsource_oci("app", two, 2, true, "1");
	testwork_write("cut.tar", "no image");
	for (size_t k = 0; k < ARRAY_LEN(names); k++) {
		struct err err = { 0 };
		scoped(testwork_done) struct testwork t;
		scoped(work_images_done) struct work_images i = { 0 };
		testwork_open(&t, NULL);
		assert_int_equal(work_images_read(&t.s, names[k], &i, &err),
				 -1);
		assert_true(err.text[0]);
	}
	assert_int_equal(testimage_open_files(), open_files);
}

/* An error names the image, and what was read before it is released. */
TEST(images, a_later_image_that_is_damaged)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	scoped(work_images_done) struct work_images i = { 0 };
	testwork_open(&t, NULL);
	testsource_oci("app", two, 2, true, "1");
	assert_ok(work_open_images(&t.s, "oci:app:1", &i.source, &i.set, &err),
		  &err);
	char name[256];
	testimage_print(
		name, sizeof name, "app/blobs/sha256/%s",
		digest_hex(&i.set->images[1]->layers[0].desc.digest).text);
	work_images_done(&i);
	testwork_write(name, "cut");
	assert_int_equal(work_images_read(&t.s, "oci:app:1", &i, &err), -1);
	assert_non_null(strstr(err.text, "oci:app:1"));
	assert_non_null(strstr(err.text, "is 3 bytes long"));
	assert_int_equal(i.n, 1);
	err_clear(&err);
	work_images_done(&i);
	assert_int_equal(i.n, 0);
	assert_null(i.source);
}

TESTS_MAIN(unit(images, every_platform_of_a_name),
	   unit(images, one_platform_of_several),
	   unit(images, failures_leave_nothing_open),
	   unit(images, a_later_image_that_is_damaged))
