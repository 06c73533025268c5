/* SPDX-License-Identifier: Apache-2.0 */
#include "ignore/glob.h"

#include "base/test.h"

TEST(glob, clean)
{
	static const struct {
		const char *path, *want;
	} rows[] = {
		{ "", "." },
		{ ".", "." },
		{ "a//b/", "a/b" },
		{ "./a", "a" },
		{ "a/../b", "b" },
		{ "a/..", "." },
		{ "../a", "../a" },
		{ "a/../../b", "../b" },
		{ "/..", "/" },
		{ "/../a", "/a" },
		{ "//", "/" },
		{ "../../a/..", "../.." },
		{ "a/b/../../c", "c" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char room[32];
		struct str got = ignore_clean(str_of(rows[i].path), room);
		if (!str_eqz(got, rows[i].want))
			fail_msg("%s: %.*s", rows[i].path, STR_ARG(got));
	}
}

TEST(glob, well_formed)
{
	static const struct {
		const char *pattern;
		bool well;
	} rows[] = {
		{ "a", true },
		{ "a*", true },
		{ "[a-z]", true },
		{ "[^a]", true },
		{ "[", false },
		{ "b[", false },
		{ "[]a]", false },
		{ "[a-]", false },
		{ "a\\", false },
		{ "\\a", true },
		/* Behind a star that fails nobody looks. */
		{ "b*[", true },
		{ "*[", false },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (ignore_well_formed(str_of(rows[i].pattern)) != rows[i].well)
			fail_msg("%s", rows[i].pattern);
}

TESTS_MAIN(unit(glob, clean), unit(glob, well_formed))
