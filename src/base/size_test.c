/* SPDX-License-Identifier: Apache-2.0 */
#include "base/size.h"

#include "base/test.h"

TEST(size, good)
{
	(void)state;
	static const struct {
		const char *text;
		uint64_t value;
	} cases[] = {
		{ "0", 0 },
		{ "0G", 0 },
		{ "17", 17 },
		{ "17B", 17 },
		{ "17 b", 17 },
		{ "1k", 1000 },
		{ "1K", 1000 },
		{ "1kB", 1000 },
		{ "1KB", 1000 },
		{ "1Ki", 1024 },
		{ "1KiB", 1024 },
		{ "1kib", 1024 },
		{ "1M", 1000000 },
		{ "1MB", 1000000 },
		{ "1MiB", 1 << 20 },
		{ "1 MB", 1000000 },
		{ "1g", 1000000000 },
		{ "1GiB", 1 << 30 },
		{ "2T", 2000000000000 },
		{ "2TiB", 2ull << 40 },
		{ "3PB", 3000000000000000 },
		{ "3PiB", 3ull << 50 },
		{ "18E", 18000000000000000000u },
		{ "15EiB", 15ull << 60 },
		{ "1.5GB", 1500000000 },
		{ "1.5GiB", 3ull << 29 },
		{ "0.5k", 500 },
		{ "1.0005k", 1000 },
		{ "62.7 MB", 62700000 },
		{ "1.00000000000000000000000000001k", 1000 },
		{ "18.446744073709551615E", UINT64_MAX },
		{ "18446744073709551615", UINT64_MAX },
		{ "007", 7 },
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		uint64_t v = 1;
		assert_true(size_parse(str_of(cases[i].text), &v));
		assert_int_equal(v, cases[i].value);
	}
}

TEST(size, bad)
{
	(void)state;
	static const char *const cases[] = {
		"",
		"K",
		" ",
		"-1",
		"+1",
		"-1K",
		"1KK",
		"1 ",
		" 1",
		"1  K",
		"1.5",
		"1.5B",
		"1.",
		"1.K",
		".5K",
		"1e3",
		"1,5K",
		"0x10",
		"1i",
		"1iB",
		"1BK",
		"1Kb/",
		"ten",
		"1 KB ",
		"1.5.5K",
		"16EiB",
		"18.446744073709551616E",
		"18446744073709551616",
		"18446745T",
		"1\tK",
		"1Kii",
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		uint64_t v = 7;
		assert_false(size_parse(str_of(cases[i]), &v));
		assert_int_equal(v, 7);
	}
	uint64_t v = 7;
	assert_false(size_parse((struct str){ 0 }, &v));
	assert_false(size_parse((struct str){ "1\0", 2 }, &v));
	assert_false(size_parse((struct str){ "1K\0", 3 }, &v));
}

TESTS_MAIN(unit(size, good), unit(size, bad))
