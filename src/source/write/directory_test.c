/* SPDX-License-Identifier: Apache-2.0 */
/* What is left beside the destination, and in directories. */
#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "source/write/testdest.h"
#include "base/test.h" /* last: cmocka defines skip */

static bool is_there(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0;
}

/* An empty directory, or one that skopeo wrote: nothing else is touched. */
TEST(dest_directory, a_directory_of_skopeos_is_replaced)
{
	struct err err = { 0 };
	IN_NEW_PLACE;
	scoped(dest_close) struct dest *d = NULL;
	(void)state;
	testimage_run("mkdir d");
	testdest_write("dir:d", "", 2, testimage_two);
	assert_string_equal(testimage_look("d", NULL),
			    "dir linux/amd64 | one two");
	testdest_write("dir:d", "", 1, testimage_other);
	assert_string_equal(testimage_look("d", NULL),
			    "dir linux/amd64 | other");
	assert_string_equal(testimage_output("ls -A"), "d");
	assert_string_equal(testimage_output("ls d | wc -l"), "4");
	assert_string_equal(testimage_output("cat d/version"),
			    "Directory Transport Version: 1.1");
	testimage_run("touch d/mine");
	assert_fails(testdest_open("dir:d", &d, &err), &err, ERR_USAGE,
		     "dir:d: a directory that is neither empty nor one that "
		     "skopeo wrote; nothing is written into it");
}

TEST(dest_directory, litter_goes_unless_its_owner_lives)
{
	struct err err = { 0 };
	IN_NEW_PLACE;
	scoped(dest_close) struct dest *living = NULL;
	(void)state;
	testimage_run(
		"echo x > .a.tar.pare-abcdef; mkdir -p .d.pare-abcdef/blobs; "
		"touch .d.pare-abcdef/blobs/x .a.tar.pare-toolong "
		".a.tar.pare-s "
		".b.tar.pare-abcdef");
	assert_ok(testdest_open("a.tar", &living, &err), &err);
	testdest_write("a.tar", "", 1, testimage_other);
	testdest_write("oci:d", "", 1, testimage_other);
	assert_string_equal(
		testimage_output("ls -A | grep -v -e a.tar.pare-s$ | wc -l"),
		"5");
	assert_false(is_there(".a.tar.pare-abcdef"));
	assert_false(is_there(".d.pare-abcdef"));
	assert_true(is_there(".b.tar.pare-abcdef"));
	assert_true(is_there(".a.tar.pare-toolong"));
	dest_close(&living);
	assert_string_equal(testimage_output("ls -A | wc -l"), "5");
}

TEST(dest_directory, a_killed_run_is_cleaned_up_by_the_next)
{
	IN_NEW_PLACE;
	(void)state;
	pid_t pid = fork();
	if (pid == 0) {
		struct err err = { 0 };
		struct dest *d = NULL;
		struct testdest m;
		assert_ok(testdest_open("a.tar", &d, &err), &err);
		testdest_put_image(d, "amd64", 2, testimage_two, &m);
		raise(SIGKILL);
	}
	assert_true(waitpid(pid, NULL, 0) == pid);
	assert_string_equal(testimage_output("ls -A | wc -l"), "1");
	testdest_write("a.tar", "", 1, testimage_other);
	assert_string_equal(testimage_output("ls -A"), "a.tar");
}

/* But for file systems that compress, or do not tell. */
TEST(dest_directory, what_cannot_fit_is_told_beforehand)
{
	IN_NEW_PLACE;
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct err err = { 0 };
		scoped(dest_close) struct dest *d = NULL;
		assert_ok(testdest_open(i ? "oci:a" : "a.tar", &d, &err), &err);
		assert_ok(dest_check_room(d, 1, &err), &err);
		if (dest_check_room(d, 1ull << 60, &err) == 0)
			return;
		assert_int_equal(err.code, ERR_IO);
		assert_int_equal(err.sys, ENOSPC);
		const char *want = ": 1152921504606846976 bytes or more are "
				   "needed, but its file system has only ";
		assert_non_null(strstr(err.text, want));
		assert_int_equal(err.text[0], i ? 'o' : 'a');
	}
}

TESTS_MAIN(unit(dest_directory, a_directory_of_skopeos_is_replaced),
	   unit(dest_directory, litter_goes_unless_its_owner_lives),
	   unit(dest_directory, a_killed_run_is_cleaned_up_by_the_next),
	   unit(dest_directory, what_cannot_fit_is_told_beforehand))
