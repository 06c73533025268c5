/* SPDX-License-Identifier: Apache-2.0 */
#include "ignore/program.h"

#include "base/test.h"

static int compile(const char *expression, struct arena *a,
		   const struct ignore_program **p, const char **why)
{
	struct err err = { 0 };
	int r = ignore_compile(str_of(expression), a, p, why, &err);
	assert_ok(r, &err);
	return r;
}

TEST(program, matches)
{
	static const struct {
		const char *expression, *path;
		bool match;
	} rows[] = {
		{ "^[^/]*\\.o$", "a.o", true },
		{ "^[^/]*\\.o$", "d/a.o", false },
		{ "^(.*/)?a$", "a", true },
		{ "^(.*/)?a$", "x/y/a", true },
		{ "^(.*/)?a$", "xa", false },
		{ "^a.*$", "a\n", false },
		{ "^[a-c]$", "b", true },
		{ "^[^a-c]$", "b", false },
		{ "^[[:digit:]]$", "7", true },
		{ "^\\d\\D$", "7x", true },
		{ "^\xc3\xa4$", "\xc3\xa4", true },
		/* An alternative has anchors of its own or none. */
		{ "^a|b$", "ax", true },
		{ "^a|b$", "xb", true },
		{ "^a|b$", "xbx", false },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(arena_done) struct arena a = { 0 };
		const struct ignore_program *p = NULL;
		const char *why = "";
		struct err err = { 0 };
		if (compile(rows[i].expression, &a, &p, &why) != 1)
			fail_msg("%s: %s", rows[i].expression, why);
		int r = ignore_run(p, str_of(rows[i].path), &err);
		assert_ok(r, &err);
		if (r != rows[i].match)
			fail_msg("%s: %s", rows[i].expression, rows[i].path);
	}
}

TEST(program, refuses)
{
	static const struct {
		const char *expression, *why;
	} rows[] = {
		{ "^[a$", "a [ has no ]" },
		{ "^[z-a]$", "a range runs backwards" },
		{ "^a{2}$", "braces repeat what stands before" },
		{ "^\\q$",
		  "a backslash gives this letter a meaning of its own" },
		{ "^[[:foo:]]$", "a class has no such name" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(arena_done) struct arena a = { 0 };
		const struct ignore_program *p = NULL;
		const char *why = "";
		if (compile(rows[i].expression, &a, &p, &why) != 0)
			fail_msg("%s", rows[i].expression);
		assert_string_equal(why, rows[i].why);
	}
}

TEST(program, literal_start)
{
	scoped(arena_done) struct arena a = { 0 };
	const struct ignore_program *p = NULL;
	const char *why = "";
	compile("^a/b[^/]*$", &a, &p, &why);
	assert_true(str_eqz(ignore_literal_start(p), "a/b"));
	compile("^a|b$", &a, &p, &why);
	assert_int_equal(ignore_literal_start(p).n, 0);
}

/* A path that many stars could match in many ways is read once. */
TEST(program, hostile_stars)
{
	scoped(arena_done) struct arena a = { 0 };
	static char path[20000], expression[2003];
	const struct ignore_program *p = NULL;
	const char *why = "";
	struct err err = { 0 };
	char *to = expression;
	*to++ = '^';
	for (size_t i = 0; i < 400; i++)
		to = stpcpy(to, "[^/]*");
	strcpy(to, "b");
	memset(path, 'a', sizeof path);
	compile(expression, &a, &p, &why);
	struct str s = { path, sizeof path };
	assert_int_equal(ignore_run(p, s, &err), 0);
}

TESTS_MAIN(unit(program, matches), unit(program, refuses),
	   unit(program, literal_start), unit(program, hostile_stars))
