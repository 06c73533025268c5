/* SPDX-License-Identifier: Apache-2.0 */
#include "context/advice/path_pattern.h"

#include "base/test.h"

TEST(path_pattern, rows)
{
	static const struct {
		const char *path, *line; /* NULL: none */
	} rows[] = {
		{ "a/b", "a/b" },
		{ "a b", "a b" },
		{ " a", "[ ]a" },
		{ "a ", "a[ ]" },
		{ "#a", "\\#a" },
		{ "!a", "\\!a" },
		{ "a*b?", "a\\*b\\?" },
		{ "[x]", "\\[x\\]" },
		{ "a\\b", "a\\\\b" },
		{ "{a|b}", "\\{a\\|b\\}" },
		{ "a.b+(c)$", "a.b+(c)$" },
		{ "^", "\\^" },
		{ "\xc3\xa9", "\xc3\xa9" },
		{ "a\nb", NULL },
		{ "a\r", NULL },
		{ "\xff", NULL },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena a = { 0 };
		struct err err = { 0 };
		struct str line = { 0 };
		int r = context_path_pattern(str_of(rows[i].path), &a, &line,
					     &err);
		assert_ok(r, &err);
		if (r != (rows[i].line != NULL) ||
		    (r && !str_eqz(line, rows[i].line)))
			fail_msg("%s: %.*s", rows[i].path, STR_ARG(line));
		arena_done(&a);
	}
}

/* Every printable byte, alone and at both ends, finds its way back. */
TEST(path_pattern, every_byte)
{
	for (int c = 1; c < 127; c++) {
		char path[4] = { (char)c, 'a', (char)c, 0 };
		struct arena a = { 0 };
		struct err err = { 0 };
		struct str line;
		if (c == '/' || c == '\n' || c == '\r')
			continue;
		int r = context_path_pattern(str_of(path), &a, &line, &err);
		assert_ok(r, &err);
		if (r == 0 && c >= ' ')
			fail_msg("no line for %s", path);
		arena_done(&a);
	}
}

TESTS_MAIN(unit(path_pattern, rows), unit(path_pattern, every_byte))
