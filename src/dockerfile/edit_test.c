/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/edit.h"

#include "base/test.h"

struct row {
	struct text_edit edits[4];
	size_t n;
	const char *want;
};

TEST(edit, apply)
{
	const struct row rows[] = {
		{ { { { 0, 0 }, STR("") } }, 0, "0123456789" },
		{ { { { 2, 3 }, STR("ab") } }, 1, "01ab56789" },
		{ { { { 9, 1 }, STR("") }, { { 0, 1 }, STR("x") } },
		  2,
		  "x12345678" },
		{ { { { 5, 0 }, STR("a") }, { { 5, 0 }, STR("b") } },
		  2,
		  "01234ab56789" },
		/* Touching is not overlapping. */
		{ { { { 5, 2 }, STR("B") },
		    { { 3, 2 }, STR("A") },
		    { { 5, 0 }, STR("+") },
		    { { 10, 0 }, STR("!") } },
		  4,
		  "012A+B789!" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = { 0 };
		struct row row = rows[i];
		scoped(buf_done) struct buf out = BUF_INIT(100);
		assert_ok(text_edit_apply(STR("0123456789"), row.edits, row.n,
					  &out, &err),
			  &err);
		assert_string_equal(buf_cstr(&out), row.want);
	}
}

TEST(edit, refuses)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(100);
	struct text_edit overlap[] = { { { 4, 2 }, STR("a") },
				       { { 2, 3 }, STR("b") } };
	struct text_edit inside[] = { { { 4, 2 }, STR("a") },
				      { { 5, 0 }, STR("b") } };
	struct text_edit past[] = { { { 9, 2 }, STR("a") } };
	assert_fails(text_edit_apply(STR("0123456789"), overlap, 2, &out, &err),
		     &err, ERR_USAGE, "edits at 2 and 4 overlap");
	assert_fails(text_edit_apply(STR("0123456789"), inside, 2, &out, &err),
		     &err, ERR_USAGE, "edits at 4 and 5 overlap");
	assert_fails(text_edit_apply(STR("0123456789"), past, 1, &out, &err),
		     &err, ERR_USAGE, "edit at 9+2 runs past 10 bytes");
	assert_int_equal(out.n, 0);
}

TESTS_MAIN(unit(edit, apply), unit(edit, refuses))
