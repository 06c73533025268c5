/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/spool.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/read/testimage.h"
#include "base/test.h" /* last: cmocka defines skip */

/* Spools what fd gives; its bytes from base on, until the next call. */
static const char *spool(int fd, struct spooled *out)
{
	static char text[64];
	struct err err = { 0 };
	assert_ok(source_spool_file(fd, "x", ".", &limits_default, NULL, out,
				    &err),
		  &err);
	assert_true(out->size < sizeof text);
	assert_int_equal(
		pread(out->fd, text, sizeof text - 1, (off_t)out->base),
		out->size);
	text[out->size] = 0;
	return text;
}

TEST(spool, a_plain_file_is_used_in_place)
{
	struct spooled s;
	IN_NEW_PLACE;
	(void)state;
	testimage_run("echo -n 'skipped plain' >a");
	unsigned before = testimage_open_files();
	int fd = open("a", O_RDONLY | O_CLOEXEC);
	assert_int_equal(lseek(fd, 8, SEEK_SET), 8);
	assert_string_equal(spool(fd, &s), "plain");
	assert_int_equal(s.fd, fd);
	assert_int_equal(s.base, 8);
	assert_false(s.is_temporary);
	close(s.fd);
	assert_int_equal(testimage_open_files(), before);
}

TEST(spool, what_cannot_be_read_in_place_is_copied)
{
	static const char *const tools[] = { "cat", "gzip -c", "zstd -qc",
					     "xz -c", "bzip2 -c" };
	IN_NEW_PLACE;
	(void)state;
	unsigned before = testimage_open_files();
	for (size_t i = 0; i < sizeof tools / sizeof *tools; i++) {
		struct spooled s;
		struct stat st;
		char cmd[100];
		int ends[2];
		testimage_print(cmd, sizeof cmd, "echo -n bytes | %s >a",
				tools[i]);
		testimage_run(cmd);
		/* as a pipe */
		assert_int_equal(pipe(ends), 0);
		testimage_print(cmd, sizeof cmd, "cat a >&%d", ends[1]);
		testimage_run(cmd);
		close(ends[1]);
		assert_string_equal(spool(ends[0], &s), "bytes");
		assert_true(s.is_temporary);
		assert_int_equal(fstat(s.fd, &st), 0);
		assert_int_equal(st.st_nlink, 0);
		close(s.fd);
		/* as a file: copied only when it is compressed */
		int fd = open("a", O_RDONLY | O_CLOEXEC);
		assert_string_equal(spool(fd, &s), "bytes");
		assert_int_equal(s.is_temporary, i > 0);
		close(s.fd);
	}
	assert_int_equal(testimage_open_files(), before);
	assert_string_equal(testimage_output("ls -A"), "a");
}

/* The descriptor is taken over, whatever happens. */
TEST(spool, a_broken_file_leaves_nothing)
{
	struct err err = { 0 };
	struct spooled s;
	IN_NEW_PLACE;
	(void)state;
	testimage_run("seq 1000 | gzip -c | head -c 200 >a");
	unsigned before = testimage_open_files();
	int fd = open("a", O_RDONLY | O_CLOEXEC);
	assert_int_equal(source_spool_file(fd, "a", ".", &limits_default, NULL,
					   &s, &err),
			 -1);
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_int_equal(testimage_open_files(), before);
	assert_string_equal(testimage_output("ls -A"), "a");
}

TESTS_MAIN(unit(spool, a_plain_file_is_used_in_place),
	   unit(spool, what_cannot_be_read_in_place_is_copied),
	   unit(spool, a_broken_file_leaves_nothing))
