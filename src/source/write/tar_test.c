/* SPDX-License-Identifier: Apache-2.0 */
/* Destinations that are one tar. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "source/write/testdest.h"
#include "base/test.h" /* last: cmocka defines skip */

static const char *const equal[] = { "one", "one" };

TEST(dest_tar, members_and_their_order)
{
	IN_NEW_PLACE;
	(void)state;
	testdest_write("docker-archive:b.tar", "host:5/app:1", 2, equal);
	char want[512];
	struct testtext layer = testimage_digest("one");
	struct testtext config = testimage_digest(
		testimage_config("linux/amd64", 2, equal).text);
	testimage_print(want, sizeof want,
			"%s.tar\n%s.json\nmanifest.json\nrepositories",
			layer.text + 7, config.text + 7);
	assert_string_equal(testimage_output("tar tf b.tar"), want);
	testimage_print(
		want, sizeof want,
		"[{\"Config\":\"%s.json\",\"RepoTags\":[\"host:5/app:1\"],"
		"\"Layers\":[\"%s.tar\",\"%s.tar\"]}]",
		config.text + 7, layer.text + 7, layer.text + 7);
	assert_string_equal(testimage_output("tar xOf b.tar manifest.json"),
			    want);
	testimage_print(want, sizeof want, "{\"host:5/app\":{\"1\":\"%s\"}}",
			layer.text + 7);
	assert_string_equal(testimage_output("tar xOf b.tar repositories"),
			    want);
	assert_string_equal(
		testimage_output(
			"tar tvf b.tar manifest.json --utc | cut -c1-14"),
		"-rw-r--r-- 0/0");
	testdest_write("b.tar", "", 2, testimage_two);
	assert_string_equal(testimage_output("tar tf b.tar | grep -v ^blobs"),
			    "oci-layout\nindex.json\nmanifest.json");
	assert_non_null(strstr(testimage_output("tar xOf b.tar manifest.json"),
			       "\"RepoTags\":null"));
}

TEST(dest_tar, a_file_that_is_replaced_keeps_its_mode_and_its_link)
{
	IN_NEW_PLACE;
	(void)state;
	testimage_run("mkdir sub; echo old > sub/a.tar; chmod 600 sub/a.tar; "
		      "ln -s sub/a.tar link");
	testdest_write("link", "", 1, testimage_other);
	assert_string_equal(
		testimage_output("stat -c %a sub/a.tar; readlink link"),
		"600\nsub/a.tar");
	assert_string_equal(testimage_look("link", NULL),
			    "oci-archive linux/amd64 | other");
}

TEST(dest_tar, to_stdout)
{
	IN_NEW_PLACE;
	int saved = dup(STDOUT_FILENO);
	(void)state;
	fflush(stdout);
	int fd = open("out.tar", O_WRONLY | O_CREAT, 0644);
	dup2(fd, STDOUT_FILENO);
	testdest_write("-", "app:1", 2, testimage_two);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	close(fd);
	testdest_write("file.tar", "app:1", 2, testimage_two);
	testimage_run("cmp out.tar file.tar");
	testdest_write("/dev/null", "app:1", 2, testimage_two);
	assert_string_equal(testimage_output("stat -c %F /dev/null"),
			    "character special file");
}

TEST(dest_tar, a_full_disk_is_told)
{
	struct err err = { 0 };
	IN_NEW_PLACE;
	scoped(dest_close) struct dest *d = NULL;
	struct testdest m;
	(void)state;
	assert_ok(testdest_open("/dev/full", &d, &err), &err);
	testdest_put_image(d, "amd64", 2, testimage_two, &m);
	testdest_finish(d, &m, "");
	assert_fails(dest_commit(d, &err), &err, ERR_IO,
		     "/dev/full: writing: No space left on device");
}

TESTS_MAIN(unit(dest_tar, members_and_their_order),
	   unit(dest_tar, a_file_that_is_replaced_keeps_its_mode_and_its_link),
	   unit(dest_tar, to_stdout), unit(dest_tar, a_full_disk_is_told))
