/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/archive.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/read/testimage.h"
#include "base/test.h" /* last: cmocka defines skip */

/* The archive of t, behind front bytes of something else. */
static struct archive *open_archive(const struct testimage *t, uint64_t front,
				    int *fd)
{
	struct err err = { 0 };
	struct archive *a = NULL;
	struct stat st;
	testimage_tar(t, "a.tar");
	char cmd[100];
	testimage_print(cmd, sizeof cmd,
			"{ head -c %u /dev/zero; cat a.tar; } >b.tar",
			(unsigned)front);
	testimage_run(cmd);
	*fd = open("b.tar", O_RDONLY | O_CLOEXEC);
	assert_true(*fd >= 0);
	assert_int_equal(fstat(*fd, &st), 0);
	assert_ok(source_archive_open(*fd, front, (uint64_t)st.st_size - front,
				      "", &limits_default, &a, &err),
		  &err);
	return a;
}

/* What a name leads to: its bytes, "" where there is none, or the error. */
static const char *look(const struct archive *a, int fd, const char *name)
{
	static char text[600];
	struct err err = { 0 };
	struct archive_range range;
	int r = source_archive_find(a, str_of(name), &range, &err);
	text[0] = 0;
	if (r < 0)
		testimage_print(text, sizeof text, "%s", err.text);
	else if (r > 0) {
		ssize_t n = pread(fd, text, range.size, (off_t)range.offset);
		assert_int_equal(n, range.size);
		text[n] = 0;
	}
	return text;
}

TEST(archive, members_by_name)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	scoped(source_archive_close) struct archive *a = NULL;
	int fd;
	(void)state;
	testimage_add(&t, "./b", "first");
	testimage_add(&t, "a/c", "deep");
	testimage_add(&t, "b", "last"); /* the last of one name counts */
	for (uint64_t front = 0; front <= 700; front += 700) {
		a = open_archive(&t, front, &fd);
		assert_int_equal(source_archive_count(a), 2);
		assert_true(str_eqz(source_archive_name(a, 0), "a/c"));
		assert_true(str_eqz(source_archive_name(a, 1), "b"));
		assert_string_equal(look(a, fd, "b"), "last");
		assert_string_equal(look(a, fd, "./a//c"), "deep");
		assert_string_equal(look(a, fd, "a"), "");
		assert_string_equal(look(a, fd, "c"), "");
		source_archive_close(&a);
		close(fd);
	}
}

TEST(archive, links_are_followed_within)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	scoped(source_archive_close) struct archive *a = NULL;
	int fd;
	(void)state;
	testimage_add(&t, "1/layer.tar", "one");
	testimage_link(&t, "2/layer.tar", "../1/layer.tar", false);
	testimage_link(&t, "3", "2/layer.tar", true);
	testimage_link(&t, "root", "/1/./layer.tar", false);
	testimage_link(&t, "out", "../1", false);
	testimage_link(&t, "none", "gone", false);
	testimage_link(&t, "x", "y", false);
	testimage_link(&t, "y", "x", false);
	a = open_archive(&t, 0, &fd);
	assert_string_equal(look(a, fd, "2/layer.tar"), "one");
	assert_string_equal(look(a, fd, "3"), "one");
	assert_string_equal(look(a, fd, "root"), "one");
	assert_string_equal(look(a, fd, "out"),
			    "a link leads out of the archive");
	assert_string_equal(look(a, fd, "none"),
			    "a link to \"gone\", which the archive does not "
			    "hold");
	assert_non_null(strstr(look(a, fd, "x"), "over the limit of"));
	close(fd);
}

TEST(archive, limits_hold_for_members)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	struct limits few = limits_default;
	struct archive *a = NULL;
	struct err err = { 0 };
	struct stat st;
	(void)state;
	testimage_add(&t, "a", "1");
	testimage_add(&t, "b", "2");
	testimage_tar(&t, "a.tar");
	few.entries_max = 1;
	int fd = open("a.tar", O_RDONLY | O_CLOEXEC);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(source_archive_open(fd, 0, (uint64_t)st.st_size, "",
					     &few, &a, &err),
			 -1);
	assert_int_equal(err.code, ERR_LIMIT);
	assert_null(a);
	close(fd);
}

TESTS_MAIN(unit(archive, members_by_name),
	   unit(archive, links_are_followed_within),
	   unit(archive, limits_hold_for_members))
