/* SPDX-License-Identifier: Apache-2.0 */
#include "context/context.h"

#include "base/test.h"
#include "context/testdir.h"

static void expect(struct context_sum s, uint64_t files, uint64_t bytes)
{
	assert_int_equal(s.files, files);
	assert_int_equal(s.bytes, bytes);
}

/* Directories are not counted, a socket is never sent, hard links count once,
 * and each excluded file counts for the pattern that decides. */
TEST(context, sums)
{
	struct testdir d;
	struct context c;
	testdir_make(&d, "a/x 1\na/y 2\nb/z 4\nb/keep 8\nempty/\ns @\nh1 16\n"
			 "h2 = h1\n.git/c 32\nl -> a");
	testdir_context(&d, "FROM x AS u\nCOPY b /\nFROM y\nCOPY a /\n",
			"b/*\n!b/keep\na/y\n", &c);
	expect(c.sent, 6, 1 + 8 + 16 + 32);
	expect(c.excluded, 2, 2 + 4);
	expect(c.by_pattern[0], 1, 4);
	expect(c.by_pattern[1], 0, 0);
	expect(c.by_pattern[2], 1, 2);
	expect(c.reasons[REASON_VERSION_CONTROL], 1, 32);
	expect(c.reasons[REASON_NONE], 5, 25);
	assert_int_equal(c.n_sockets, 1);
	/* the target is made of the second stage alone */
	assert_false(c.copy_results[0].needed);
	assert_true(c.copy_results[1].needed);
	expect(c.copy_results[0].copied.sum, 1, 8);
	expect(c.copy_results[1].copied.sum, 1, 1);
	expect(c.unused, 5, 8 + 16 + 32);
	context_done(&c);
	testdir_remove(&d);
}

/* A syntax error is told with its place; what is copied is not known then, so
 * there is no advice. */
TEST(context, a_dockerfile_with_an_error)
{
	struct testdir d;
	struct context c;
	testdir_make(&d, ".git/x 9\na 9");
	testdir_context(&d, "FROM x\nCOPY a /\n  BOGUS x\n", "", &c);
	assert_int_equal(c.problem.line, 3);
	assert_int_equal(c.problem.column, 3);
	assert_true(c.problem.message[0] != 0);
	assert_int_equal(c.advice.n, 0);
	assert_int_equal(c.copies.n, 1);
	context_done(&c);
	testdir_remove(&d);
}

TEST(context, no_such_target)
{
	struct testdir d;
	struct context c;
	struct err err = { 0 };
	testdir_make(&d, "a 9");
	assert_ok(context_read(d.fd, 1, &limits_default, &c, &err), &err);
	assert_ok(context_read_ignore(&c, STR(""), &err), &err);
	assert_int_equal(context_read_dockerfile(&c, STR("FROM x AS build\n"),
						 STR("biuld"), NULL, 0, &err),
			 -1);
	assert_int_equal(err.code, ERR_NOT_FOUND);
	context_done(&c);
	testdir_remove(&d);
}

/* More stages that copy all than are looked at: nothing is made again then. */
TEST(context, very_many_broad_stages)
{
	struct testdir d;
	struct context c;
	struct err err = { 0 };
	scoped(buf_done) struct buf text = BUF_INIT(1 << 20);
	testdir_make(&d, "node_modules/x 9");
	for (int i = 0; i < 64; i++)
		assert_ok(buf_addf(&text, &err, "FROM x\nCOPY . .\nRUN yarn\n"),
			  &err);
	testdir_context(&d, buf_cstr(&text), "", &c);
	assert_int_equal(c.n_broad_stages, 64);
	assert_int_equal(c.advice.n, 1);
	context_done(&c);
	assert_ok(buf_addf(&text, &err, "FROM x\nCOPY . .\nRUN yarn\n"), &err);
	testdir_context(&d, buf_cstr(&text), "", &c);
	assert_int_equal(c.n_broad_stages, 64);
	assert_int_equal(c.advice.n, 0);
	context_done(&c);
	testdir_remove(&d);
}

TESTS_MAIN(unit(context, sums), unit(context, a_dockerfile_with_an_error),
	   unit(context, no_such_target), unit(context, very_many_broad_stages))
