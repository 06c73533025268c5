/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/heredoc.h"

#include "base/test.h"

TEST(heredoc, words)
{
	static const struct {
		const char *word, *name; /* NULL: no heredoc */
		uint32_t fd;
		bool expand, tabs;
	} rows[] = {
		{ "<<EOF", "EOF", 0, true, false },
		{ "<<-EOF", "EOF", 0, true, true },
		{ "3<<EOF", "EOF", 3, true, false },
		{ "<<'EOF'", "EOF", 0, false, false },
		{ "<<\"EOF\"", "EOF", 0, false, false },
		{ "<< EOF", "EOF", 0, true, false },
		{ "<<E'O'F", "EOF", 0, false, false },
		{ "<<$x", "$x", 0, true, false },
		{ "<<<word", NULL, 0, false, false },
		{ "<EOF", NULL, 0, false, false },
		{ "a<<EOF", NULL, 0, false, false },
		{ "<<", NULL, 0, false, false },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(arena_done) struct arena a = { 0 };
		struct df_heredoc h = { 0 };
		struct err err = { 0 };
		int r = dockerfile_heredoc_word(str_of(rows[i].word), &a, &h,
						&err);
		assert_ok(r, &err);
		if (r != (rows[i].name != NULL) ||
		    (r && !str_eqz(h.name, rows[i].name)))
			fail_msg("%s: %d %.*s", rows[i].word, r,
				 STR_ARG(h.name));
		assert_int_equal(h.fd, rows[i].fd);
		assert_int_equal(h.expand, rows[i].expand);
		assert_int_equal(h.strip_tabs, rows[i].tabs);
	}
}

TEST(heredoc, refuses)
{
	scoped(arena_done) struct arena a = { 0 };
	struct df_heredoc h;
	struct err err = { 0 };
	assert_fails(dockerfile_heredoc_word(STR("<<'EOF"), &a, &h, &err), &err,
		     ERR_CORRUPT, "a single quote has no end");
}

TESTS_MAIN(unit(heredoc, words), unit(heredoc, refuses))
