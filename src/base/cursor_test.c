/* SPDX-License-Identifier: Apache-2.0 */
#include "base/cursor.h"

#include "base/str.h"
#include "base/test.h"

TEST(cursor, fixed_widths)
{
	(void)state;
	static const uint8_t bytes[] = { 1, 2, 0, 0, 0x80, 3,	 0,
					 0, 0, 0, 0, 0,	   0x40, 9 };
	struct cur c = cur_of(bytes, sizeof bytes);
	assert_int_equal(cur_u8(&c), 1);
	assert_true(cur_u32(&c) == 0x80000002u << 0);
	assert_true(cur_u64(&c) == 0x4000000000000003ull);
	assert_int_equal(cur_left(&c), 1);
	assert_false(c.ran_out);
}

TEST(cursor, running_out_sticks)
{
	(void)state;
	struct cur c = cur_of("abc", 3);
	assert_int_equal(cur_u32(&c), 0);
	assert_true(c.ran_out);
	assert_int_equal(cur_u8(&c), 0);
	assert_null(cur_take(&c, 0));
	struct cur none = cur_of(NULL, 0);
	assert_int_equal(cur_left(&none), 0);
	assert_int_equal(cur_u8(&none), 0);
	assert_true(none.ran_out);
}

TEST(cursor, varints_round_trip)
{
	(void)state;
	static const uint64_t values[] = {
		0,     1,	   127,	       128,	   16383,
		16384, UINT32_MAX, 1ull << 62, UINT64_MAX,
	};
	struct err err = { 0 };
	for (size_t i = 0; i < ARRAY_LEN(values); i++) {
		scoped(buf_done) struct buf b = BUF_INIT(64);
		int64_t sv = (int64_t)values[i];
		assert_ok(buf_varint(&b, values[i], &err), &err);
		assert_ok(buf_svarint(&b, sv, &err), &err);
		assert_ok(buf_svarint(&b, ~sv, &err), &err);
		assert_ok(buf_u32(&b, (uint32_t)values[i], &err), &err);
		assert_ok(buf_u64(&b, values[i], &err), &err);
		struct cur c = cur_of(b.p, b.n);
		assert_true(cur_varint(&c) == values[i]);
		assert_true(cur_svarint(&c) == sv);
		assert_true(cur_svarint(&c) == ~sv);
		assert_true(cur_u32(&c) == (uint32_t)values[i]);
		assert_true(cur_u64(&c) == values[i]);
		assert_int_equal(cur_left(&c), 0);
		assert_false(c.ran_out);
	}
}

TEST(cursor, bad_varints)
{
	(void)state;
	static const uint8_t too_large[] = { 0xff, 0xff, 0xff, 0xff, 0xff,
					     0xff, 0xff, 0xff, 0xff, 2 };
	static const uint8_t too_long[] = { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
					    0x80, 0x80, 0x80, 0x80, 0 };
	static const uint8_t cut_off[] = { 0x80 };
	static const struct {
		const uint8_t *p;
		size_t n;
	} cases[] = {
		{ too_large, sizeof too_large },
		{ too_long, sizeof too_long },
		{ cut_off, sizeof cut_off },
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct cur c = cur_of(cases[i].p, cases[i].n);
		assert_int_equal(cur_varint(&c), 0);
		assert_true(c.ran_out);
	}
}

TESTS_MAIN(unit(cursor, fixed_widths), unit(cursor, running_out_sticks),
	   unit(cursor, varints_round_trip), unit(cursor, bad_varints))
