/* SPDX-License-Identifier: Apache-2.0 */
#include "tree/testtree.h"
#include "base/test.h" /* last: cmocka defines skip */

static const struct tree_entry *top(const struct testtree *t, const char *path)
{
	return tree_top(t->tree, tree_find(t->tree, str_of(path)));
}

/* The drawing at tree_continued: a directory continues the one below it until
 * a whiteout ends it. */
TEST(questions, a_directory_and_its_birth)
{
	scoped(testtree_done) struct testtree t = { 0 };
	testtree_make((const char *const[]){ "d d m700; f d/a", "f d/b",
					     "f .wh.d", "f d/c",
					     "d d m750; f d/e", NULL },
		      &t);
	uint32_t node = tree_find(t.tree, STR("d"));
	const struct tree_entry *e = tree_newest_at(t.tree, node, 1);
	assert_int_equal(e->born, 1);
	assert_true(tree_is_implied(e));
	assert_int_equal(tree_continued(t.tree, e)->born, 0);
	assert_int_equal(tree_birth(t.tree, e)->born, 0);
	assert_int_equal(tree_declared(t.tree, e)->born, 0);
	assert_int_equal(tree_meta(t.tree, e)->mode, 0700);
	e = top(&t, "d");
	assert_int_equal(e->born, 4);
	assert_int_equal(tree_birth(t.tree, e)->born, 3);
	assert_null(tree_continued(t.tree, tree_birth(t.tree, e)));
	assert_ptr_equal(tree_newest(t.tree, node), e);
}

TEST(questions, what_died_and_what_took_it)
{
	scoped(testtree_done) struct testtree t = { 0 };
	testtree_make((const char *const[]){ "f a =xy; h b >a; f c =xy",
					     "f .wh.a", "f b =z", NULL },
		      &t);
	uint32_t a = tree_find(t.tree, STR("a"));
	assert_null(tree_top(t.tree, a));
	const struct tree_entry *e = tree_newest(t.tree, a);
	assert_int_equal(e->died, 1);
	assert_true(tree_stores(e));
	struct tree_fate fate = tree_fate(t.tree, e);
	assert_int_equal(fate.n_names, 0);
	assert_int_equal(fate.lost, 2);
	assert_int_equal(fate.loss, LOSS_OVERWRITTEN);
	assert_int_equal(tree_layer_dead(tree_layer(t.tree, 0)), 2);
	assert_int_equal(tree_n_markers(t.tree), 1);
	assert_int_equal(tree_marker(t.tree, 0)->node, a);
	assert_ptr_equal(tree_entry(t.tree, tree_marker(t.tree, 0)->below), e);
}

TEST(questions, contents_and_links)
{
	scoped(testtree_done) struct testtree t = { 0 };
	uint8_t none[32] = { 0 };
	testtree_make((const char *const[]){ "f a =x; f empty; h b >a",
					     "f .wh.a; f .wh.b", NULL },
		      &t);
	const struct tree_entry *a =
		tree_newest(t.tree, tree_find(t.tree, STR("a")));
	const struct tree_entry *b =
		tree_newest(t.tree, tree_find(t.tree, STR("b")));
	assert_true(tree_is_link(b));
	assert_ptr_equal(tree_inode(t.tree, b), a);
	assert_ptr_equal(tree_entry(t.tree, tree_id(t.tree, a)), a);
	/* Dead contents are known, too: they were sent once. */
	assert_true(tree_has_content(t.tree, tree_content(t.tree, a)));
	assert_false(tree_has_content(t.tree, none));
	assert_null(tree_content(t.tree, top(&t, "empty")));
}

TEST(questions, cases_by_their_cure)
{
	scoped(testtree_done) struct testtree t = { 0 };
	testtree_make((const char *const[]){ "f a; f a", "f b t-5", NULL }, &t);
	assert_true(tree_has_case(t.tree, 0, ENGINE_CURE_OPTIMIZE));
	assert_false(tree_has_case(t.tree, 1, ENGINE_CURE_FLATTEN));
	assert_true(tree_has_case(t.tree, 1, ENGINE_CURE_NONE));
	assert_int_equal(tree_note(t.tree, 0)->what, ENGINE_TWICE);
	assert_null(tree_note(t.tree, 2));
}

TESTS_MAIN(unit(questions, a_directory_and_its_birth),
	   unit(questions, what_died_and_what_took_it),
	   unit(questions, contents_and_links),
	   unit(questions, cases_by_their_cure))
