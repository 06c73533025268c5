/* SPDX-License-Identifier: Apache-2.0 */
#include "report/table.h"

#include "base/test.h" /* last: cmocka defines skip */

static const struct column columns[] = {
	{ "N", COLUMN_NUMBER, 3, 0 },
	{ "SIZE", COLUMN_NUMBER, 6, 1 },
	{ "WHAT", COLUMN_TEXT, 8, 2 },
	{ "NOTE", COLUMN_TEXT, 4, 2 },
};
static const struct column places[] = {
	{ "N", COLUMN_NUMBER, 3, 0 },
	{ "PATH", COLUMN_PATH, 8, 2 },
};
static const struct column words[] = {
	{ "N", COLUMN_NUMBER, 3, 0 },
	{ "WORDS", COLUMN_WRAP, 8, 2 },
};

static void check(struct table *t, const char *const *cells, const char *want)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(10000);
	for (size_t i = 0; cells[i]; i++)
		assert_ok(report_table_cell(t, str_of(cells[i]), &err), &err);
	assert_ok(report_table_put(t, &out, &err), &err);
	assert_string_equal(buf_cstr(&out), want);
	report_table_done(t);
}

static const char *const rows[] = { "1",
				    "10 kB",
				    "run make all install",
				    "said so here", /* */
				    "22",
				    "1.5 MB",
				    "copy",
				    "", /* */
				    NULL };

TEST(table, all_has_room)
{
	struct table t = TABLE_INIT(columns, 80);
	check(&t, rows,
	      "  N   SIZE  WHAT                  NOTE\n"
	      "  1  10 kB  run make all install  said so here\n"
	      " 22 1.5 MB  copy\n");
}

TEST(table, texts_share_what_is_left)
{
	struct table t = TABLE_INIT(columns, 36);
	check(&t, rows,
	      "  N   SIZE  WHAT           NOTE\n"
	      "  1  10 kB  run make a...  said s...\n"
	      " 22 1.5 MB  copy\n");
	struct table few = TABLE_INIT(columns, 26);
	check(&few, rows,
	      "  N   SIZE  WHAT      NOTE\n"
	      "  1  10 kB  run m...  s...\n"
	      " 22 1.5 MB  copy\n");
}

TEST(table, what_has_no_room_goes_below)
{
	struct table t = TABLE_INIT(columns, 25);
	check(&t, rows,
	      "  N   SIZE  WHAT\n"
	      "    NOTE\n"
	      "  1  10 kB  run make a...\n"
	      "    said so here\n"
	      " 22 1.5 MB  copy\n");
	struct table narrow = TABLE_INIT(columns, 12);
	check(&narrow, rows,
	      "  N   SIZE\n"
	      "    WHAT\n"
	      "    NOTE\n"
	      "  1  10 kB\n"
	      "    run m...\n"
	      "    said ...\n"
	      " 22 1.5 MB\n"
	      "    copy\n");
}

TEST(table, whole)
{
	struct table t = TABLE_INIT(columns, 12);
	t.whole = true;
	check(&t, rows,
	      "  N   SIZE  WHAT                  NOTE\n"
	      "  1  10 kB  run make all install  said so here\n"
	      " 22 1.5 MB  copy\n");
}

TEST(table, color_and_no_titles)
{
	static const char *const one[] = { "1", "2", "a", "b", NULL };
	struct table t = TABLE_INIT(columns, 80);
	t.color = true;
	check(&t, one,
	      "\033[1m  N   SIZE  WHAT  NOTE\033[0m\n"
	      "  1      2  a     b\n");
	struct table bare = TABLE_INIT(columns, 80);
	bare.untitled = true;
	check(&bare, one, "  1      2  a  b\n");
}

TEST(table, a_path_keeps_both_ends)
{
	static const char *const one[] = {
		"1", "/usr/lib/python3/dist-packages/x.py", "2", "/a", NULL
	};
	struct table t = TABLE_INIT(places, 25);
	check(&t, one,
	      "  N  PATH\n"
	      "  1  /usr/...ackages/x.py\n"
	      "  2  /a\n");
}

TEST(table, text_wraps)
{
	static const char *const one[] = {
		"1", "same content, compressed in another way", NULL
	};
	struct table t = TABLE_INIT(words, 21);
	check(&t, one,
	      "  N  WORDS\n"
	      "  1  same content,\n"
	      "     compressed in\n"
	      "     another way\n");
	static const char *const word[] = { "1", "abcdefghijklmnopqr", NULL };
	struct table narrow = TABLE_INIT(words, 13);
	check(&narrow, word,
	      "  N  WORDS\n"
	      "  1  abcdefgh\n"
	      "     ijklmnop\n"
	      "     qr\n");
}

/* Wide characters take two columns and marks none; none is cut in two. */
TEST(table, columns_are_not_bytes)
{
#define HAN "\xe6\xbc\xa2"
#define E_ACUTE "e\xcc\x81"
	static const char *const one[] = { "1", "1", HAN HAN HAN HAN HAN HAN,
					   "x", /* */
					   "2", "2", E_ACUTE "tudes",
					   "y", /* */
					   NULL };
	struct table t = TABLE_INIT(columns, 80);
	check(&t, one,
	      "  N   SIZE  WHAT          NOTE\n"
	      "  1      1  " HAN HAN HAN HAN HAN HAN "  x\n"
	      "  2      2  " E_ACUTE "tudes        y\n");
	struct table cut = TABLE_INIT(columns, 26);
	check(&cut, one,
	      "  N   SIZE  WHAT      NOTE\n"
	      "  1      1  " HAN HAN "...   x\n"
	      "  2      2  " E_ACUTE "tudes    y\n");
}

TEST(table, empty)
{
	static const char *const none[] = { NULL };
	struct table t = TABLE_INIT(words, 80);
	check(&t, none, "  N  WORDS\n");
}

TESTS_MAIN(unit(table, all_has_room), unit(table, texts_share_what_is_left),
	   unit(table, what_has_no_room_goes_below), unit(table, whole),
	   unit(table, color_and_no_titles),
	   unit(table, a_path_keeps_both_ends), unit(table, text_wraps),
	   unit(table, columns_are_not_bytes), unit(table, empty))
