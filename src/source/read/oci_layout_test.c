/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/testlayout.h"
#include "base/test.h" /* last: cmocka defines skip */

TEST(oci_layout, nested_index_with_platforms_and_attestations)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	struct testtext amd = testimage_manifest(
		&t, "linux/amd64", 2, testimage_two, PLATFORM("amd64"));
	struct testtext arm = testimage_manifest(
		&t, "linux/arm64", 1, testimage_other, PLATFORM("arm64"));
	struct testtext seen =
		testimage_blob(NULL, MT_OCI_MANIFEST, "absent", ATTESTATION);
	struct testtext two = testlayout_join(amd.text, arm.text);
	testimage_index(&t,
			testlayout_index_of(
				&t, testlayout_join(two.text, seen.text).text,
				REF_NAME("v1"))
				.text);
	testlayout_write(&t);
	testlayout_expect_image(
		"", " linux/amd64 v1 | one two; linux/arm64 v1 | other "
		    "+1");
	testlayout_expect_platform("", "linux/arm64",
				   " linux/arm64 v1 | other +1");
	testlayout_expect(
		"", "linux/s390x",
		"not found: D: no image for platform linux/s390x; there is: "
		"linux/amd64, linux/arm64");
}

TEST(oci_layout, a_manifest_named_twice_is_one_image)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	struct testtext amd = testimage_manifest(
		&t, "linux/amd64", 2, testimage_two, PLATFORM("amd64"));
	testimage_index(
		&t, testlayout_index_of(
			    &t, testlayout_join(amd.text, amd.text).text, "")
			    .text);
	testlayout_write(&t);
	testlayout_expect_image("", " linux/amd64 | one two");
}

TEST(oci_layout, platforms_in_index_json_itself)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	struct testtext amd = testimage_manifest(
		&t, "linux/amd64", 2, testimage_two, PLATFORM("amd64"));
	struct testtext arm = testimage_manifest(
		&t, "linux/arm64", 1, testimage_other, PLATFORM("arm64"));
	testimage_index(&t, testlayout_join(amd.text, arm.text).text);
	testlayout_write(&t);
	testlayout_expect_image("",
				" linux/amd64 | one two; linux/arm64 | other");
}

TEST(oci_layout, a_missing_platform_can_be_left_out)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	char want[512];
	(void)state;
	struct testtext amd = testimage_manifest(
		&t, "linux/amd64", 2, testimage_two, PLATFORM("amd64"));
	struct testtext arm = testimage_blob(NULL, MT_OCI_MANIFEST, "absent",
					     PLATFORM("arm64"));
	testimage_index(
		&t, testlayout_index_of(
			    &t, testlayout_join(amd.text, arm.text).text, "")
			    .text);
	testlayout_write(&t);
	testlayout_expect_platform("", "linux/amd64", " linux/amd64 | one two");
	struct testtext d = testimage_digest("absent");
	testimage_print(
		want, sizeof want,
		"not found: D: linux/arm64 is not here, --platform linux/amd64 "
		"is; or copy the image again, all platforms of it (manifest "
		"sha256:%.12s: blob %s is missing)",
		d.text + 7, d.text);
	testlayout_expect("", NULL, want);
}

TEST(oci_layout, index_in_index_in_index)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	struct testtext at =
		testimage_manifest(&t, "linux/amd64", 1, testimage_other, "");
	for (int i = 0; i < 4; i++)
		at = testlayout_index_of(&t, at.text, "");
	testimage_index(&t, at.text);
	testlayout_write(&t);
	testlayout_expect_image("", " linux/amd64 | other");
	scoped(testimage_done) struct testimage deeper = { 0 };
	at = testimage_manifest(&deeper, "linux/amd64", 1, testimage_other, "");
	for (int i = 0; i < 5; i++)
		at = testlayout_index_of(&deeper, at.text, "");
	testimage_index(&deeper, at.text);
	testlayout_write(&deeper);
	testlayout_expect(
		"", NULL,
		"limit: D: 5 nesting of image indices, over the limit of 4 "
		"(raise it with --limit index_depth=N)");
}

TEST(oci_layout, layers_and_diff_ids_differ)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	testlayout_index_with(&t, testlayout_config_of(&t).text, "");
	testlayout_write(&t);
	testlayout_expect(
		"", NULL,
		"corrupt: D: 0 layers, but the config lists 1 diff_ids");
}

TESTS_MAIN(unit(oci_layout, nested_index_with_platforms_and_attestations),
	   unit(oci_layout, a_manifest_named_twice_is_one_image),
	   unit(oci_layout, platforms_in_index_json_itself),
	   unit(oci_layout, a_missing_platform_can_be_left_out),
	   unit(oci_layout, index_in_index_in_index),
	   unit(oci_layout, layers_and_diff_ids_differ))
