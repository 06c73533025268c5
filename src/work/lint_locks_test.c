/* SPDX-License-Identifier: Apache-2.0 */
#include "work/lint_locks.h"

#include "base/test.h"

static const struct work_names ignored = { (const char *const[]){ "DL3008" },
					   1 };

/* The text of the error, "" without one; until the next call. */
static const char *check(const struct work_lint_options *opt,
			 const struct lint_config *c)
{
	static struct err err;
	scoped(arena_done) struct arena a = { 0 };
	err = (struct err){ 0 };
	int r = work_lint_check_options(opt, c, &a, &err);
	assert_int_equal(r < 0, err.code == ERR_USAGE);
	return err.text;
}

TEST(lint_locks, options_tighten_and_do_not_loosen)
{
	struct lint_config c = { .fail = FAIL_LEVEL, .fail_level = SEV_WARN };
	struct work_lint_options error = { .fail = FAIL_LEVEL,
					   .fail_level = SEV_ERROR };
	struct work_lint_options info = { .fail = FAIL_LEVEL,
					  .fail_level = SEV_INFO };
	struct work_lint_options none = { .fail = FAIL_NEVER };
	assert_string_equal(check(&none, &c), "");
	c.locked[KEY_FAIL_ON] = true;
	c.locked_by[KEY_FAIL_ON] = "std.yaml";
	assert_string_equal(check(&info, &c), "");
	assert_string_equal(check(&error, &c),
			    "--fail-on loosens what std.yaml locks (fail-on)");
	assert_string_equal(check(&none, &c),
			    "--fail-on loosens what std.yaml locks (fail-on)");
}

TEST(lint_locks, a_selection_is_guarded_by_what_is_ignored)
{
	struct lint_config c = { 0 };
	struct work_lint_options select = { .select = ignored };
	struct work_lint_options ignore = { .ignore = ignored };
	struct str same = STR("dl3008");
	c.locked[KEY_IGNORE] = true;
	c.locked_by[KEY_IGNORE] = "std.yaml";
	assert_string_equal(check(&select, &c),
			    "--select loosens what std.yaml locks (ignore)");
	assert_string_equal(check(&ignore, &c),
			    "--ignore loosens what std.yaml locks (ignore)");
	c.choice.ignore = &same;
	c.choice.n_ignore = 1;
	assert_string_equal(check(&ignore, &c), "");
}

TESTS_MAIN(unit(lint_locks, options_tighten_and_do_not_loosen),
	   unit(lint_locks, a_selection_is_guarded_by_what_is_ignored))
