/* SPDX-License-Identifier: Apache-2.0 */
#include "ignore/ignore.h"

#include "base/test.h"

static bool excluded(const struct ignore *ig, const char *path,
		     struct ignore_result *r)
{
	struct err err = { 0 };
	assert_ok(ignore_path(ig, str_of(path), r, &err), &err);
	return r->excluded;
}

/* Paths with + in front are excluded, with - kept. */
TEST(ignore, paths)
{
	static const struct {
		const char *file;
		const char *paths[8];
	} rows[] = {
		{ "", { "-a" } },
		{ "a", { "+a", "-b", "+a/b", "-b/a", "-ab" } },
		{ "/a", { "+a", "+a/b", "-b/a" } },
		{ "a/", { "+a", "+a/b" } },
		{ "./a/../b//c", { "-a", "-b", "+b/c" } },
		{ "*", { "+a", "+a/b", "+.git" } },
		{ "*.c", { "+x.c", "-a/x.c", "+.c", "-x.cc" } },
		{ "*/*.c", { "-x.c", "+a/x.c", "-a/b/x.c" } },
		{ "**/*.c", { "+x.c", "+a/x.c", "+a/b/x.c", "-x.h" } },
		{ "**/x", { "+x", "+a/x", "+a/x/b", "-ax" } },
		{ "**x", { "+x", "+a/x", "+ax", "-xa" } },
		{ "a/**", { "-a", "+a/b", "+a/b/c" } },
		{ "a/**/b", { "+a/b", "+a/x/b", "+a/x/y/b", "-a/xb" } },
		{ "**", { "+a", "+a/b" } },
		{ "a?c",
		  { "+abc", "-ac", "-a/c",
		    "+a\xc3\xa9"
		    "c" } },
		{ "[a-c]x", { "+ax", "+cx", "-dx" } },
		{ "[^a]x", { "-ax", "+bx" } },
		{ "a\\*", { "+a*", "-ab" } },
		{ "a.c*", { "+a.c", "-abc" } },
		{ "a+(b)$*", { "+a+(b)$c", "-aab" } },
		{ "# a\n #b\n", { "-a", "-# a", "+#b" } },
		{ "\xef\xbb\xbf"
		  "a\r\nb\r\n",
		  { "+a", "+b" } },
		{ "  a b \t\n", { "+a b" } },
		{ "*\n!a", { "+b", "-a", "-a/b" } },
		{ "*\n!a/b", { "+a", "-a/b", "+a/c" } },
		{ "*.md\n!README*.md\nREADME-secret.md",
		  { "+a.md", "-README.md", "+README-secret.md" } },
		{ "*.md\nREADME-secret.md\n!README*.md",
		  { "-README-secret.md" } },
		{ "!a\na", { "+a" } },
		{ "a\n!  /a/b", { "+a", "-a/b" } },
		/* d is not asked again for dir/keep on behalf of dir. */
		{ "dir\n!dir/keep\ndir", { "+dir", "-dir/keep", "+dir/x" } },
		/* A slip of BuildKit: | separates alternatives. */
		{ "a|b*", { "+a", "+ax", "+xb", "-x" } },
		{ "a^b", { "+a^b" } },
		{ "{a}", { "+{a}", "-a" } },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = { 0 };
		struct ignore_result r;
		scoped(ignore_done) struct ignore ig;
		assert_ok(ignore_parse(str_of(rows[i].file), &ig, &err), &err);
		for (size_t k = 0; k < 8 && rows[i].paths[k]; k++) {
			const char *p = rows[i].paths[k];
			if (excluded(&ig, p + 1, &r) != (*p == '+'))
				fail_msg("%s: %s", rows[i].file, p);
		}
		assert_false(excluded(&ig, ".", &r));
	}
}

TEST(ignore, tells_line_and_pattern)
{
	static const char file[] =
		"# c\n\n  node_modules \n!/node_modules/a/\n";
	struct err err = { 0 };
	struct ignore_result r;
	scoped(ignore_done) struct ignore ig;
	assert_ok(ignore_parse(str_of(file), &ig, &err), &err);
	assert_int_equal(ig.n, 2);
	assert_true(excluded(&ig, "node_modules/b", &r));
	assert_int_equal(r.pattern, 0);
	assert_int_equal(ig.patterns[0].line, 3);
	assert_int_equal(ig.patterns[0].at.at, 7);
	assert_int_equal(ig.patterns[0].at.n, 12);
	assert_false(excluded(&ig, "node_modules/a", &r));
	assert_int_equal(r.pattern, 1);
	assert_int_equal(ig.patterns[1].line, 4);
	assert_true(str_eqz(ig.patterns[1].text, "node_modules/a"));
	assert_false(excluded(&ig, "src", &r));
	assert_true(r.pattern == SIZE_MAX);
}

TEST(ignore, skips_directories)
{
	static const struct {
		const char *file, *dir;
		bool skip;
	} rows[] = {
		{ "a", "a", true },
		{ "a\n!b", "a", true },
		{ "a\n!a/b", "a", false },
		{ "a\n!ab", "a", true },
		{ "a\n!a*", "b", false },
		{ "a/b\n!a", "a/b", true },
		{ "a\n!**/x", "a", false },
		{ "a\n!a/**", "a", false },
		{ "a\n!a/b/c", "a/b", false },
		{ "a\n!a/b/c", "a/d", true },
		{ "a\n!*/x", "a", false },
		{ "b", "a", false },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = { 0 };
		struct ignore_result r;
		scoped(ignore_done) struct ignore ig;
		assert_ok(ignore_parse(str_of(rows[i].file), &ig, &err), &err);
		excluded(&ig, rows[i].dir, &r);
		if (r.skip_below != rows[i].skip)
			fail_msg("%s: %s", rows[i].file, rows[i].dir);
	}
}

TEST(ignore, refuses)
{
	static const struct {
		const char *file, *why;
	} rows[] = {
		{ "a\n\n!", "line 3: a ! takes back nothing" },
		{ "!//", "line 1: a ! takes back nothing" },
		{ "a\n[b", "line 2: the pattern has a [ without ] or ends in "
			   "a backslash" },
		{ "a\\", "line 1: the pattern has a [ without ] or ends in a "
			 "backslash" },
		{ "[]a]", "line 1: the pattern has a [ without ] or ends in a "
			  "backslash" },
		{ "a*[b", "line 1: a [ has no ]" },
		{ "[z-a]*", "line 1: a range runs backwards" },
		{ "*\\q", "line 1: a backslash gives this letter a meaning of "
			  "its own" },
		{ "a*b{2}", "line 1: braces repeat what stands before" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = { 0 };
		scoped(ignore_done) struct ignore ig;
		assert_fails(ignore_parse(str_of(rows[i].file), &ig, &err),
			     &err, ERR_CORRUPT, rows[i].why);
	}
}

TESTS_MAIN(unit(ignore, paths), unit(ignore, tells_line_and_pattern),
	   unit(ignore, skips_directories), unit(ignore, refuses))
