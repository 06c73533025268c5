/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/codec.h"

#include "base/test.h"

TEST(codec, taste)
{
	(void)state;
	static const struct {
		struct str bytes;
		enum codec codec;
	} cases[] = {
		{ { "", 0 }, CODEC_NONE },
		{ { "\x1f\x8b\x08\0\0\0", 6 }, CODEC_GZIP },
		{ { "\x1f\x8b\x08", 3 }, CODEC_GZIP },
		{ { "\x1f\x8b", 2 }, CODEC_NONE },
		{ { "\x1f\x8b\x07\0\0\0", 6 }, CODEC_NONE },
		{ { "\x28\xb5\x2f\xfd\0\0", 6 }, CODEC_ZSTD },
		{ { "\x50\x2a\x4d\x18\0\0", 6 }, CODEC_ZSTD },
		{ { "\x5f\x2a\x4d\x18", 4 }, CODEC_ZSTD },
		{ { "\x60\x2a\x4d\x18\0\0", 6 }, CODEC_NONE },
		{ { "\x28\xb5\x2f", 3 }, CODEC_NONE },
		{ { "\xfd"
		    "7zXZ\0",
		    6 },
		  CODEC_XZ },
		{ { "\xfd"
		    "7zXZ\1",
		    6 },
		  CODEC_NONE },
		{ { "BZh91A", 6 }, CODEC_BZIP2 },
		{ { "usr/bi", 6 }, CODEC_NONE },
		{ { "\0\0\0\0\0\0", 6 }, CODEC_NONE },
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(codec_taste((const uint8_t *)cases[i].bytes.p,
					     cases[i].bytes.n),
				 cases[i].codec);
}

TEST(codec, names)
{
	(void)state;
	assert_string_equal(codec_name(CODEC_NONE), "none");
	assert_string_equal(codec_name(CODEC_GZIP), "gzip");
	assert_string_equal(codec_name(CODEC_ZSTD), "zstd");
	assert_string_equal(codec_name(CODEC_XZ), "xz");
	assert_string_equal(codec_name(CODEC_BZIP2), "bzip2");
}

TEST(codec, spec)
{
	(void)state;
	static const struct {
		const char *text;
		enum codec codec;
		int level;
		unsigned long_log;
	} good[] = {
		{ "none", CODEC_NONE, 0, 0 },
		{ "gzip", CODEC_GZIP, 6, 0 },
		{ "gzip:1", CODEC_GZIP, 1, 0 },
		{ "gzip:12", CODEC_GZIP, 12, 0 },
		{ "zstd", CODEC_ZSTD, 3, 0 },
		{ "zstd:1", CODEC_ZSTD, 1, 0 },
		{ "zstd:19", CODEC_ZSTD, 19, 0 },
		{ "gzip:best", CODEC_GZIP, 12, 0 },
		{ "zstd:best", CODEC_ZSTD, 19, 27 },
	};
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		struct err err = { 0 };
		struct codec_spec spec = { .long_window_log = 9 };
		assert_ok(codec_spec_parse(str_of(good[i].text), &spec, &err),
			  &err);
		assert_int_equal(spec.codec, good[i].codec);
		assert_int_equal(spec.level, good[i].level);
		assert_int_equal(spec.long_window_log, good[i].long_log);
	}
}

#define KNOWN "compression is none, gzip[:1-12] or zstd[:1-19], not "

TEST(codec, spec_errors)
{
	(void)state;
	static const struct {
		const char *text, *error;
	} bad[] = {
		{ "", KNOWN "\"\"" },
		{ "lz4", KNOWN "\"lz4\"" },
		{ "xz", KNOWN "\"xz\"" },
		{ "GZIP", KNOWN "\"GZIP\"" },
		{ "none:1", KNOWN "\"none:1\"" },
		{ "gzip:", "gzip has levels 1 to 12 and best, not \"\"" },
		{ "gzip:0", "gzip has levels 1 to 12 and best, not \"0\"" },
		{ "gzip:13", "gzip has levels 1 to 12 and best, not \"13\"" },
		{ "gzip:6x", "gzip has levels 1 to 12 and best, not \"6x\"" },
		{ "zstd:20", "zstd has levels 1 to 19 and best, not \"20\"" },
		{ "zstd:bes", "zstd has levels 1 to 19 and best, not \"bes\"" },
		{ "none:best", KNOWN "\"none:best\"" },
		{ "zstd:-1", "zstd has levels 1 to 19 and best, not \"-1\"" },
	};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct err err = { 0 };
		struct codec_spec spec;
		assert_fails(codec_spec_parse(str_of(bad[i].text), &spec, &err),
			     &err, ERR_USAGE, bad[i].error);
	}
}

TESTS_MAIN(unit(codec, taste), unit(codec, names), unit(codec, spec),
	   unit(codec, spec_errors))
