/* SPDX-License-Identifier: Apache-2.0 */
#include "context/files/ignore_verdict.h"

#include <stdlib.h>

#include "base/test.h"
#include "context/testdir.h"

struct judged {
	struct testdir d;
	struct context_tree t;
	struct ignore ig;
	struct context_verdict *v;
};

static void setup(struct judged *j, const char *files, const char *ignore,
		  const char *root)
{
	struct err err = { 0 };
	testdir_make(&j->d, files);
	assert_ok(context_walk(j->d.fd, 1, &limits_default, &j->t, &err), &err);
	assert_ok(ignore_parse(str_of(ignore), &j->ig, &err), &err);
	j->v = calloc(j->t.n, sizeof *j->v);
	assert_non_null(j->v);
	assert_ok(context_apply_ignore(&j->t,
				       root ? testdir_entry(&j->t, root)
					    : (uint32_t)CONTEXT_ROOT,
				       &j->ig, j->v, &err),
		  &err);
}

static void teardown(struct judged *j)
{
	free(j->v);
	ignore_done(&j->ig);
	context_tree_done(&j->t);
	testdir_remove(&j->d);
}

static const struct context_verdict *of(const struct judged *j,
					const char *path)
{
	return &j->v[testdir_entry(&j->t, path)];
}

TEST(ignore_verdict, the_last_pattern_decides)
{
	struct judged j;
	setup(&j, "build/a.c\nbuild/b.h\nbuild/d/e.h\nx",
	      "build\n!**/*.h\nbuild/d\n", NULL);
	assert_true(of(&j, "build")->excluded);
	assert_true(of(&j, "build")->matches_itself);
	assert_int_equal(of(&j, "build")->pattern, 0);
	/* by the directory's pattern */
	assert_true(of(&j, "build/a.c")->excluded);
	assert_false(of(&j, "build/a.c")->matches_itself);
	assert_int_equal(of(&j, "build/a.c")->pattern, 0);
	/* re-included by its own name */
	assert_false(of(&j, "build/b.h")->excluded);
	assert_true(of(&j, "build/b.h")->matches_itself);
	assert_int_equal(of(&j, "build/b.h")->pattern, 1);
	/* build/d is excluded by "build" already when its own pattern is tried:
	 * BuildKit then does not note that it matches, so nothing below
	 * inherits it */
	assert_true(of(&j, "build/d")->excluded);
	assert_int_equal(of(&j, "build/d")->pattern, 0);
	assert_false(of(&j, "build/d/e.h")->excluded);
	assert_int_equal(of(&j, "x")->pattern, CONTEXT_NONE);
	assert_false(of(&j, "x")->excluded);
	teardown(&j);
}

/* Below a directory into which no exception reaches, all inherit. */
TEST(ignore_verdict, without_exceptions)
{
	struct judged j;
	setup(&j, "m/a/b/c\nm/d", "m\n", NULL);
	static const char *const all[] = { "m/a", "m/a/b", "m/a/b/c", "m/d" };
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		assert_true(of(&j, all[i])->excluded);
		assert_true(of(&j, all[i])->below_root);
		assert_false(of(&j, all[i])->matches_itself);
		assert_int_equal(of(&j, all[i])->pattern, 0);
	}
	teardown(&j);
}

/* Paths are relative to the root that is given, and the rest is left. */
TEST(ignore_verdict, below_a_root)
{
	struct judged j;
	setup(&j, "a/x\na/s/x\nb/x", "x\n", "a");
	assert_true(of(&j, "a/x")->excluded);
	assert_false(of(&j, "a/s/x")->excluded);
	assert_true(of(&j, "a/s/x")->below_root);
	assert_false(of(&j, "b/x")->excluded);
	assert_false(of(&j, "b/x")->below_root);
	assert_false(of(&j, "a")->below_root);
	teardown(&j);
}

/* The name that is sent counts the bytes, and only one does. */
TEST(ignore_verdict, hard_links_count_once)
{
	struct judged j;
	setup(&j, "a 100\nb = a\nc = a\nd 5", "a\n", NULL);
	uint32_t a = testdir_entry(&j.t, "a"), b = testdir_entry(&j.t, "b");
	uint32_t c = testdir_entry(&j.t, "c"), d = testdir_entry(&j.t, "d");
	assert_true(j.v[a].counted_elsewhere);
	assert_int_equal(context_bytes(&j.t, j.v, a), 0);
	assert_int_equal(
		context_bytes(&j.t, j.v, b) + context_bytes(&j.t, j.v, c), 100);
	assert_int_equal(context_bytes(&j.t, j.v, d), 5);
	teardown(&j);
}

TESTS_MAIN(unit(ignore_verdict, the_last_pattern_decides),
	   unit(ignore_verdict, without_exceptions),
	   unit(ignore_verdict, below_a_root),
	   unit(ignore_verdict, hard_links_count_once))
