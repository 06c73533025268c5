/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/live.h"

#include "tree/testtree.h"
#include "base/test.h" /* last: cmocka defines skip */

static void put_places(const struct tree *t, const struct live_place *v,
		       uint32_t n, struct buf *out)
{
	struct err err = { 0 };
	for (uint32_t i = 0; i < n; i++) {
		assert_ok(buf_addf(out, &err, "%s%u /", i ? "; " : "",
				   (unsigned)v[i].bytes),
			  &err);
		assert_ok(tree_path(t, v[i].node, out, &err), &err);
	}
}

/* "FILES FILES-IN-ALL | DIRECTORIES" of layers; the root has all live bytes. */
static const char *live(const char *const *layers)
{
	struct err err = { 0 };
	struct testtree t;
	struct tree_totals sums;
	scoped(analyze_live_done) struct live l = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
	testtree_make(layers, &t);
	assert_ok(analyze_live(t.tree, &l, &err), &err);
	assert_ok(tree_sum(t.tree, 0, &sums, &err), &err);
	assert_int_equal(l.below[TREE_ROOT], sums.live);
	assert_int_equal(l.files[TREE_ROOT], sums.files);
	put_places(t.tree, l.v, l.n, &out);
	assert_ok(buf_addf(&out, &err, " | "), &err);
	put_places(t.tree, l.dirs, l.n_dirs, &out);
	testtree_done(&t);
	return testlayer_printf("%.*s", STR_ARG(buf_str(&out)));
}

#define LIVE(...) live((const char *const[]){ __VA_ARGS__, NULL })

TEST(live, the_costliest_first_equals_as_they_are_listed)
{
	assert_string_equal(LIVE("f b #3; f c #9; f a #3; f z #0"),
			    "9 /c; 3 /a; 3 /b | 15 /");
}

TEST(live, a_file_of_many_names_counts_at_the_first)
{
	assert_string_equal(LIVE("f z/f #8; h a/l >z/f; h b/l >z/f"),
			    "8 /a/l | 8 /a");
	/* The name that had the bytes is gone; the file is not. */
	assert_string_equal(LIVE("f z #8; h y >z", "f .wh.z"), "8 /y | 8 /");
}

TEST(live, what_is_dead_is_nowhere)
{
	assert_string_equal(LIVE("f a #5; d d; f d/x #7", "f a #2; f .wh.d"),
			    "2 /a | 2 /");
}

TEST(live, a_directory_gives_way_to_one_with_more_than_a_third)
{
	/* 6 of 9 are in lib, and 3 of 6 in each of two there. */
	assert_string_equal(LIVE("f usr/lib/a/x #3; f usr/lib/b/y #3; "
				 "f usr/share/z #3"),
			    "3 /usr/lib/a/x; 3 /usr/lib/b/y; 3 /usr/share/z | "
			    "3 /usr/lib/a; 3 /usr/lib/b; 3 /usr/share");
	/* No child has more than a third: it stands for itself. */
	assert_string_equal(LIVE("f m/a/x #1; f m/b/x #1; f m/c/x #1"),
			    "1 /m/a/x; 1 /m/b/x; 1 /m/c/x | 3 /m");
}

TEST(live, an_empty_image)
{
	assert_string_equal(LIVE("d d"), " | ");
}

TESTS_MAIN(unit(live, the_costliest_first_equals_as_they_are_listed),
	   unit(live, a_file_of_many_names_counts_at_the_first),
	   unit(live, what_is_dead_is_nowhere),
	   unit(live, a_directory_gives_way_to_one_with_more_than_a_third),
	   unit(live, an_empty_image))
