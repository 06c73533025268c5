/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/scope.h"

#include <stdio.h>

#include "base/test.h" /* last: cmocka defines skip */

static uint32_t depth(const struct df_var_tree *t)
{
	return t ? 1 + MAX(depth(t->left), depth(t->right)) : 0;
}

/* Names in an order, each seen by what stands behind it and by nothing in
 * front; a second value of a name hides the first one from then on. */
static void assert_views(uint32_t step)
{
	enum { N = 4096 };
	static struct df_var *views[N + 1];
	struct err err = { 0 };
	struct arena a = { 0 };
	struct df_scope s = { .a = &a };
	char name[8];
	for (uint32_t i = 0; i < N; i++) {
		struct df_var v = { .set = true };
		snprintf(name, sizeof name, "v%04x", i * step % N);
		assert_ok(arena_str(&a, str_of(name), &v.name, &err), &err);
		v.value = v.name;
		assert_ok(dockerfile_scope_push(&s, &s.vars, v, &err), &err);
		views[i] = s.vars;
	}
	/* 1.44 log2 4096 */
	assert_in_range(depth(s.vars->tree), 12, 17);
	for (uint32_t i = 0; i < N; i++) {
		snprintf(name, sizeof name, "v%04x", i * step % N);
		assert_ptr_equal(dockerfile_scope_find(s.vars, str_of(name)),
				 views[i]);
		assert_ptr_equal(dockerfile_scope_find(views[i], str_of(name)),
				 views[i]);
		assert_null(
			i ? dockerfile_scope_find(views[i - 1], str_of(name))
			  : NULL);
	}
	struct df_var again = { .name = STR("v0007"), .set = true };
	struct df_var *before = s.vars;
	assert_ok(dockerfile_scope_push(&s, &s.vars, again, &err), &err);
	assert_ptr_equal(dockerfile_scope_find(s.vars, STR("v0007")), s.vars);
	assert_ptr_not_equal(dockerfile_scope_find(before, STR("v0007")),
			     s.vars);
	arena_done(&a);
}

TEST(var_tree, each_line_has_its_own_view)
{
	(void)state;
	assert_views(1);    /* rising */
	assert_views(4095); /* falling */
	assert_views(1365); /* scattered */
	assert_null(dockerfile_scope_find(NULL, STR("v")));
}

TESTS_MAIN(unit(var_tree, each_line_has_its_own_view))
