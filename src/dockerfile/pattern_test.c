/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/pattern.h"

#include "base/test.h"

TEST(pattern, strip)
{
	static const struct {
		const char *pattern, *value;
		bool at_end, greedy;
		const char *want;
	} rows[] = {
		{ "a", "abc", false, false, "bc" },
		{ "b", "abc", false, false, "abc" },
		{ "*b", "abab", false, false, "ab" },
		{ "*b", "abab", false, true, "" },
		{ ".*", "a.tar.gz", true, false, "a.tar" },
		{ ".*", "a.tar.gz", true, true, "a" },
		{ "?", "\xc3\xa4x", false, false, "x" },
		{ "?", "\nx", false, false, "\nx" },
		{ "\\*", "*x", false, false, "x" },
		{ "", "x", false, true, "x" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(buf_done) struct buf b = BUF_INIT(1000);
		struct err err = { 0 };
		assert_ok(dockerfile_pattern_strip(str_of(rows[i].pattern),
						   str_of(rows[i].value),
						   rows[i].at_end,
						   rows[i].greedy, &b, &err),
			  &err);
		assert_string_equal(buf_cstr(&b), rows[i].want);
	}
}

TEST(pattern, replace)
{
	static const struct {
		const char *pattern, *value, *with;
		bool all;
		const char *want;
	} rows[] = {
		{ "a", "banana", "x", false, "bxnana" },
		{ "a", "banana", "x", true, "bxnxnx" },
		{ "*", "ab", "x", true, "x" },
		{ "", "ab", "-", true, "-a-b-" },
		{ "n", "banana", "[$0]", true, "ba[n]a[n]a" },
		{ "n", "bn", "$$${1}$", true, "b$$" },
		{ "n", "bn", "$0", false, "b$0" },
		{ "z", "abc", "x", true, "abc" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(buf_done) struct buf b = BUF_INIT(1000);
		struct err err = { 0 };
		assert_ok(dockerfile_pattern_replace(str_of(rows[i].pattern),
						     str_of(rows[i].value),
						     str_of(rows[i].with),
						     rows[i].all, &b, &err),
			  &err);
		assert_string_equal(buf_cstr(&b), rows[i].want);
	}
}

TEST(pattern, refuses)
{
	scoped(buf_done) struct buf b = BUF_INIT(1000);
	struct err err = { 0 };
	assert_fails(
		dockerfile_pattern_strip(STR("a\\q"), STR("a"), false, false,
					 &b, &err),
		&err, ERR_CORRUPT,
		"pattern a\\\\q: a backslash stands before what needs none");
}

/* Every start against every rest would take forever. */
TEST(pattern, gives_up)
{
	static char pattern[4000], value[60000];
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	struct err err = { 0 };
	memset(pattern, '*', sizeof pattern);
	memset(value, 'a', sizeof value);
	pattern[sizeof pattern - 1] = 'b';
	struct str p = { pattern, sizeof pattern };
	struct str v = { value, sizeof value };
	assert_true(dockerfile_pattern_replace(p, v, STR("x"), true, &b, &err) <
		    0);
	assert_int_equal(err.code, ERR_LIMIT);
}

TESTS_MAIN(unit(pattern, strip), unit(pattern, replace), unit(pattern, refuses),
	   unit(pattern, gives_up))
