/* SPDX-License-Identifier: Apache-2.0 */
#include "work/lint_find.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "layer/testsource.h"
#include "base/test.h" /* last: cmocka defines skip */

static void make(const char *path)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fclose(f), 0);
}

TEST(lint_find, the_nearest_upward)
{
	IN_NEW_PLACE;
	scoped(arena_done) struct arena a = { 0 };
	assert_int_equal(mkdir("x", 0755), 0);
	assert_int_equal(mkdir("x/y", 0755), 0);
	make("x/.pare.yaml");
	const char *found = work_lint_find_own(&a, "x/y");
	assert_non_null(found);
	assert_non_null(strstr(found, "/x/.pare.yaml"));
	make("x/y/.pare.yaml");
	found = work_lint_find_own(&a, "x/y");
	assert_non_null(strstr(found, "/x/y/.pare.yaml"));
	assert_null(work_lint_find_own(&a, "gone"));
}

TEST(lint_find, hadolints_in_its_order)
{
	IN_NEW_PLACE;
	scoped(arena_done) struct arena a = { 0 };
	setenv("HOME", "h", 1);
	setenv("XDG_CONFIG_HOME", "", 1);
	assert_null(work_lint_find_hadolints(&a));
	assert_int_equal(mkdir("h", 0755), 0);
	make("h/.hadolint.yml");
	assert_string_equal(work_lint_find_hadolints(&a), "h/.hadolint.yml");
	make(".hadolint.yaml");
	assert_string_equal(work_lint_find_hadolints(&a), ".hadolint.yaml");
}

TESTS_MAIN(unit(lint_find, the_nearest_upward),
	   unit(lint_find, hadolints_in_its_order))
