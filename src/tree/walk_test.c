/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "tree/testtree.h"
#include "base/test.h" /* last: cmocka defines skip */

static void free_ids(uint32_t **v)
{
	free(*v);
}

TEST(walk, directories_stand_before_what_they_hold)
{
	static const char *const layers[] = {
		"f a-b; f a.b; d a; f a/z; d a/b; f a/b/c; f a0; f \\xff; "
		"f \\x01; f gone; d empty",
		"f .wh.gone; f .wh.a0", NULL
	};
	scoped(testtree_done) struct testtree t = { 0 };
	testtree_make(layers, &t);
	assert_string_equal(testtree_text(t.tree),
			    "f \\x01; d a; d a/b; f a/b/c; f a/z; f a-b; "
			    "f a.b; d empty; f \\xff");
}

TEST(walk, children_are_sorted_and_alive)
{
	static const char *const layers[] = {
		"d d; f d/b; f d/a; f d/ab; f d/c", "d d; f d/.wh.c", NULL
	};
	struct err err = { 0 };
	scoped(testtree_done) struct testtree t = { 0 };
	scoped(free_ids) uint32_t *v = NULL;
	uint32_t n;
	testtree_make(layers, &t);
	assert_ok(tree_children(t.tree, tree_find(t.tree, STR("d")), &v, &n,
				&err),
		  &err);
	assert_int_equal(n, 3);
	assert_true(str_eqz(tree_name(t.tree, v[0]), "a"));
	assert_true(str_eqz(tree_name(t.tree, v[1]), "ab"));
	assert_true(str_eqz(tree_name(t.tree, v[2]), "b"));
}

TEST(walk, a_path_is_found)
{
	static const char *const layers[] = { "d d; f d/b", NULL };
	struct err err = { 0 };
	scoped(testtree_done) struct testtree t = { 0 };
	scoped(buf_done) struct buf path = BUF_INIT(100);
	testtree_make(layers, &t);
	assert_int_equal(tree_find(t.tree, STR("")), TREE_ROOT);
	assert_int_equal(tree_find(t.tree, STR("x")), TREE_NONE);
	assert_int_equal(tree_find(t.tree, STR("d/b/c")), TREE_NONE);
	uint32_t node = tree_find(t.tree, STR("d/b"));
	assert_int_not_equal(node, TREE_NONE);
	assert_ok(tree_path(t.tree, node, &path, &err), &err);
	assert_true(str_eqz(buf_str(&path), "d/b"));
}

/* A thousand levels down and up again. */
TEST(walk, depth_is_no_recursion)
{
	struct err err = { 0 };
	char text[2100] = "d ";
	for (unsigned i = 0; i < 1000; i++)
		strcat(text, i ? "/x" : "x");
	const char *const layers[] = { text, NULL };
	scoped(testtree_done) struct testtree t = { 0 };
	scoped(tree_walk_done) struct tree_walk w;
	uint32_t node, n = 0;
	int r;
	testtree_make(layers, &t);
	tree_walk_begin(&w, t.tree);
	while ((r = tree_walk_next(&w, &node, &err)) > 0)
		n++;
	assert_ok(r, &err);
	assert_int_equal(n, 1001);
	assert_int_equal(tree_walk_next(&w, &node, &err), 0);
}

/* Left in the middle, a walk gives back what it holds. */
TEST(walk, may_be_left)
{
	static const char *const layers[] = { "d d; f d/b; f e", NULL };
	struct err err = { 0 };
	scoped(testtree_done) struct testtree t = { 0 };
	scoped(tree_walk_done) struct tree_walk w;
	uint32_t node;
	testtree_make(layers, &t);
	tree_walk_begin(&w, t.tree);
	for (int i = 0; i < 3; i++)
		assert_int_equal(tree_walk_next(&w, &node, &err), 1);
	tree_walk_done(&w);
}

TESTS_MAIN(unit(walk, directories_stand_before_what_they_hold),
	   unit(walk, children_are_sorted_and_alive),
	   unit(walk, a_path_is_found), unit(walk, depth_is_no_recursion),
	   unit(walk, may_be_left))
