/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/discover/gitignore.h"

#include "base/test.h"

/* Paths with + in front are excluded, with ! re-included, with - not spoken of;
 * a slash at the end: a directory. */
TEST(gitignore, paths)
{
	static const struct {
		const char *file;
		const char *paths[8];
	} rows[] = {
		{ "a", { "+a", "+a/", "+x/a", "-ab", "-a/b" } },
		{ "/a", { "+a", "-x/a" } },
		{ "a/", { "-a", "+a/", "+x/a/" } },
		{ "a/b", { "+a/b", "-x/a/b", "-b" } },
		{ "/a/", { "+a/", "-a", "-x/a/" } },
		{ "*.o", { "+x.o", "+a/x.o", "+.o", "-x.oo" } },
		{ "a/*.o", { "+a/x.o", "-a/b/x.o", "-x.o" } },
		{ "**/x", { "+x", "+a/x", "+a/b/x", "-ax" } },
		{ "a/**", { "-a", "-a/", "+a/b", "+a/b/c" } },
		{ "a/**/b", { "+a/b", "+a/x/b", "+a/x/y/b", "-a/xb", "-b" } },
		{ "**/a/**/b/c",
		  { "+a/b/c", "+x/a/y/b/c", "-a/b/x/c", "+a/b/b/c",
		    "+a/x/a/y/b/c" } },
		{ "a**b", { "+ab", "+axxb", "-a/b" } },
		{ "?x", { "+ax", "-x", "-aax" } },
		{ "[a-c]x", { "+ax", "-dx", "-[a-c]x" } },
		{ "[!a-c]x", { "-ax", "+dx" } },
		{ "[^a]x", { "-ax", "+dx" } },
		{ "[]x]y", { "+]y", "+xy", "-zy" } },
		{ "[[:digit:]_]x", { "+1x", "+_x", "-ax" } },
		{ "[ab", { "-a", "-[ab" } },
		{ "\\#a", { "+#a" } },
		{ "#a", { "-#a", "-a" } },
		{ "\\!a", { "+!a", "-a" } },
		{ "a\\*", { "+a*", "-ab" } },
		{ "a  ", { "+a", "-a  " } },
		{ "a\\ ", { "+a ", "-a" } },
		{ "*.x\n!keep.x", { "+a.x", "!keep.x" } },
		{ "!keep.x\n*.x", { "+keep.x" } },
		{ "a\r\nb\r\n", { "+a", "+b" } },
		{ "\xef\xbb\xbf"
		  "a\n\n",
		  { "+a", "-" } },
		{ "/", { "-a", "-" } },
		{ "*a*a*a*a*a*a*a*a*b",
		  { "-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" } },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = { 0 };
		struct gitignore g;
		scoped(arena_done) struct arena a = { 0 };
		assert_ok(lint_gitignore_parse(str_of(rows[i].file), &a, &g,
					       &err),
			  &err);
		for (size_t k = 0; k < 8 && rows[i].paths[k]; k++) {
			const char *want = rows[i].paths[k];
			struct str path = str_of(want + 1);
			bool dir = path.n && path.p[path.n - 1] == '/';
			path.n -= dir;
			enum gitignore_verdict v =
				lint_gitignore_ask(&g, path, dir);
			if ("-+!"[v] != *want)
				fail_msg("%s: %s", rows[i].file, want);
		}
	}
}

TESTS_MAIN(unit(gitignore, paths))
