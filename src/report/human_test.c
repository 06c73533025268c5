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
		assert_string_equal(report_human_bytes(rows[i].n).text,
				    rows[i].text);
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
		assert_string_equal(report_human_count(rows[i].n).text,
				    rows[i].text);
}

TEST(human, parts)
{
	assert_string_equal(report_human_part(0, 0).text, "100.0 %");
	assert_string_equal(report_human_part(0, 7).text, "0.0 %");
	assert_string_equal(report_human_part(7, 7).text, "100.0 %");
	assert_string_equal(report_human_part(693, 1000).text, "69.3 %");
	assert_string_equal(report_human_part(UINT64_MAX, UINT64_MAX).text,
			    "100.0 %");
}

TEST(human, changes)
{
	assert_string_equal(report_human_change(0, 0).text, "the same size");
	assert_string_equal(report_human_change(5, 5).text, "the same size");
	assert_string_equal(report_human_change(1000, 373).text,
			    "62.7 % smaller");
	assert_string_equal(report_human_change(1000, 1031).text,
			    "3.1 % larger");
	assert_string_equal(report_human_change(1000, 0).text,
			    "100.0 % smaller");
	assert_string_equal(report_human_change(1000000, 1).text,
			    "99.9 % smaller");
	assert_string_equal(report_human_change(0, 1200).text, "1.2 kB larger");
	assert_string_equal(report_human_change(100000, 99988).text,
			    "12 B smaller");
	assert_string_equal(report_human_change(100000, 100012).text,
			    "12 B larger");
	assert_string_equal(report_human_change(1, 1000).text,
			    "99900.0 % larger");
}

#define HEX64                              \
	"0123456789abcdef0123456789abcdef" \
	"fedcba9876543210fedcba9876543210"

TEST(human, instructions)
{
	static const struct {
		struct str by;
		const char *text;
	} rows[] = {
		{ STR(""), "" },
		{ STR("RUN a"), "RUN a" },
		{ STR("/bin/sh -c #(nop)  CMD [\"sh\"]"), "CMD [\"sh\"]" },
		{ STR("/bin/sh -c apt-get update"), "apt-get update" },
		{ STR("RUN |2 A=b C=d /bin/sh -c make it"), "make it" },
		{ STR("|1 A=b /bin/sh -c make it"), "make it" },
		{ STR("a\t\n  b"), "a b" },
		{ STR("  a  "), "a" },
		{ STR("a\x1b[31m"), "a\\x1b[31m" },
		{ STR("\xff"), "\\xff" },
		{ STR("/bin/sh -c #(nop) COPY dir:" HEX64 " in /a "),
		  "COPY <directory> /a" },
		{ STR("ADD file:" HEX64 " in / "), "ADD <file> /" },
		{ STR("COPY multi:" HEX64 " in b/ "), "COPY <files> b/" },
		{ STR("COPY dir:" HEX64 "0 in /a"),
		  "COPY dir:" HEX64 "0 in /a" },
		{ STR("COPY file:x in /a"), "COPY file:x in /a" },
		{ STR("RUN echo file:" HEX64 " in /a"),
		  "RUN echo file:" HEX64 " in /a" },
		{ STR("sed 's/\\n/ /'"), "sed 's/\\n/ /'" },
		{ STR("\t\n"), "" },
		{ STR("a\n"), "a" },
		{ STR("\xc3\xa4 b"), "\xc3\xa4 b" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = { 0 };
		scoped(buf_done) struct buf b = BUF_INIT(1000);
		/* What stands there already is left alone. */
		assert_ok(buf_str_add(&b, STR("x "), &err), &err);
		assert_ok(report_human_instruction(&b, rows[i].by, &err), &err);
		assert_string_equal(buf_cstr(&b) + 2, rows[i].text);
	}
}

TEST(human, things)
{
	static const char one[] = "layer", many[] = "layers";
	assert_string_equal(report_human_things(0, one, many).text, "0 layers");
	assert_string_equal(report_human_things(1, one, many).text, "1 layer");
	assert_string_equal(report_human_things(1000, one, many).text,
			    "1,000 layers");
}

TESTS_MAIN(unit(human, bytes), unit(human, counts), unit(human, parts),
	   unit(human, changes), unit(human, instructions), unit(human, things))
