/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/testlayout.h"
#include "base/test.h" /* last: cmocka defines skip */

TEST(oci_pick, one_image)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	testimage_index(&t, testimage_manifest(&t, "linux/amd64", 2,
					       testimage_two, REF_NAME("v1"))
				    .text);
	testimage_add(&t, "unknown/file", "is ignored");
	testlayout_write(&t);
	testlayout_expect_image("", " linux/amd64 v1 | one two");
	testlayout_expect_image(":v1", " linux/amd64 v1 | one two");
	testlayout_expect_image(":@0", " linux/amd64 v1 | one two");
	testlayout_expect(":v2", NULL,
			  "not found: D:v2: no such tag; there is: v1");
	testlayout_expect(":@1", NULL,
			  "not found: D:@1: no image @1; index.json has 1");
}

TEST(oci_pick, several_tags)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	struct testtext one = testimage_manifest(&t, "linux/amd64", 2,
						 testimage_two, REF_NAME("v1"));
	struct testtext two = testimage_manifest(
		&t, "linux/amd64", 1, testimage_other,
		BOTH_NAMES("v2", "docker.io/library/app:v2"));
	testimage_index(&t, testlayout_join(one.text, two.text).text);
	testlayout_write(&t);
	testlayout_expect_image(":v1", " linux/amd64 v1 | one two");
	testlayout_expect_image(
		":v2", " linux/amd64 v2 docker.io/library/app:v2 | other");
	testlayout_expect_image(
		":app:v2", " linux/amd64 v2 docker.io/library/app:v2 | other");
	testlayout_expect(
		"", NULL,
		"usage: D: holds several images, name one of them: v1, "
		"docker.io/library/app:v2");
}

TEST(oci_pick, one_image_with_two_tags)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	struct testtext one = testimage_manifest(&t, "linux/amd64", 2,
						 testimage_two, REF_NAME("v1"));
	struct testtext two = testimage_manifest(
		&t, "linux/amd64", 2, testimage_two, REF_NAME("latest"));
	testimage_index(&t, testlayout_join(one.text, two.text).text);
	testlayout_write(&t);
	testlayout_expect_image("", " linux/amd64 v1 latest | one two");
}

TEST(oci_pick, two_images_of_one_name)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	struct testtext one = testimage_manifest(&t, "linux/amd64", 2,
						 testimage_two, REF_NAME("v1"));
	struct testtext two = testimage_manifest(
		&t, "linux/amd64", 1, testimage_other, REF_NAME("v1"));
	testimage_index(&t, testlayout_join(one.text, two.text).text);
	testlayout_write(&t);
	testlayout_expect(
		"", NULL,
		"usage: D: holds several images, name one of them: v1 (@0), v1 "
		"(@1)");
	testlayout_expect(
		":v1", NULL,
		"usage: D:v1: several images are called \"v1\", name one of "
		"them: @0, @1");
	testlayout_expect_image(":@1", " linux/amd64 v1 | other");
}

TESTS_MAIN(unit(oci_pick, one_image), unit(oci_pick, several_tags),
	   unit(oci_pick, one_image_with_two_tags),
	   unit(oci_pick, two_images_of_one_name))
