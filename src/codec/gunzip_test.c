/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/test_inflate.h"

TEST(gunzip, members_and_header_fields)
{
	(void)state;
	static const unsigned flags[] = {
		0,	  FNAME, FEXTRA,
		FCOMMENT, FHCRC, FHCRC | FEXTRA | FNAME | FCOMMENT,
		0
	};
	scoped(buf_done) struct buf plain = BUF_INIT(1 << 20);
	scoped(buf_done) struct buf gz = BUF_INIT(1 << 20);
	for (unsigned i = 0; i < ARRAY_LEN(flags); i++) {
		size_t start = plain.n, n = i * 13001;
		add_plain(&plain, n, i); /* the first one is empty */
		add_member(&gz, flags[i], plain.p + start, n);
	}
	add_member(&gz, 0, "", 0);
	assert_inflates(buf_str(&gz), buf_str(&plain));
}

TEST(gunzip, one_empty_member)
{
	(void)state;
	scoped(buf_done) struct buf gz = BUF_INIT(100);
	add_member(&gz, 0, "", 0);
	assert_inflates(buf_str(&gz), STR(""));
}

TEST(gunzip, many_tiny_members)
{
	(void)state;
	scoped(buf_done) struct buf plain = BUF_INIT(1 << 20);
	scoped(buf_done) struct buf gz = BUF_INIT(1 << 20);
	for (unsigned i = 0; i < 500; i++) {
		add_plain(&plain, i % 9, i);
		add_member(&gz, i % 32 & ~1u, plain.p + plain.n - i % 9, i % 9);
	}
	assert_inflates(buf_str(&gz), buf_str(&plain));
}

TEST(gunzip, stored_blocks)
{
	(void)state;
	/* BFINAL 0 and 1, BTYPE 00 */
	static const char raw[] = "\x1f\x8b\x08\0\0\0\0\0\0\xff"
				  "\0\x02\0\xfd\xff"
				  "ab"
				  "\x01\x01\0\xfe\xff"
				  "c"
				  "\xc2\x41\x24\x35\x03\0\0\0";
	assert_inflates((struct str){ raw, sizeof raw - 1 }, STR("abc"));
}

TEST(gunzip, truncated_at_every_byte)
{
	(void)state;
	scoped(buf_done) struct buf gz = BUF_INIT(1000);
	scoped(buf_done) struct buf plain = BUF_INIT(1000);
	add_plain(&plain, 60, 1);
	add_member(&gz, FHCRC | FEXTRA | FNAME | FCOMMENT, plain.p, 40);
	size_t first = gz.n;
	add_member(&gz, FHCRC, plain.p, 60);
	assert_cut_everywhere(buf_str(&gz), "gzip", first);
}

TEST(gunzip, empty_and_wrong_input)
{
	(void)state;
	struct err err = { 0 };
	static const struct {
		struct str in;
		const char *text;
	} cases[] = {
		{ { "", 0 }, "gzip: ends in the middle of member 1 at byte 0" },
		{ { "PK\3\4", 4 }, "gzip: has no gzip header" },
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct drip d = drip_of(cases[i].in.p, cases[i].in.n, 9);
		struct stream *inner = &d.s;
		scoped(stream_close) struct stream *s = NULL;
		assert_ok(codec_open(CODEC_GZIP, &inner, &limits_default, NULL,
				     &s, &err),
			  &err);
		assert_fails(stream_finish(s, &err), &err, ERR_CORRUPT,
			     cases[i].text);
	}
}

TEST(gunzip, trailing_garbage)
{
	(void)state;
	static const struct str tails[] = {
		{ "x", 1 },
		{ "\0", 1 },
		{ "\0\0\0\0\0\0", 6 },
		{ "\x1e\x8b\x08\0\0\0\0\0\0", 9 },
		{ "\x1f\x8c", 2 },
		{ "BZh9", 4 },
	};
	for (size_t i = 0; i < ARRAY_LEN(tails); i++) {
		scoped(buf_done) struct buf gz = BUF_INIT(1000);
		char text[100];
		add_member(&gz, 0, "abc", 3);
		add_member(&gz, 0, "def", 3);
		snprintf(text, sizeof text,
			 "gzip: trailing garbage at byte %zu, behind member 2",
			 gz.n);
		add(&gz, tails[i].p, tails[i].n);
		assert_broken(buf_str(&gz), NULL, ERR_CORRUPT, text);
	}
}

TEST(gunzip, trailer)
{
	(void)state;
	/* each bit of CRC32 and ISIZE counts */
	for (size_t bit = 0; bit < 64; bit++) {
		scoped(buf_done) struct buf gz = BUF_INIT(1000);
		char text[100];
		add_member(&gz, 0, "abc", 3);
		if (bit < 32)
			snprintf(text, sizeof text,
				 "gzip: member 1 at byte %zu: wrong checksum",
				 gz.n);
		else
			snprintf(text, sizeof text,
				 "gzip: member 1 at byte %zu: is 3 bytes long "
				 "(modulo 2^32), expected %u",
				 gz.n, 3u ^ 1u << (bit - 32));
		gz.p[gz.n - 8 + bit / 8] ^= (char)(1 << bit % 8);
		add_member(&gz, 0, "def", 3);
		assert_broken(buf_str(&gz), NULL, ERR_CORRUPT, text);
	}
}

TEST(gunzip, header)
{
	(void)state;
	scoped(buf_done) struct buf gz = BUF_INIT(1000);
	add_member(&gz, FHCRC | FNAME, "abc", 3);
	gz.p[12] ^= 1; /* in the name */
	assert_broken(buf_str(&gz), NULL, ERR_CORRUPT,
		      "gzip: member 1 at byte 22: wrong checksum of its "
		      "header");
	gz.p[3] |= 0x40;
	assert_broken(buf_str(&gz), NULL, ERR_CORRUPT,
		      "gzip: member 1 at byte 10: header with reserved flags "
		      "0x40");
}

TEST(gunzip, method)
{
	(void)state;
	scoped(buf_done) struct buf gz = BUF_INIT(1000);
	char text[100];
	add_member(&gz, 0, "abc", 3);
	snprintf(text, sizeof text,
		 "gzip: member 2 at byte %zu: compression method 7 is not "
		 "deflate",
		 gz.n);
	size_t second = gz.n;
	add_member(&gz, 0, "abc", 3);
	gz.p[second + 2] = 7;
	assert_broken(buf_str(&gz), NULL, ERR_UNSUPPORTED, text);
}

TEST(gunzip, damaged_data)
{
	(void)state;
	static const struct str bad[] = {
		/* BTYPE 11 */
		{ "\x07", 1 },
		/* stored, LEN and NLEN do not agree */
		{ "\x01\x02\0\xff\xff"
		  "ab",
		  7 },
		/* fixed codes: a length and distance before the start */
		{ "\x03\x02\0", 3 },
	};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct err err = { 0 };
		scoped(buf_done) struct buf gz = BUF_INIT(1000);
		scoped(buf_done) struct buf out = BUF_INIT(1000);
		struct run run = { .step = 3 };
		add(&gz, "\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
		add(&gz, bad[i].p, bad[i].n);
		add(&gz, "\0\0\0\0\0\0\0\0\0\0\0\0", 12);
		assert_int_equal(inflate_all(buf_str(&gz), &run, &out, &err),
				 -1);
		assert_int_equal(err.code, ERR_CORRUPT);
		assert_memory_equal(err.text, "gzip: member 1 at byte ", 23);
		assert_true(strstr(err.text, ": damaged data"));
	}
}

TESTS_MAIN(unit(gunzip, members_and_header_fields),
	   unit(gunzip, one_empty_member), unit(gunzip, many_tiny_members),
	   unit(gunzip, stored_blocks), unit(gunzip, truncated_at_every_byte),
	   unit(gunzip, empty_and_wrong_input), unit(gunzip, trailing_garbage),
	   unit(gunzip, trailer), unit(gunzip, header), unit(gunzip, method),
	   unit(gunzip, damaged_data))
