/* SPDX-License-Identifier: Apache-2.0 */
#include "base/instant.h"
#include "base/test.h" /* last: cmocka defines skip */

static const struct {
	struct instant t;
	struct instant_parts parts;
	const char *s, *ns;
} rows[] = {
	{ { 0, 0 }, { false, 0, 0 }, "0", "0" },
	{ { 0, 1 }, { false, 0, 1 }, "0.000000001", "1" },
	{ { 1, 500000000 }, { false, 1, 500000000 }, "1.5", "1500000000" },
	{ { -1, 0 }, { true, 1, 0 }, "-1", "-1000000000" },
	{ { -1, 500000000 }, { true, 0, 500000000 }, "-0.5", "-500000000" },
	{ { -1, 999999999 }, { true, 0, 1 }, "-0.000000001", "-1" },
	{ { -2, 500000000 }, { true, 1, 500000000 }, "-1.5", "-1500000000" },
	{ { 10413792000, 0 },
	  { false, 10413792000, 0 },
	  "10413792000",
	  "10413792000000000000" },
	{ { -10413792000, 0 },
	  { true, 10413792000, 0 },
	  "-10413792000",
	  "-10413792000000000000" },
	{ { INT64_MAX, 999999999 },
	  { false, INT64_MAX, 999999999 },
	  "9223372036854775807.999999999",
	  "9223372036854775807999999999" },
	{ { INT64_MIN, 0 },
	  { true, (uint64_t)INT64_MAX + 1, 0 },
	  "-9223372036854775808",
	  "-9223372036854775808000000000" },
	{ { INT64_MIN, 1 },
	  { true, INT64_MAX, 999999999 },
	  "-9223372036854775807.999999999",
	  "-9223372036854775807999999999" },
};

TEST(instant, every_form)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct instant_parts p = instant_parts(rows[i].t);
		struct instant back;
		assert_int_equal(p.negative, rows[i].parts.negative);
		assert_int_equal(p.s, rows[i].parts.s);
		assert_int_equal(p.ns, rows[i].parts.ns);
		assert_true(instant_of(p, &back));
		assert_true(instant_eq(back, rows[i].t));
		assert_string_equal(instant_in_s(rows[i].t).text, rows[i].s);
		assert_string_equal(instant_in_ns(rows[i].t).text, rows[i].ns);
	}
}

TEST(instant, too_far_away)
{
	(void)state;
	static const struct instant_parts far[] = {
		{ false, (uint64_t)INT64_MAX + 1, 0 },
		{ false, UINT64_MAX, 999999999 },
		{ true, (uint64_t)INT64_MAX + 1, 1 },
		{ true, (uint64_t)INT64_MAX + 2, 0 },
		{ true, UINT64_MAX, 0 },
	};
	struct instant t;
	for (size_t i = 0; i < ARRAY_LEN(far); i++)
		assert_false(instant_of(far[i], &t));
	assert_true(instant_of((struct instant_parts){ true, 0, 0 }, &t));
	assert_true(instant_eq(t, (struct instant){ 0, 0 }));
}

TESTS_MAIN(unit(instant, every_form), unit(instant, too_far_away))
