/* SPDX-License-Identifier: Apache-2.0 */
#include "context/copies/mark_copied.h"

#include <stdio.h>

#include "base/test.h"
#include "context/testdir.h"

static const char *const FILES =
	"a/x.c 1\na/y.txt 2\na/sub/x.c 4\nb/z 8\nc -> a\nd -> /b/z\n"
	"e/up -> ../..\ne/f 16\nloop -> loop\nnowhere -> no\nempty/\n"
	"q[1] 32\n.h 64";

/* A COPY of those sources: files, bytes and the state of the last. */
static const struct {
	const char *copy;
	uint64_t files, bytes;
	enum context_source_state state;
} rows[] = {
	{ "COPY a/x.c /", 1, 1, SOURCE_FOUND },
	{ "COPY a /", 3, 7, SOURCE_FOUND },
	{ "COPY a/ /", 3, 7, SOURCE_FOUND },
	{ "COPY a a/sub /", 3, 7, SOURCE_FOUND },
	{ "COPY . /", 12, 127, SOURCE_FOUND },
	{ "COPY empty /", 0, 0, SOURCE_FOUND },
	{ "COPY zz /", 0, 0, SOURCE_MISSING },
	{ "COPY a/x.c/y /", 0, 0, SOURCE_MISSING },
	{ "COPY a zz /", 3, 7, SOURCE_MISSING },
	/* links: the one that is followed goes along */
	{ "COPY c /", 4, 7, SOURCE_FOUND },
	{ "COPY c/x.c /", 2, 1, SOURCE_FOUND },
	{ "COPY d /", 2, 8, SOURCE_FOUND },
	{ "COPY e/up/b /", 2, 8, SOURCE_FOUND },
	{ "COPY e /", 2, 16, SOURCE_FOUND },
	{ "COPY loop /", 1, 0, SOURCE_LOOP },
	{ "COPY nowhere /", 1, 0, SOURCE_MISSING },
	/* wildcards */
	{ "COPY a/* /", 3, 7, SOURCE_FOUND },
	{ "COPY a/*.c /", 1, 1, SOURCE_FOUND },
	{ "COPY */x.c /", 1, 1, SOURCE_FOUND },
	{ "COPY */*/x.c /", 1, 4, SOURCE_FOUND },
	{ "COPY **/x.c /", 1, 1, SOURCE_FOUND },
	{ "COPY c/*.c /", 2, 1, SOURCE_FOUND },
	{ "COPY [ab] /", 4, 15, SOURCE_FOUND },
	{ "COPY ? /", 8, 31, SOURCE_FOUND },
	{ "COPY zz* /", 0, 0, SOURCE_NOTHING },
	{ "COPY zz/* /", 0, 0, SOURCE_MISSING },
	{ "COPY q[[]1] /", 1, 32, SOURCE_FOUND },
	{ "COPY .* /", 1, 64, SOURCE_FOUND },
	{ "COPY [ /", 0, 0, SOURCE_NOTHING },
	/* flags */
	{ "COPY --exclude=*.c a /", 2, 6, SOURCE_FOUND },
	{ "COPY --exclude=**/*.c a /", 1, 2, SOURCE_FOUND },
	{ "COPY --exclude=sub --exclude=!sub/x.c a /", 3, 7, SOURCE_FOUND },
	{ "COPY --exclude=*.c a/x.c /", 1, 1, SOURCE_FOUND },
	{ "COPY --exclude=[ a /", 3, 7, SOURCE_FOUND },
	{ "COPY --parents a/*.c /", 1, 1, SOURCE_FOUND },
	{ "COPY --parents **/x.c /", 2, 5, SOURCE_FOUND },
	{ "COPY --parents a/./sub /", 1, 4, SOURCE_FOUND },
	{ "COPY --parents c/x.c /", 0, 0, SOURCE_FOUND },
	{ "RUN --mount=target=/x,source=a y", 3, 7, SOURCE_FOUND },
	{ "COPY b/$X /", 1, 8, SOURCE_UNKNOWN },
};

TEST(mark_copied, rows)
{
	struct testdir d;
	testdir_make(&d, FILES);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char text[200];
		struct context c;
		snprintf(text, sizeof text, "FROM x\n%s\n", rows[i].copy);
		testdir_context(&d, text, NULL, &c);
		assert_int_equal(c.n_own, 1);
		const struct context_copy_result *k = &c.copy_results[0];
		enum context_source_state got = k->copied.states[k->copy.n - 1];
		if (k->copied.sum.files != rows[i].files ||
		    k->copied.sum.bytes != rows[i].bytes ||
		    got != rows[i].state)
			fail_msg("%s: %d files, %d bytes, state %d",
				 rows[i].copy, (int)k->copied.sum.files,
				 (int)k->copied.sum.bytes, (int)got);
		context_done(&c);
	}
	testdir_remove(&d);
}

/* What is not sent cannot be taken. */
TEST(mark_copied, excluded)
{
	struct testdir d;
	struct context c;
	testdir_make(&d, FILES);
	testdir_context(&d, "FROM x\nCOPY a b/z c d /\nCOPY */x.c /\n",
			"a\n!a/sub\nb/z\n", &c);
	const struct context_copied *k = &c.copy_results[0].copied;
	assert_int_equal(k->states[0], SOURCE_FOUND); /* for a/sub */
	assert_int_equal(k->states[1], SOURCE_EXCLUDED);
	assert_int_equal(k->excluded[1], testdir_entry(&c.tree, "b/z"));
	assert_int_equal(k->states[2], SOURCE_FOUND);
	assert_int_equal(k->states[3], SOURCE_EXCLUDED);
	assert_int_equal(k->sum.files, 3); /* a/sub/x.c, c, d */
	assert_int_equal(c.copy_results[1].copied.states[0], SOURCE_NOTHING);
	assert_int_equal(c.sent.bytes, 4 + 16 + 32 + 64);
	assert_int_equal(c.excluded.files, 3);
	assert_int_equal(c.excluded.bytes, 1 + 2 + 8);
	context_done(&c);
	testdir_remove(&d);
}

/* Stages that the target does not need take nothing. */
TEST(mark_copied, stages)
{
	struct testdir d;
	struct context c;
	testdir_make(&d, FILES);
	testdir_context(&d,
			"FROM x AS a\nCOPY a /\nFROM x AS b\nCOPY b /\n"
			"FROM x\nCOPY --from=a / /\n",
			NULL, &c);
	assert_true(c.copy_results[0].needed);
	assert_false(c.copy_results[1].needed);
	assert_int_equal(c.unused.bytes, c.sent.bytes - 7);
	assert_int_equal(c.unused.files, c.sent.files - 3);
	context_done(&c);
	testdir_remove(&d);
}

/* One file of two names is sent once. */
TEST(mark_copied, hard_links)
{
	struct testdir d;
	struct context c;
	testdir_make(&d, "a/x 100\nb/y = a/x\nc/z = a/x\ns @\nf |");
	testdir_context(&d, "FROM x\nCOPY b c /\n", "a\n", &c);
	assert_int_equal(c.sent.files, 3); /* no socket */
	assert_int_equal(c.sent.bytes, 100);
	assert_int_equal(c.excluded.files, 1);
	assert_int_equal(c.excluded.bytes, 0);
	assert_int_equal(c.copy_results[0].copied.sum.bytes, 100);
	assert_int_equal(c.n_sockets, 1);
	context_done(&c);
	testdir_remove(&d);
}

TESTS_MAIN(unit(mark_copied, rows), unit(mark_copied, excluded),
	   unit(mark_copied, stages), unit(mark_copied, hard_links))
