/* SPDX-License-Identifier: Apache-2.0 */
#include "context/testdir.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/test.h"

static void make_parents(int fd, char *path)
{
	for (char *p = strchr(path, '/'); p; p = strchr(p + 1, '/')) {
		*p = 0;
		if (mkdirat(fd, path, 0755) < 0)
			assert_int_equal(errno, EEXIST);
		*p = '/';
	}
}

static void make_file(int fd, const char *path, const char *size)
{
	int f = openat(fd, path, O_WRONLY | O_CREAT | O_EXCL, 0644);
	assert_true(f >= 0);
	assert_int_equal(ftruncate(f, atoll(size)), 0);
	close(f);
}

static void make(int fd, char *line)
{
	char *link = strstr(line, " -> "), *hard = strstr(line, " = ");
	char *size = strrchr(line, ' ');
	char *cut = link ? link : hard ? hard : size;
	if (cut)
		*cut = 0;
	make_parents(fd, line);
	if (link)
		assert_int_equal(symlinkat(link + 4, fd, line), 0);
	else if (hard)
		assert_int_equal(linkat(fd, hard + 3, fd, line, 0), 0);
	else if (size && size[1] == '|')
		assert_int_equal(mkfifoat(fd, line, 0644), 0);
	else if (size && size[1] == '@')
		assert_int_equal(mknodat(fd, line, S_IFSOCK | 0644, 0), 0);
	else if (line[strlen(line) - 1] != '/')
		make_file(fd, line, size ? size + 1 : "0");
}

void testdir_make(struct testdir *d, const char *list)
{
	const char *tmp = getenv("TMPDIR");
	snprintf(d->path, sizeof d->path, "%.40s/pare-XXXXXX",
		 tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(d->path));
	d->fd = open(d->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(d->fd >= 0);
	char *copy = strdup(list), *rest = copy, *line;
	assert_non_null(copy);
	while ((line = strsep(&rest, "\n")) != NULL)
		if (*line)
			make(d->fd, line);
	free(copy);
}

static int remove_one(const char *path, const struct stat *st, int type,
		      struct FTW *f)
{
	(void)st, (void)type, (void)f;
	return remove(path);
}

void testdir_remove(struct testdir *d)
{
	close(d->fd);
	nftw(d->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void testdir_write(const struct testdir *d, const char *name, const char *text)
{
	int f = openat(d->fd, name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	assert_true(f >= 0);
	assert_int_equal(write(f, text, strlen(text)), (int)strlen(text));
	close(f);
}

void testdir_context(const struct testdir *d, const char *dockerfile,
		     const char *ignore, struct context *c)
{
	struct err err = { 0 };
	assert_ok(context_read(d->fd, 2, &limits_default, c, &err), &err);
	assert_ok(context_read_ignore(c, str_of(ignore ? ignore : ""), &err),
		  &err);
	if (dockerfile)
		assert_ok(context_read_dockerfile(c, str_of(dockerfile),
						  STR(""), NULL, 0, &err),
			  &err);
	assert_ok(context_conclude(c, ignore ? NULL : ".dockerignore", &err),
		  &err);
}

uint32_t testdir_entry(const struct context_tree *t, const char *path)
{
	uint32_t at = CONTEXT_ROOT;
	struct str part, rest = str_of(path);
	while (rest.n) {
		if (!str_cut(rest, '/', &part, &rest)) {
			part = rest;
			rest.n = 0;
		}
		at = context_child(t, at, part);
		if (at == CONTEXT_NONE)
			fail_msg("%s is not there", path);
	}
	return at;
}
