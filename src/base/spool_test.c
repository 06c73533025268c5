/* SPDX-License-Identifier: Apache-2.0 */
#include "base/spool.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/space.h"
#include "base/test.h" /* last: cmocka defines skip */

TEST(spool, a_file_without_a_name)
{
	struct err err = { 0 };
	struct stat st;
	int fd = -1;
	(void)state;
	assert_ok(spool_new("/tmp", &fd, &err), &err);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(st.st_nlink, 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	close(fd);
}

TEST(spool, where_it_is_made)
{
	struct err err = { 0 };
	int fd = -1;
	(void)state;
	setenv("TMPDIR", "/no/where", 1);
	assert_string_equal(spool_dir("/x"), "/x");
	assert_string_equal(spool_dir(NULL), "/no/where");
	assert_string_equal(spool_name(NULL).text,
			    "a temporary file in /no/where");
	assert_fails(spool_new(NULL, &fd, &err), &err, ERR_NOT_FOUND,
		     "/no/where: making a temporary file: No such file or "
		     "directory");
	setenv("TMPDIR", "", 1);
	assert_string_equal(spool_dir(NULL), "/var/tmp");
}

/* But for file systems that compress, or do not tell. */
TEST(spool, what_cannot_fit_is_told_beforehand)
{
	struct err err = { 0 };
	(void)state;
	assert_ok(space_check_temporary("/tmp", 1, &err), &err);
	assert_ok(space_check_temporary("/no/where", 1ull << 60, &err), &err);
	if (space_check_temporary("/tmp", 1ull << 60, &err) == 0)
		return;
	assert_non_null(strstr(err.text, "temporary files in /tmp (TMPDIR): "
					 "1152921504606846976 bytes or more"));
}

TESTS_MAIN(unit(spool, a_file_without_a_name), unit(spool, where_it_is_made),
	   unit(spool, what_cannot_fit_is_told_beforehand))
