/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/codec.h"

#include <libdeflate.h>
#include <lzma.h>
#include <stdio.h>
#include <stdlib.h>
#include <zstd.h>

#include "base/test.h"
#include "base/test_drip.h"

enum { FHCRC = 2, FEXTRA = 4, FNAME = 8, FCOMMENT = 16 };

static void add(struct buf *b, const void *p, size_t n)
{
	struct err err = { 0 };
	assert_ok(buf_add(b, p, n, &err), &err);
}

static void add_u32(struct buf *b, uint32_t v)
{
	struct err err = { 0 };
	assert_ok(buf_u32(b, v, &err), &err);
}

/* RFC 1952 2.3: one member with the header fields of flags. */
static void add_member(struct buf *b, unsigned flags, const void *p, size_t n)
{
	struct libdeflate_compressor *z = libdeflate_alloc_compressor(6);
	size_t start = b->n, cap = libdeflate_deflate_compress_bound(z, n);
	uint8_t head[] = { 0x1f, 0x8b, 8, (uint8_t)flags, 1, 2, 3, 4, 2, 3 };
	char *packed = malloc(cap);
	add(b, head, sizeof head);
	if (flags & FEXTRA)
		add(b,
		    "\x06\x00"
		    "AB\x02\x00xy",
		    8);
	if (flags & FNAME)
		add(b, "layer.tar", 10);
	if (flags & FCOMMENT)
		add(b, "a comment", 10);
	uint32_t crc = libdeflate_crc32(0, b->p + start, b->n - start);
	if (flags & FHCRC)
		add(b, &crc, 2);
	add(b, packed, libdeflate_deflate_compress(z, p, n, packed, cap));
	add_u32(b, libdeflate_crc32(0, p, n));
	add_u32(b, (uint32_t)n);
	libdeflate_free_compressor(z);
	free(packed);
}

/* Text-like bytes: they compress, and each place is told apart. */
static void add_plain(struct buf *b, size_t n, unsigned seed)
{
	struct err err = { 0 };
	uint64_t x = seed * 2654435761u + 1;
	char *to;
	assert_ok(buf_room(b, n, &to, &err), &err);
	for (size_t i = 0; i < n; i++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		to[i] = "aaaaaabbbcdefgh\n"[x >> 60];
	}
	b->n += n;
}

struct run {
	size_t step; /* bytes that one peek of the source shows */
	const struct limits *lim;
	struct codec_marks *marks;
	struct drip source; /* afterwards */
};

/* Tastes and inflates all of in. */
static int inflate_all(struct str in, struct run *run, struct buf *out,
		       struct err *err)
{
	run->source = drip_of(in.p, in.n, run->step);
	struct stream *inner = &run->source.s;
	scoped(stream_close) struct stream *s = NULL;
	enum codec c = codec_taste((const uint8_t *)in.p, in.n);
	assert_int_not_equal(c, CODEC_NONE);
	if (codec_open(c, &inner, run->lim ? run->lim : &limits_default,
		       run->marks, &s, err) < 0)
		return -1;
	assert_null(inner);
	buf_reset(out);
	if (stream_slurp(s, out, err) < 0) {
		struct err again = { 0 };
		const uint8_t *p;
		size_t n;
		assert_int_equal(stream_peek(s, 1, &p, &n, &again), -1);
		assert_string_equal(again.text, err->text);
		return -1;
	}
	return stream_finish(s, err);
}

static const size_t steps[] = { 1, 2, 3, 7, 17, 18, 100, 4096, SIZE_MAX };

static void assert_inflates(struct str in, struct str plain)
{
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		struct err err = { 0 };
		struct codec_marks marks = { 0 };
		struct run run = { .step = steps[i], .marks = &marks };
		scoped(buf_done) struct buf out = BUF_INIT(64 << 20);
		assert_ok(inflate_all(in, &run, &out, &err), &err);
		assert_int_equal(out.n, plain.n);
		assert_memory_equal(out.n ? out.p : "", plain.p, plain.n);
		assert_int_equal(run.source.finished, 1);
		assert_int_equal(run.source.closed, 1);
		assert_true(marks.n > 0);
		assert_int_equal(marks.v[marks.n - 1].out, plain.n);
		assert_int_equal(marks.v[marks.n - 1].in, in.n);
		codec_marks_done(&marks);
	}
}

/* Fails with this text for every way the source may be cut. */
static void assert_broken(struct str in, const struct limits *lim,
			  enum err_code code, const char *text)
{
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		struct err err = { 0 };
		struct run run = { .step = steps[i], .lim = lim };
		scoped(buf_done) struct buf out = BUF_INIT(64 << 20);
		assert_fails(inflate_all(in, &run, &out, &err), &err, code,
			     text);
		assert_int_equal(run.source.finished, 0);
		assert_int_equal(run.source.closed, 1);
	}
}

TEST(decode, gzip_members_and_header_fields)
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

TEST(decode, gzip_one_empty_member)
{
	(void)state;
	scoped(buf_done) struct buf gz = BUF_INIT(100);
	add_member(&gz, 0, "", 0);
	assert_inflates(buf_str(&gz), STR(""));
}

TEST(decode, gzip_many_tiny_members)
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

TEST(decode, gzip_stored_blocks)
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

/* Cut anywhere, it is told where and in which member. */
static void assert_cut_everywhere(struct str all, const char *name,
				  size_t first_end)
{
	for (size_t n = 6; n < all.n; n++) {
		char text[100];
		if (n == first_end)
			continue; /* a whole stream */
		snprintf(text, sizeof text,
			 "%s: ends in the middle of member %d at byte %zu",
			 name, n < first_end ? 1 : 2, n);
		assert_broken((struct str){ all.p, n }, NULL, ERR_CORRUPT,
			      text);
	}
}

TEST(decode, gzip_truncated_at_every_byte)
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

TEST(decode, gzip_empty_and_wrong_input)
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

TEST(decode, gzip_trailing_garbage)
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

TEST(decode, gzip_trailer)
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

TEST(decode, gzip_header)
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

TEST(decode, gzip_method)
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

TEST(decode, gzip_damaged_data)
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

TEST(decode, layer_limit)
{
	(void)state;
	scoped(buf_done) struct buf plain = BUF_INIT(1 << 20);
	scoped(buf_done) struct buf gz = BUF_INIT(1 << 20);
	struct limits lim = limits_default;
	struct err err = { 0 };
	struct run run = { .step = SIZE_MAX, .lim = &lim };
	add_plain(&plain, 1000, 1);
	add_member(&gz, 0, plain.p, 1000);
	lim.layer_max = 1000;
	assert_ok(inflate_all(buf_str(&gz), &run, &plain, &err), &err);
	lim.layer_max = 999;
	char text[200];
	snprintf(text, sizeof text,
		 "gzip: at byte %zu: 1000 bytes of one layer, inflated, over "
		 "the limit of 999 (raise it with --limit layer=N)",
		 gz.n);
	assert_fails(inflate_all(buf_str(&gz), &run, &plain, &err), &err,
		     ERR_LIMIT, text);
}

TEST(decode, ratio_limit_past_64_mib)
{
	(void)state;
	struct err err = { 0 };
	struct limits lim = limits_default;
	size_t n = 65 << 20;
	char *zeros = calloc(1, n);
	scoped(buf_done) struct buf gz = BUF_INIT(1 << 20);
	scoped(buf_done) struct buf out = BUF_INIT(n);
	struct run run = { .step = 4096, .lim = &lim };
	add_member(&gz, 0, zeros, 64 << 20);
	lim.inflate_ratio_max = 2;
	assert_ok(inflate_all(buf_str(&gz), &run, &out, &err), &err);
	buf_reset(&gz);
	add_member(&gz, 0, zeros, n);
	assert_int_equal(inflate_all(buf_str(&gz), &run, &out, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
	assert_true(strstr(err.text,
			   "inflated bytes for one compressed byte, over the "
			   "limit of 2 (raise it with --limit "
			   "inflate_ratio=N)"));
	err_clear(&err);
	lim.inflate_ratio_max = 1100;
	assert_ok(inflate_all(buf_str(&gz), &run, &out, &err), &err);
	free(zeros);
}

TEST(decode, peek_across_the_buffer)
{
	(void)state;
	struct err err = { 0 };
	scoped(buf_done) struct buf plain = BUF_INIT(4 << 20);
	scoped(buf_done) struct buf gz = BUF_INIT(4 << 20);
	for (unsigned i = 0; i < 7; i++) {
		add_plain(&plain, 200001, i);
		add_member(&gz, 0, plain.p + i * 200001, 200001);
	}
	struct drip d = drip_of(gz.p, gz.n, 1000);
	struct stream *inner = &d.s;
	scoped(stream_close) struct stream *s = NULL;
	assert_ok(
		codec_open(CODEC_GZIP, &inner, &limits_default, NULL, &s, &err),
		&err);
	static const size_t wants[] = { STREAM_WANT_MAX, 1, 512, 40000 };
	size_t at = 0, n;
	const uint8_t *p;
	for (unsigned i = 0; at < plain.n; i++) {
		size_t want = wants[i % ARRAY_LEN(wants)];
		assert_int_equal(stream_peek(s, want, &p, &n, &err), 1);
		assert_true(n >= MIN(want, plain.n - at));
		assert_memory_equal(p, plain.p + at, n);
		size_t step = MIN(n, want - want / 3);
		stream_skip(s, step);
		at += step;
	}
	assert_int_equal(stream_peek(s, 1, &p, &n, &err), 0);
	assert_ok(stream_finish(s, &err), &err);
}

TEST(decode, marks_rise)
{
	(void)state;
	struct err err = { 0 };
	struct codec_marks m = { 0 };
	struct run run = { .step = 65536, .marks = &m };
	scoped(buf_done) struct buf plain = BUF_INIT(8 << 20);
	scoped(buf_done) struct buf gz = BUF_INIT(8 << 20);
	scoped(buf_done) struct buf out = BUF_INIT(8 << 20);
	add_plain(&plain, 5 << 20, 1);
	add_member(&gz, 0, plain.p, plain.n);
	assert_ok(inflate_all(buf_str(&gz), &run, &out, &err), &err);
	assert_in_range(m.n, 8, 22);
	for (size_t i = 1; i < m.n; i++) {
		assert_true(m.v[i].out > m.v[i - 1].out);
		assert_true(m.v[i].in > m.v[i - 1].in);
		assert_true(m.v[i].out - m.v[i - 1].out <= 600 << 10);
	}
	assert_int_equal(m.v[m.n - 1].out, plain.n);
	assert_int_equal(m.v[m.n - 1].in, gz.n);
	codec_marks_done(&m);
	assert_int_equal(m.n, 0);
}

TEST(decode, source_error_passes)
{
	(void)state;
	struct err err = { 0 };
	scoped(buf_done) struct buf gz = BUF_INIT(1000);
	add_member(&gz, 0, "abc", 3);
	struct drip d = drip_of(gz.p, gz.n, 4);
	struct stream *inner = &d.s;
	d.fail_at = 20;
	scoped(stream_close) struct stream *s = NULL;
	assert_ok(
		codec_open(CODEC_GZIP, &inner, &limits_default, NULL, &s, &err),
		&err);
	assert_fails(stream_finish(s, &err), &err, ERR_IO, "drip: broken");
}

static void add_zstd(struct buf *b, const void *p, size_t n, int checksum,
		     int content_size)
{
	struct err err = { 0 };
	ZSTD_CCtx *z = ZSTD_createCCtx();
	char *to;
	ZSTD_CCtx_setParameter(z, ZSTD_c_checksumFlag, checksum);
	ZSTD_CCtx_setParameter(z, ZSTD_c_contentSizeFlag, content_size);
	assert_ok(buf_room(b, ZSTD_compressBound(n), &to, &err), &err);
	size_t r = ZSTD_compress2(z, to, ZSTD_compressBound(n), p, n);
	assert_false(ZSTD_isError(r));
	b->n += r;
	ZSTD_freeCCtx(z);
}

#define SKIPPABLE "\x5a\x2a\x4d\x18\x03\0\0\0xyz"

TEST(decode, zstd_frames_and_skippable_frames)
{
	(void)state;
	scoped(buf_done) struct buf plain = BUF_INIT(2 << 20);
	scoped(buf_done) struct buf zs = BUF_INIT(2 << 20);
	add(&zs, SKIPPABLE, sizeof SKIPPABLE - 1);
	for (unsigned i = 0; i < 6; i++) {
		size_t start = plain.n, n = i * i * 20001;
		add_plain(&plain, n, i);
		add_zstd(&zs, plain.p + start, n, i & 1, i & 2);
		add(&zs, SKIPPABLE, sizeof SKIPPABLE - 1);
	}
	assert_inflates(buf_str(&zs), buf_str(&plain));
	assert_inflates(STR(SKIPPABLE), STR(""));
}

TEST(decode, zstd_truncated_at_every_byte)
{
	(void)state;
	scoped(buf_done) struct buf zs = BUF_INIT(1000);
	add_zstd(&zs, "abcabcabcabc", 12, 1, 0);
	size_t first = zs.n;
	add_zstd(&zs, "defdefdef", 9, 1, 1);
	assert_cut_everywhere(buf_str(&zs), "zstd", first);
	/* within a skippable frame */
	buf_reset(&zs);
	add_zstd(&zs, "abcabcabcabc", 12, 1, 0);
	first = zs.n;
	add(&zs, SKIPPABLE, sizeof SKIPPABLE - 1);
	assert_cut_everywhere(buf_str(&zs), "zstd", first);
}

TEST(decode, zstd_damage)
{
	(void)state;
	scoped(buf_done) struct buf zs = BUF_INIT(1000);
	char text[100];
	add_zstd(&zs, "abcabcabcabc", 12, 1, 1);
	snprintf(text, sizeof text,
		 "zstd: trailing garbage at byte %zu, behind member 1", zs.n);
	add(&zs, "\0", 1);
	assert_broken(buf_str(&zs), NULL, ERR_CORRUPT, text);
	zs.n--;
	zs.p[zs.n - 1] ^= 1;
	struct err err = { 0 };
	struct run run = { .step = 1 };
	scoped(buf_done) struct buf out = BUF_INIT(1000);
	assert_int_equal(inflate_all(buf_str(&zs), &run, &out, &err), -1);
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_true(strstr(err.text, ": wrong checksum or length"));
	err_clear(&err);
	zs.p[4] |= 8; /* reserved bit of the frame header descriptor */
	assert_int_equal(inflate_all(buf_str(&zs), &run, &out, &err), -1);
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_true(strstr(err.text, ": damaged header"));
}

TEST(decode, zstd_window_over_limit)
{
	(void)state;
	struct limits lim = limits_default;
	scoped(buf_done) struct buf zs = BUF_INIT(1000);
	/* exponent 11, mantissa 1: 2^21 + 2^21 / 8; one empty raw block */
	add(&zs, "\x28\xb5\x2f\xfd\0\x59\x01\0\0", 9);
	lim.window_max = 2359296;
	struct err err = { 0 };
	struct run run = { .step = 2, .lim = &lim };
	scoped(buf_done) struct buf out = BUF_INIT(1000);
	assert_ok(inflate_all(buf_str(&zs), &run, &out, &err), &err);
	lim.window_max--;
	assert_broken(buf_str(&zs), &lim, ERR_LIMIT,
		      "zstd: member 1 at byte 0: 2359296 bytes a compressed "
		      "layer may look back, over the limit of 2359295 (raise "
		      "it with --limit window=N)");
	/* single segment: the window is the content, here 2^32 - 1 */
	buf_reset(&zs);
	add(&zs, "\x28\xb5\x2f\xfd\xa0\xff\xff\xff\xff\x01\0\0", 12);
	lim.window_max = 1 << 20;
	assert_broken(buf_str(&zs), &lim, ERR_LIMIT,
		      "zstd: member 1 at byte 0: 4294967295 bytes a "
		      "compressed layer may look back, over the limit of "
		      "1048576 (raise it with --limit window=N)");
}

TEST(decode, zstd_dictionary)
{
	(void)state;
	assert_broken(STR("\x28\xb5\x2f\xfd\x21\x07\0\x01\0\0"), NULL,
		      ERR_UNSUPPORTED,
		      "zstd: member 1 at byte 0: needs dictionary 7, which an "
		      "image cannot carry");
}

static void add_xz(struct buf *b, const void *p, size_t n, lzma_check check)
{
	struct err err = { 0 };
	size_t cap = lzma_stream_buffer_bound(n), at = 0;
	char *to;
	assert_ok(buf_room(b, cap, &to, &err), &err);
	assert_int_equal(lzma_easy_buffer_encode(1, check, NULL, p, n,
						 (uint8_t *)to, &at, cap),
			 LZMA_OK);
	b->n += at;
}

TEST(decode, xz_streams_and_padding)
{
	(void)state;
	scoped(buf_done) struct buf plain = BUF_INIT(2 << 20);
	scoped(buf_done) struct buf xz = BUF_INIT(2 << 20);
	for (unsigned i = 0; i < 5; i++) {
		size_t start = plain.n, n = i * 50001;
		add_plain(&plain, n, i);
		add_xz(&xz, plain.p + start, n,
		       i & 1 ? LZMA_CHECK_CRC64 : LZMA_CHECK_SHA256);
		add(&xz, "\0\0\0\0\0\0\0\0", i * 4 % 12);
	}
	assert_inflates(buf_str(&xz), buf_str(&plain));
}

TEST(decode, xz_damage)
{
	(void)state;
	scoped(buf_done) struct buf xz = BUF_INIT(1000);
	char text[100];
	add_xz(&xz, "abcabcabc", 9, LZMA_CHECK_CRC32);
	size_t first = xz.n;
	add_xz(&xz, "defdef", 6, LZMA_CHECK_CRC32);
	assert_cut_everywhere(buf_str(&xz), "xz", first);
	snprintf(text, sizeof text,
		 "xz: trailing garbage at byte %zu, behind member 2", xz.n);
	add(&xz, "\0\0", 2); /* padding is a multiple of four */
	assert_broken(buf_str(&xz), NULL, ERR_CORRUPT, text);
	xz.n -= 2;
	xz.p[30] ^= 1;
	struct err err = { 0 };
	struct run run = { .step = 4 };
	scoped(buf_done) struct buf out = BUF_INIT(1000);
	assert_int_equal(inflate_all(buf_str(&xz), &run, &out, &err), -1);
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_true(strstr(err.text, ": damaged data"));
}

TEST(decode, xz_memory_limit)
{
	(void)state;
	struct limits lim = limits_default;
	scoped(buf_done) struct buf xz = BUF_INIT(1000);
	struct err err = { 0 };
	struct run run = { .step = 4, .lim = &lim };
	scoped(buf_done) struct buf out = BUF_INIT(1000);
	/* level 1 looks back 1 MiB */
	add_xz(&xz, "abc", 3, LZMA_CHECK_CRC32);
	lim.window_max = 1 << 20;
	assert_ok(inflate_all(buf_str(&xz), &run, &out, &err), &err);
	lim.window_max = 64 << 10;
	assert_int_equal(inflate_all(buf_str(&xz), &run, &out, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
	assert_true(strstr(err.text, "over the limit of 65536 (raise it with "
				     "--limit window=N)"));
}

TEST(decode, bzip2_is_known_but_not_read)
{
	(void)state;
	struct err err = { 0 };
	struct drip d = drip_of("BZh91AY&SY", 10, 10);
	struct stream *inner = &d.s, *s = NULL;
	assert_fails(codec_open(CODEC_BZIP2, &inner, &limits_default, NULL, &s,
				&err),
		     &err, ERR_UNSUPPORTED,
		     "bzip2 is not read; write it as gzip, zstd or xz");
	assert_ptr_equal(inner, &d.s);
}

TEST(decode, none_is_handed_through)
{
	(void)state;
	struct err err = { 0 };
	struct drip d = drip_of("abc", 3, 10);
	struct stream *inner = &d.s, *s = NULL;
	assert_ok(
		codec_open(CODEC_NONE, &inner, &limits_default, NULL, &s, &err),
		&err);
	assert_ptr_equal(s, &d.s);
	assert_null(inner);
}

TESTS_MAIN(unit(decode, gzip_members_and_header_fields),
	   unit(decode, gzip_one_empty_member),
	   unit(decode, gzip_many_tiny_members),
	   unit(decode, gzip_stored_blocks),
	   unit(decode, gzip_truncated_at_every_byte),
	   unit(decode, gzip_empty_and_wrong_input),
	   unit(decode, gzip_trailing_garbage), unit(decode, gzip_trailer),
	   unit(decode, gzip_header), unit(decode, gzip_method),
	   unit(decode, gzip_damaged_data), unit(decode, layer_limit),
	   unit(decode, ratio_limit_past_64_mib),
	   unit(decode, peek_across_the_buffer), unit(decode, marks_rise),
	   unit(decode, source_error_passes),
	   unit(decode, zstd_frames_and_skippable_frames),
	   unit(decode, zstd_truncated_at_every_byte),
	   unit(decode, zstd_damage), unit(decode, zstd_window_over_limit),
	   unit(decode, zstd_dictionary), unit(decode, xz_streams_and_padding),
	   unit(decode, xz_damage), unit(decode, xz_memory_limit),
	   unit(decode, bzip2_is_known_but_not_read),
	   unit(decode, none_is_handed_through))
