/* SPDX-License-Identifier: Apache-2.0 */
#include "report/human.h"

#include "base/test.h" /* last: cmocka defines skip */

TEST(human, bytes)
{
	static const struct {
		uint64_t n;
		const char *text;
	} rows[] = {
		{ 0, "0 B" },
		{ 1, "1 B" },
		{ 999, "999 B" },
		{ 1000, "1.0 kB" },
		{ 1049, "1.0 kB" },
		{ 1051, "1.1 kB" },
		{ 999949, "999.9 kB" },
		{ 999950, "1.0 MB" },
		{ 999999, "1.0 MB" },
		{ 1000000, "1.0 MB" },
		{ 340100000, "340.1 MB" },
		{ 999949999, "999.9 MB" },
		{ 999950000, "1.0 GB" },
		{ 9400000000, "9.4 GB" },
		{ 999950000000000000, "1.0 EB" },
		{ UINT64_MAX, "18.4 EB" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_string_equal(human_bytes(rows[i].n).text, rows[i].text);
}

TEST(human, counts)
{
	static const struct {
		uint64_t n;
		const char *text;
	} rows[] = {
		{ 0, "0" },
		{ 999, "999" },
		{ 1000, "1,000" },
		{ 26732, "26,732" },
		{ 999999, "999,999" },
		{ 1000000, "1,000,000" },
		{ UINT64_MAX, "18,446,744,073,709,551,615" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_string_equal(human_count(rows[i].n).text, rows[i].text);
}

TEST(human, parts)
{
	assert_string_equal(human_part(0, 0).text, "100.0 %");
	assert_string_equal(human_part(0, 7).text, "0.0 %");
	assert_string_equal(human_part(7, 7).text, "100.0 %");
	assert_string_equal(human_part(693, 1000).text, "69.3 %");
	assert_string_equal(human_part(UINT64_MAX, UINT64_MAX).text, "100.0 %");
}

TEST(human, instructions)
{
	static const struct {
		struct str by;
		const char *text;
	} rows[] = {
		{ STR(""), "" },
		{ STR("RUN a"), "RUN a" },
		{ STR("/bin/sh -c #(nop)  CMD [\"sh\"]"), "CMD [\\\"sh\\\"]" },
		{ STR("/bin/sh -c apt-get update"), "apt-get update" },
		{ STR("RUN |2 A=b C=d /bin/sh -c make it"), "make it" },
		{ STR("|1 A=b /bin/sh -c make it"), "make it" },
		{ STR("a\t\n  b"), "a b" },
		{ STR("  a  "), "a" },
		{ STR("a\x1b[31m"), "a\\x1b[31m" },
		{ STR("\xff"), "\\xff" },
		{ STR("123456789012345678901234567890"),
		  "123456789012345678901234567890" },
		{ STR("1234567890123456789012345678901"),
		  "123456789012345678901234567..." },
		/* Not within a character: the cut moves before it. */
		{ STR("12345678901234567890123456\xc3\xa4"
		      "78901"),
		  "12345678901234567890123456..." },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = { 0 };
		scoped(buf_done) struct buf b = BUF_INIT(1000);
		assert_ok(human_instruction(&b, rows[i].by, 30, &err), &err);
		assert_string_equal(b.n ? buf_cstr(&b) : "", rows[i].text);
	}
}

TESTS_MAIN(unit(human, bytes), unit(human, counts), unit(human, parts),
	   unit(human, instructions))
