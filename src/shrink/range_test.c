/* SPDX-License-Identifier: Apache-2.0 */
/* Ranges of an image of five layers, as "FROM-TO" by position, or the error. */
#include "shrink/range.h"

#include <stdio.h>

#include "base/test.h" /* last: cmocka defines skip */

static struct digest made(uint8_t first, uint8_t second)
{
	return (struct digest){ .alg = DIGEST_SHA256,
				.bytes = { first, second } };
}

static const char *find(const char *text, uint32_t n_base)
{
	static char got[600];
	struct source_layer layers[5] = { 0 };
	struct image img = { .name = STR("x.tar"),
			     .layers = layers,
			     .n_layers = ARRAY_LEN(layers) };
	struct layer_range range;
	struct err err = { 0 };
	for (uint8_t i = 0; i < 5; i++)
		layers[i].diff_id = made((uint8_t)(0xa0 + i), 0xbc);
	layers[1].desc.digest = made(0xfe, 0xdc);
	layers[4].diff_id = layers[3].diff_id;
	layers[2].file = STR("12345678abcd/layer.tar");
	if (shrink_find_range(&img, str_of(text), n_base, &range, &err) < 0)
		snprintf(got, sizeof got, "%s%s",
			 err.code == ERR_USAGE ? "" : "not usage: ", err.text);
	else
		snprintf(got, sizeof got, "%u-%u", range.from, range.to);
	return got;
}

struct row {
	const char *text, *want;
	uint32_t n_base;
};

static void check(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		assert_string_equal(find(rows[i].text, rows[i].n_base),
				    rows[i].want);
}

TEST(range, numbers_and_words)
{
	static const struct row rows[] = {
		{ "1..5", "0-4", 0 },
		{ "2..3", "1-2", 0 },
		{ "3..", "2-4", 0 },
		{ "..4", "0-3", 0 },
		{ "..", "0-4", 2 },
		{ "4", "3-3", 0 },
		{ "base..top", "2-4", 2 },
		{ "base..", "0-4", 0 },
		{ "..base", "0-1", 2 },
		{ "1..base", "0-1", 2 },
		{ "top", "4-4", 2 },
		{ "base", "2-2", 2 },
		{ "base..base",
		  "no layers in \"base..base\": they are named "
		  "from the lowest up",
		  2 },
	};
	check(rows, ARRAY_LEN(rows));
}

TEST(range, ids)
{
	static const struct row rows[] = {
		{ "a0bc", "0-0", 0 },
		{ "a0bc..a2bc00", "0-2", 0 },
		{ "sha256:a1bc..top", "1-4", 0 },
		{ "fedc", "1-1", 0 },
		{ "12345678", "2-2", 0 },
		{ "1234", "there is no layer 1234, x.tar has 5", 0 },
		{ "a3bc", "\"a3bc\" names 2 layers of x.tar", 0 },
		{ "a0b",
		  "\"a0b\" names no layer of x.tar (a number from 1 to "
		  "5, base, top, or the start of a digest)",
		  0 },
		{ "zebra..2",
		  "\"zebra\" names no layer of x.tar (a number from 1 to 5, "
		  "base, top, or the start of a digest)",
		  0 },
	};
	check(rows, ARRAY_LEN(rows));
}

TEST(range, what_is_none)
{
	static const struct row rows[] = {
		{ "0..2", "there is no layer 0, x.tar has 5", 0 },
		{ "2..6", "there is no layer 6, x.tar has 5", 0 },
		{ "3..2",
		  "no layers in \"3..2\": they are named from the "
		  "lowest up",
		  0 },
		{ "..base",
		  "x.tar has no base that could be told: name the "
		  "layers by number",
		  0 },
		{ "base..",
		  "no layers in \"base..\": they are named from the "
		  "lowest up",
		  5 },
	};
	check(rows, ARRAY_LEN(rows));
	struct image none = { .name = STR("x.tar") };
	struct layer_range range;
	struct err err = { 0 };
	assert_fails(shrink_find_range(&none, STR(".."), 0, &range, &err), &err,
		     ERR_USAGE, "x.tar has no layer");
}

TESTS_MAIN(unit(range, numbers_and_words), unit(range, ids),
	   unit(range, what_is_none))
