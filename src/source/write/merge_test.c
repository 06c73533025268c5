/* SPDX-License-Identifier: Apache-2.0 */
/* Into a layout that exists. */
#include <unistd.h>

#include "source/write/testdest.h"
#include "base/test.h" /* last: cmocka defines skip */

static const char *const equal[] = { "one", "one" };

TEST(dest_merge, other_images_of_a_layout_stay)
{
	IN_NEW_PLACE;
	(void)state;
	testdest_write("oci:d", "v1", 1, testimage_other);
	testimage_run(
		"sed -i 's/{\"schemaVersion\"/{ \"x\": 1,\"schemaVersion\"/' "
		"d/index.json");
	testdest_write("oci:d:v2", "", 2, testimage_two);
	assert_string_equal(testimage_look("d:v1", NULL),
			    "oci linux/amd64 v1 | other");
	assert_string_equal(testimage_look("d:v2", NULL),
			    "oci linux/amd64 v2 | one two");
	testdest_write("oci:d", "v1", 2, equal); /* v1 is replaced */
	assert_string_equal(testimage_look("d:v1", NULL),
			    "oci linux/amd64 v1 | one one");
	assert_string_equal(testimage_look("d:v2", NULL),
			    "oci linux/amd64 v2 | one two");
	assert_string_equal(testimage_output("ls -A d"),
			    "blobs\nindex.json\noci-layout");
	assert_non_null(
		strstr(testimage_output("cat d/index.json"), "{ \"x\": 1,"));
}

TEST(dest_merge, a_broken_blob_of_a_layout_is_replaced)
{
	IN_NEW_PLACE;
	char cmd[256];
	(void)state;
	testdest_write("oci:d", "v1", 1, testimage_other);
	testimage_print(cmd, sizeof cmd, "echo bad > d/blobs/sha256/%s",
			testimage_digest("other").text + 7);
	testimage_run(cmd);
	testdest_write("oci:d", "v1", 1, testimage_other);
	assert_string_equal(testimage_look("d", NULL),
			    "oci linux/amd64 v1 | other");
}

TEST(dest_merge, a_failing_commit_takes_its_blobs_back)
{
	struct err err = { 0 };
	IN_NEW_PLACE;
	scoped(dest_close) struct dest *d = NULL;
	struct testdest m;
	(void)state;
	testdest_write("oci:d", "v1", 1, testimage_other);
	assert_ok(testdest_open("oci:d", &d, &err), &err);
	testdest_put_image(d, "amd64", 2, testimage_two, &m);
	testdest_finish(d, &m, "v2");
	/* index.json cannot be replaced by a file any more */
	testimage_run("find d/blobs | sort > before; cp d/index.json keep; "
		      "rm -f d/.d.pare-*/oci-layout; rm d/oci-layout");
	assert_int_equal(dest_commit(d, &err), -1);
	assert_int_equal(err.code, ERR_NOT_FOUND);
	testimage_run(
		"find d/blobs | sort | diff before -; cmp keep d/index.json");
}

/* As a run leaves it that was killed between its blobs and index.json. */
static void leave_half_a_merge(const char *index_digest)
{
	char cmd[512];
	testimage_print(cmd, sizeof cmd,
			"mkdir -p d/.d.pare-abcdef/blobs; "
			"A=$(printf %%064d 1) B=$(printf %%064d 2); "
			"printf '%%s\\n' %s $A ../../index.json x "
			">d/.d.pare-abcdef/.undo; "
			"echo new >d/blobs/sha256/$A; "
			"echo other >d/blobs/sha256/$B",
			index_digest);
	testimage_run(cmd);
}

TEST(dest_merge, blobs_of_a_killed_merge_go_while_the_index_is_as_it_was)
{
	IN_NEW_PLACE;
	(void)state;
	testdest_write("oci:d", "v1", 1, testimage_other);
	testimage_run("find d | sort > before");
	leave_half_a_merge("sha256:$(sha256sum <d/index.json | cut -d' ' -f1)");
	struct err err = { 0 };
	struct dest *d = NULL;
	assert_ok(testdest_open("oci:d:v2", &d, &err), &err);
	dest_close(&d);
	testimage_run(
		"printf 'd/blobs/sha256/%064d\\n' 2 | sort -o before before -; "
		"find d | sort | diff before -");
	leave_half_a_merge("sha256:$(echo x | sha256sum | cut -d' ' -f1)");
	testimage_run("find d -name '.d*' -prune -o -print | sort > before");
	assert_ok(testdest_open("oci:d:v2", &d, &err), &err);
	dest_close(&d);
	testimage_run("find d | sort | diff before -");
}

TESTS_MAIN(unit(dest_merge, other_images_of_a_layout_stay),
	   unit(dest_merge, a_broken_blob_of_a_layout_is_replaced),
	   unit(dest_merge, a_failing_commit_takes_its_blobs_back),
	   unit(dest_merge,
		blobs_of_a_killed_merge_go_while_the_index_is_as_it_was))
