/* SPDX-License-Identifier: Apache-2.0 */
#include "base/str_index.h"

#include "base/macros.h"
#include "base/test.h" /* last: cmocka defines skip */

static const struct str keys[] = { STR("b"),  STR("a"), STR(""), STR("b"),
				   STR("ab"), STR("b"), STR("a") };

TEST(str_index, finds_all_that_say_the_same)
{
	struct err e = { 0 };
	struct arena a = { 0 };
	struct str_index x;
	const uint32_t *ids;
	(void)state;
	assert_int_equal(str_index_make(&x, keys, ARRAY_LEN(keys), &a, &e), 0);
	assert_int_equal(str_index_find(&x, STR("b"), &ids), 3);
	assert_int_equal(ids[0], 0);
	assert_int_equal(ids[1], 3);
	assert_int_equal(ids[2], 5);
	assert_int_equal(str_index_find(&x, STR(""), &ids), 1);
	assert_int_equal(ids[0], 2);
	assert_int_equal(str_index_find(&x, STR("aa"), &ids), 0);
	assert_int_equal(str_index_find(&x, STR("c"), &ids), 0);
	arena_done(&a);
}

TEST(str_index, tells_the_last_in_front)
{
	static const struct {
		const char *key;
		uint32_t below, last, any_case;
	} rows[] = {
		{ "b", 7, 5, 5 },
		{ "b", 5, 3, 3 },
		{ "b", 3, 0, 0 },
		{ "b", 0, STR_INDEX_NONE, STR_INDEX_NONE },
		{ "B", 7, STR_INDEX_NONE, 5 },
		{ "A", 6, STR_INDEX_NONE, 1 },
		{ "aB", 5, STR_INDEX_NONE, 4 },
		{ "c", 7, STR_INDEX_NONE, STR_INDEX_NONE },
	};
	struct err e = { 0 };
	struct arena a = { 0 };
	struct str_index x;
	(void)state;
	assert_int_equal(str_index_make(&x, keys, ARRAY_LEN(keys), &a, &e), 0);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct str key = str_of(rows[i].key);
		assert_int_equal(str_index_last(&x, key, rows[i].below),
				 rows[i].last);
		assert_int_equal(
			str_index_last_any_case(&x, key, rows[i].below),
			rows[i].any_case);
	}
	arena_done(&a);
}

TEST(str_index, of_nothing_finds_nothing)
{
	struct err e = { 0 };
	struct arena a = { 0 };
	struct str_index x;
	const uint32_t *ids;
	(void)state;
	assert_int_equal(str_index_make(&x, NULL, 0, &a, &e), 0);
	assert_int_equal(str_index_find(&x, STR("a"), &ids), 0);
	assert_int_equal(str_index_last(&x, STR("a"), 9), STR_INDEX_NONE);
	arena_done(&a);
}

TESTS_MAIN(unit(str_index, finds_all_that_say_the_same),
	   unit(str_index, tells_the_last_in_front),
	   unit(str_index, of_nothing_finds_nothing))
