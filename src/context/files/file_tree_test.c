/* SPDX-License-Identifier: Apache-2.0 */
#include "context/files/file_tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/test.h"
#include "context/testdir.h"

/* "a/ a/b 5 ..." in the order of the entries. */
static void list(const struct context_tree *t, struct buf *out)
{
	struct err err = { 0 };
	for (uint32_t i = 1; i < t->n; i++) {
		const struct context_entry *e = &t->entries[i];
		static const char *const ends[] = {
			[CONTEXT_FILE] = "",	[CONTEXT_DIR] = "/",
			[CONTEXT_LINK] = "@",	[CONTEXT_SPECIAL] = "|",
			[CONTEXT_SOCKET] = "=",
		};
		assert_ok(context_path(t, CONTEXT_ROOT, i, out, &err), &err);
		assert_ok(buf_addf(out, &err, "%s%s%s", ends[e->type],
				   e->size ? "+" : "", " "),
			  &err);
	}
	assert_non_null(buf_cstr(out));
}

static const char *const FILES = "b/y 7\nb/x\na\nc/d/e 1\nl -> b\nf |\ns @\n"
				 "B\nloop/up -> ..\nempty/\nh = a";

TEST(file_tree, level_by_level)
{
	struct testdir d;
	struct err err = { 0 };
	testdir_make(&d, FILES);
	for (unsigned threads = 1; threads <= 3; threads++) {
		scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
		scoped(context_tree_done) struct context_tree t;
		assert_ok(
			context_walk(d.fd, threads, &limits_default, &t, &err),
			&err);
		list(&t, &out);
		assert_string_equal(out.p, "B a b/ c/ empty/ f| h l@ loop/ s= "
					   "b/x b/y+ c/d/ loop/up@ c/d/e+ ");
		assert_int_equal(t.n_unread, 0);
		assert_int_equal(t.n_inodes, 2);
		assert_int_equal(t.inodes[0].ino, t.inodes[1].ino);
	}
	testdir_remove(&d);
}

TEST(file_tree, find_and_path)
{
	struct testdir d;
	struct err err = { 0 };
	scoped(context_tree_done) struct context_tree t;
	scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
	testdir_make(&d, FILES);
	assert_ok(context_walk(d.fd, 1, &limits_default, &t, &err), &err);
	uint32_t e = testdir_entry(&t, "c/d/e");
	assert_ok(context_path(&t, testdir_entry(&t, "c"), e, &out, &err),
		  &err);
	assert_string_equal(buf_cstr(&out), "d/e");
	buf_reset(&out);
	assert_ok(context_path(&t, e, e, &out, &err), &err);
	assert_int_equal(out.n, 0);
	assert_int_equal(context_child(&t, CONTEXT_ROOT, STR("zz")),
			 CONTEXT_NONE);
	assert_int_equal(context_child(&t, e, STR("x")), CONTEXT_NONE);
	testdir_remove(&d);
}

TEST(file_tree, too_many_entries)
{
	struct testdir d;
	struct err err = { 0 };
	struct limits lim = limits_default;
	scoped(context_tree_done) struct context_tree t;
	lim.entries_max = 5;
	testdir_make(&d, FILES);
	assert_int_equal(context_walk(d.fd, 2, &lim, &t, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
	testdir_remove(&d);
}

/* Deeper than a path can be: what lies below is noted, not followed. */
TEST(file_tree, deeper_than_a_path)
{
	struct testdir d;
	struct err err = { 0 };
	scoped(context_tree_done) struct context_tree t;
	char name[201];
	testdir_make(&d, "");
	memset(name, 'd', 200);
	name[200] = 0;
	int at = dup(d.fd);
	for (int i = 0; i < 30; i++) {
		assert_int_equal(mkdirat(at, name, 0755), 0);
		int next = openat(at, name, O_RDONLY | O_DIRECTORY);
		close(at);
		at = next;
	}
	close(at);
	assert_ok(context_walk(d.fd, 2, &limits_default, &t, &err), &err);
	assert_int_equal(t.n_unread, 1);
	assert_int_equal(t.unread[0].sys, ENAMETOOLONG);
	assert_int_equal(t.n, 1 + 21);
	char command[128];
	snprintf(command, sizeof command, "rm -rf %s", d.path);
	close(d.fd);
	assert_int_equal(system(command), 0);
}

TEST(file_tree, unreadable)
{
	struct testdir d;
	struct err err = { 0 };
	scoped(context_tree_done) struct context_tree t;
	testdir_make(&d, "a/b 1\nc/d 1");
	assert_int_equal(fchmodat(d.fd, "a", 0, 0), 0);
	if (geteuid() == 0) /* root reads all */
		assert_int_equal(seteuid(65534), 0);
	int fd = open(d.path, O_RDONLY | O_DIRECTORY);
	if (fd < 0) { /* mkdtemp's mode */
		assert_int_equal(seteuid(0), 0);
		assert_int_equal(fchmod(d.fd, 0755), 0);
		assert_int_equal(seteuid(65534), 0);
		fd = open(d.path, O_RDONLY | O_DIRECTORY);
	}
	int r = context_walk(fd, 1, &limits_default, &t, &err);
	if (getuid() == 0)
		assert_int_equal(seteuid(0), 0);
	assert_ok(r, &err);
	assert_int_equal(t.n_unread, 1);
	assert_int_equal(t.unread[0].entry, testdir_entry(&t, "a"));
	assert_int_equal(t.unread[0].sys, EACCES);
	assert_int_equal(t.n, 4);
	close(fd);
	assert_int_equal(fchmodat(d.fd, "a", 0755, 0), 0);
	testdir_remove(&d);
}

/* Names are bytes: a line feed, what is not UTF-8, a leading dash. */
TEST(file_tree, names_of_any_bytes)
{
	static const char *const names[] = { "\n", "\xff\xfe", "-rf", "a\tb",
					     "..." };
	struct testdir d;
	struct err err = { 0 };
	scoped(context_tree_done) struct context_tree t;
	testdir_make(&d, "");
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		assert_int_equal(mkdirat(d.fd, names[i], 0755), 0);
	assert_ok(context_walk(d.fd, 1, &limits_default, &t, &err), &err);
	assert_int_equal(t.n, 1 + ARRAY_LEN(names));
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		assert_int_not_equal(
			context_child(&t, CONTEXT_ROOT, str_of(names[i])),
			CONTEXT_NONE);
	testdir_remove(&d);
}

TESTS_MAIN(unit(file_tree, level_by_level), unit(file_tree, find_and_path),
	   unit(file_tree, too_many_entries),
	   unit(file_tree, deeper_than_a_path), unit(file_tree, unreadable),
	   unit(file_tree, names_of_any_bytes))
