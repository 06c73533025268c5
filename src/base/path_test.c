/* SPDX-License-Identifier: Apache-2.0 */
#include "base/path.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/test.h"

static const struct limits small = { .path_max = 20,
				     .name_max = 6,
				     .depth_max = 4 };

#define PATH_TEXT                                                          \
	"21 bytes of a path, over the limit of 20 (raise it with --limit " \
	"path=N)"
#define NAME_TEXT                                                            \
	"7 bytes of one part of a path, over the limit of 6 (raise it with " \
	"--limit name=N)"
#define DEPTH_TEXT                                                       \
	"5 parts of a path, over the limit of 4 (raise it with --limit " \
	"depth=N)"

static const struct {
	const char *in;
	const char *out; /* or NULL: an error */
	enum err_code code;
	const char *text;
} cases[] = {
	{ "a", "a", 0, NULL },
	{ "a/b", "a/b", 0, NULL },
	{ "./a/b", "a/b", 0, NULL },
	{ "/a/b", "a/b", 0, NULL },
	{ "//./a", "a", 0, NULL },
	{ "a//b/./c/", "a/b/c", 0, NULL },
	{ "a/.", "a", 0, NULL },
	{ "a/././", "a", 0, NULL },
	{ "/", "", 0, NULL },
	{ ".", "", 0, NULL },
	{ "./", "", 0, NULL },
	{ "./.", "", 0, NULL },
	{ "...", "...", 0, NULL },
	{ "..a/b..", "..a/b..", 0, NULL },
	{ "a\nb", "a\nb", 0, NULL },
	{ "\xff\xfe", "\xff\xfe", 0, NULL },
	{ "", NULL, ERR_CORRUPT, "the name is empty" },
	{ "..", NULL, ERR_CORRUPT, "the name contains \"..\"" },
	{ "a/../b", NULL, ERR_CORRUPT, "the name contains \"..\"" },
	{ "a/..", NULL, ERR_CORRUPT, "the name contains \"..\"" },
	{ "/../a", NULL, ERR_CORRUPT, "the name contains \"..\"" },
	{ "123456/123456/123456", "123456/123456/123456", 0, NULL },
	{ "12345/123456/123/1234", NULL, ERR_LIMIT, PATH_TEXT },
	{ "1234567", NULL, ERR_LIMIT, NAME_TEXT },
	{ "a/1234567/b", NULL, ERR_LIMIT, NAME_TEXT },
	{ "a/b/c/d", "a/b/c/d", 0, NULL },
	{ "a/b/c/d/e", NULL, ERR_LIMIT, DEPTH_TEXT },
	/* a whiteout is as long as what it hides */
	{ "a/.wh.123456", "a/.wh.123456", 0, NULL },
	{ ".wh.123456/", ".wh.123456", 0, NULL },
	{ ".wh.1234567", NULL, ERR_LIMIT, NAME_TEXT },
	{ "123456/123456/.wh.123456", "123456/123456/.wh.123456", 0, NULL },
	{ "12345/12345/12/.wh.12345", "12345/12345/12/.wh.12345", 0, NULL },
	{ "12345/12345/12/.wh.123456", NULL, ERR_LIMIT, PATH_TEXT },
	/* the prefix of a parent counts */
	{ ".wh.123/b", NULL, ERR_LIMIT, NAME_TEXT },
};

TEST(path, clean)
{
	(void)state;
	scoped(buf_done) struct buf b = BUF_INIT(100);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err = { 0 };
		int r = path_clean(str_of(cases[i].in), &small, &b, &err);
		if (!cases[i].out) {
			assert_fails(r, &err, cases[i].code, cases[i].text);
			continue;
		}
		assert_ok(r, &err);
		assert_int_equal(b.n, strlen(cases[i].out));
		assert_memory_equal(b.n ? b.p : "", cases[i].out, b.n);
	}
}

TEST(path, clean_nul)
{
	(void)state;
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(100);
	assert_fails(path_clean(STR("a\0b"), &small, &b, &err), &err,
		     ERR_CORRUPT, "the name contains NUL");
}

TEST(path, parent_and_base)
{
	(void)state;
	assert_true(str_eqz(path_parent(STR("a/b/c")), "a/b"));
	assert_true(str_eqz(path_base(STR("a/b/c")), "c"));
	assert_true(str_eqz(path_parent(STR("c")), ""));
	assert_true(str_eqz(path_base(STR("c")), "c"));
	assert_true(str_eqz(path_parent(STR("")), ""));
	assert_true(str_eqz(path_base(STR("")), ""));
}

TEST(path, at_stays_below)
{
	(void)state;
	struct err err = { 0 };
	char dir[] = "/tmp/path_test.XXXXXX", name[64];
	assert_non_null(mkdtemp(dir));
	int root = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(symlinkat("/etc", root, "out"), 0);
	/* "/etc" is looked for in the root, where there is none */
	assert_fails(path_at(root, "out/passwd", O_RDONLY, 0, &err), &err,
		     ERR_NOT_FOUND, "out/passwd: No such file or directory");
	assert_fails(path_at(root, "../../../../etc/passwd", O_RDONLY, 0, &err),
		     &err, ERR_NOT_FOUND,
		     "../../../../etc/passwd: No such file or directory");
	int fd = path_at(root, "/new", O_WRONLY | O_CREAT, 0600, &err);
	assert_ok(fd, &err);
	assert_int_equal(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	close(fd);
	snprintf(name, sizeof name, "%s/new", dir);
	assert_int_equal(unlink(name), 0);
	assert_int_equal(unlinkat(root, "out", 0), 0);
	close(root);
	assert_int_equal(rmdir(dir), 0);
}

TESTS_MAIN(unit(path, clean), unit(path, clean_nul),
	   unit(path, parent_and_base), unit(path, at_stays_below))
