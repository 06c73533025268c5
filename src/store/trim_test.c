/* SPDX-License-Identifier: Apache-2.0 */
#include "store/trim.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/test.h" /* last: cmocka defines skip */

enum { SIZE = 64 << 10 };

/* A file of SIZE bytes that was used so many seconds ago. */
static void put(int dir, const char *name, long ago_s)
{
	static char bytes[SIZE];
	struct timespec used[2] = { { .tv_sec = time(NULL) - ago_s },
				    { .tv_sec = time(NULL) - ago_s } };
	memset(bytes, 'x', sizeof bytes);
	int fd = openat(dir, name, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, sizeof bytes), sizeof bytes);
	assert_int_equal(fsync(fd), 0); /* blocks are counted then */
	assert_int_equal(futimens(fd, used), 0);
	close(fd);
}

static bool is_there(int dir, const char *name)
{
	return faccessat(dir, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static int new_dir(char *path)
{
	assert_non_null(mkdtemp(path));
	int dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(dir >= 0);
	return dir;
}

static void remove_dir(int dir, const char *path, const char *const *names,
		       size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unlinkat(dir, names[i], 0);
		unlinkat(dir, names[i], AT_REMOVEDIR);
	}
	close(dir);
	assert_int_equal(rmdir(path), 0);
}

TEST(trim, the_least_recently_used_go_first)
{
	static const char *const names[] = { "old", "older", "new", "sub" };
	char path[] = "/tmp/pare-trim-XXXXXX";
	(void)state;
	int dir = new_dir(path);
	put(dir, "old", 100);
	put(dir, "older", 200);
	put(dir, "new", 0);
	assert_int_equal(mkdirat(dir, "sub", 0700), 0);
	store_trim(dir, 4 * SIZE);
	assert_true(is_there(dir, "older"));
	store_trim(dir, 2 * SIZE + SIZE / 2);
	assert_false(is_there(dir, "older"));
	assert_true(is_there(dir, "old"));
	store_trim(dir, 0);
	assert_false(is_there(dir, "new"));
	assert_true(is_there(dir, "sub")); /* no file of a cache */
	remove_dir(dir, path, names, 4);
}

/* A writer that runs has its file yet; one that was killed has not. */
TEST(trim, unfinished_files_stay_for_a_day)
{
	static const char *const names[] = { ".a.pare-1", ".b.pare-2" };
	char path[] = "/tmp/pare-trim-XXXXXX";
	(void)state;
	int dir = new_dir(path);
	put(dir, ".a.pare-1", 23 * 3600);
	put(dir, ".b.pare-2", 25 * 3600);
	store_trim(dir, 1 << 30);
	assert_true(is_there(dir, ".a.pare-1"));
	assert_false(is_there(dir, ".b.pare-2"));
	store_trim(dir, 0);
	assert_true(is_there(dir, ".a.pare-1"));
	remove_dir(dir, path, names, 2);
}

TESTS_MAIN(unit(trim, the_least_recently_used_go_first),
	   unit(trim, unfinished_files_stay_for_a_day))
