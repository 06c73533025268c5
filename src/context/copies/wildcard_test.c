/* SPDX-License-Identifier: Apache-2.0 */
#include "context/copies/wildcard.h"

#include "base/test.h"

TEST(wildcard, match)
{
	static const struct {
		const char *pattern, *path;
		bool match;
	} rows[] = {
		{ "abc", "abc", true },
		{ "*", "abc", true },
		{ "*", "", true },
		{ "*c", "abc", true },
		{ "a*", "a", true },
		{ "a*", "ab/c", false },
		{ "a*/b", "abc/b", true },
		{ "a*/b", "a/c/b", false },
		{ "a*b*c*d*e*/f", "axbxcxdxe/f", true },
		{ "a*b*c*d*e*/f", "axbxcxdxexxx/f", true },
		{ "a*b*c*d*e*/f", "axbxcxdxe/xxx/f", false },
		{ "a*b?c*x", "abxbbxdbxebxczzx", true },
		{ "a*b?c*x", "abxbbxdbxebxczzy", false },
		{ "**", "a", true },
		{ "**", "a/b", false },
		{ "**/c", "a/c", true },
		{ "**/c", "c", false },
		{ "?", "a", true },
		{ "?", "/", false },
		{ "?", "\xc3\xa9", true },
		{ "??", "\xc3\xa9", false },
		{ "?", "\xff", true },
		{ "ab[c]", "abc", true },
		{ "ab[b-d]", "abc", true },
		{ "ab[e-g]", "abc", false },
		{ "ab[^c]", "abc", false },
		{ "ab[^e-g]", "abc", true },
		{ "a[^b]c", "a/c", true },
		{ "[\\]a]", "]", true },
		{ "[\\-x]", "-", true },
		{ "[a-\xce\xb6]*", "\xce\xb1", true },
		{ "*[a-\xce\xb6]", "\xce\xb1", true },
		{ "a\\*b", "a*b", true },
		{ "a\\*b", "axb", false },
		{ "a\\b", "ab", true },
		/* malformed: nothing matches */
		{ "[", "a", false },
		{ "[]a]", "]", false },
		{ "[-]", "-", false },
		{ "[x-]", "x", false },
		{ "[a-b-c]", "a", false },
		{ "[^", "a", false },
		{ "a[", "a", false },
		{ "\\", "a", false },
		{ "a\\", "a", false },
		{ "a[", "ab", false },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (context_wildcard_match(str_of(rows[i].pattern),
					   str_of(rows[i].path)) !=
		    rows[i].match)
			fail_msg("%s against %s", rows[i].pattern,
				 rows[i].path);
}

TEST(wildcard, has_wildcard)
{
	assert_true(context_has_wildcard(STR("a*")));
	assert_true(context_has_wildcard(STR("?")));
	assert_true(context_has_wildcard(STR("x[a]")));
	assert_true(context_has_wildcard(STR("\\**")));
	assert_false(context_has_wildcard(STR("a]")));
	assert_false(context_has_wildcard(STR("\\*\\?\\[")));
	assert_false(context_has_wildcard(STR("a\\")));
	assert_false(context_has_wildcard(STR("")));
}

/* No backtracking but to the last star: many stars cost no more than n * m. */
TEST(wildcard, many_stars)
{
	char pattern[2001], path[4001];
	for (size_t i = 0; i < 2000; i += 2)
		memcpy(pattern + i, "*a", 2);
	memset(path, 'a', 4000);
	path[3999] = 'b';
	assert_false(context_wildcard_match((struct str){ pattern, 2000 },
					    (struct str){ path, 4000 }));
}

TESTS_MAIN(unit(wildcard, match), unit(wildcard, has_wildcard),
	   unit(wildcard, many_stars))
