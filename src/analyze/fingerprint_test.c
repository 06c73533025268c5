/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/fingerprint.h"

#include <libdeflate.h>
#include <stdlib.h>

#include "layer/testlayer.h"
#include "base/test.h" /* last: cmocka defines skip */

enum { NONE = -1 };

/* The fingerprint's kind, or NONE. */
static int look(struct str s, struct fingerprint *e)
{
	struct err err = { 0 };
	int r = analyze_fingerprint(s, &limits_default, e, &err);
	assert_ok(r, &err);
	return r ? (int)e->kind : NONE;
}

static void assert_same(struct str a, struct str b, int kind)
{
	struct fingerprint x, y;
	assert_int_equal(look(a, &x), kind);
	assert_int_equal(look(b, &y), kind);
	assert_true(analyze_same_fingerprint(&x, &y));
}

static void assert_other(struct str a, struct str b, int kind)
{
	struct fingerprint x, y;
	assert_int_equal(look(a, &x), kind);
	assert_int_equal(look(b, &y), kind);
	assert_false(analyze_same_fingerprint(&x, &y));
}

TEST(fingerprint, bytecode)
{
	/* magic, flags, mtime, size, code */
	static const char one[] = "\xa7\r\r\n\0\0\0\0aaaabbbbcode";
	static const char two[] = "\xa7\r\r\n\0\0\0\0ccccdddd"
				  "code";
	static const char other[] = "\xa7\r\r\n\0\0\0\0aaaabbbbc0de";
	static const char hashed[] = "\xa7\r\r\n\1\0\0\0aaaabbbbcode";
	static const char python2[] = "\x03\xf3\r\naaaabbbbccccdddd";
	struct fingerprint e;
	assert_same(STR(one), STR(two), FINGERPRINT_BYTECODE);
	assert_other(STR(one), STR(other), FINGERPRINT_BYTECODE);
	assert_int_equal(look(STR(hashed), &e), NONE);
	assert_int_equal(look(STR(python2), &e), NONE);
	for (size_t n = 0; n <= 16; n++)
		assert_int_equal(look((struct str){ one, n }, &e), NONE);
}

static void le(struct buf *b, unsigned bytes, uint32_t v)
{
	struct err err = { 0 };
	for (unsigned i = 0; i < bytes; i++)
		assert_ok(buf_byte(b, (char)(v >> (8 * i)), &err), &err);
}

static void text(struct buf *b, const char *s)
{
	struct err err = { 0 };
	assert_ok(buf_str_add(b, str_of(s), &err), &err);
}

/* A zip of empty members, each "NAME" with its CRC, in the order given. */
static void zip(struct buf *b, const char *const *names, uint32_t crc,
		uint32_t time, uint32_t flags)
{
	scoped(buf_done) struct buf dir = BUF_INIT(1 << 16);
	unsigned n = 0;
	for (; names[n]; n++) {
		size_t at = b->n, len = strlen(names[n]);
		text(b, "PK\x03\x04");
		le(b, 2, 20), le(b, 4, 0), le(b, 4, time), le(b, 4, crc);
		le(b, 8 / 2, 0), le(b, 4, 0);
		le(b, 2, (uint32_t)len), le(b, 2, 0);
		text(b, names[n]);
		text(&dir, "PK\x01\x02");
		le(&dir, 4, 20), le(&dir, 2, flags), le(&dir, 2, 0);
		le(&dir, 4, time), le(&dir, 4, crc), le(&dir, 4, 0);
		le(&dir, 4, 7), le(&dir, 2, (uint32_t)len), le(&dir, 4, 0);
		le(&dir, 4, 0), le(&dir, 4, 0100644u << 16);
		le(&dir, 4, (uint32_t)at);
		text(&dir, names[n]);
	}
	uint32_t at = (uint32_t)b->n;
	struct err err = { 0 };
	assert_ok(buf_str_add(b, buf_str(&dir), &err), &err);
	text(b, "PK\x05\x06");
	le(b, 4, 0), le(b, 2, n), le(b, 2, n), le(b, 4, (uint32_t)dir.n);
	le(b, 4, at), le(b, 2, 0);
}

TEST(fingerprint, zip)
{
	static const char *const ab[] = { "a", "b", NULL };
	static const char *const ba[] = { "b", "a", NULL };
	static const char *const aa[] = { "a", "a", NULL };
	scoped(buf_done) struct buf one = BUF_INIT(1 << 16);
	scoped(buf_done) struct buf two = BUF_INIT(1 << 16);
	scoped(buf_done) struct buf crc = BUF_INIT(1 << 16);
	scoped(buf_done) struct buf twice = BUF_INIT(1 << 16);
	scoped(buf_done) struct buf secret = BUF_INIT(1 << 16);
	struct fingerprint e;
	zip(&one, ab, 1, 5, 0);
	zip(&two, ba, 1, 6, 0);
	zip(&crc, ab, 2, 5, 0);
	zip(&twice, aa, 1, 5, 0);
	zip(&secret, ab, 1, 5, 1);
	assert_same(buf_str(&one), buf_str(&two), FINGERPRINT_ARCHIVE);
	assert_other(buf_str(&one), buf_str(&crc), FINGERPRINT_ARCHIVE);
	assert_int_equal(look(buf_str(&twice), &e), NONE);
	assert_int_equal(look(buf_str(&secret), &e), NONE);
	for (size_t n = 0; n < one.n; n++)
		assert_int_equal(look((struct str){ one.p, n }, &e), NONE);
}

TEST(fingerprint, tar)
{
	static const char *const same[][2] = {
		{ "f a =1; f b =2", "f b =2 t9; f a =1 t8" },
		{ "d d; l d/l >x; f a #5000", "f a #5000; d d; l d/l >x" },
	};
	static const char *const other[][2] = {
		{ "f a =1", "f a =2" },	     { "f a =1", "f b =1" },
		{ "f a =1", "f a =1 m600" }, { "f a =1", "f a =1 o1:0" },
		{ "l a >b", "l a >c" },	     { "f a =1", "f a =1 xuser.a:1" },
	};
	scoped(buf_done) struct buf x = BUF_INIT(1 << 20);
	scoped(buf_done) struct buf y = BUF_INIT(1 << 20);
	struct fingerprint e;
	for (size_t i = 0; i < ARRAY_LEN(same); i++) {
		buf_reset(&x), buf_reset(&y);
		testlayer_tar(same[i][0], &x);
		testlayer_tar(same[i][1], &y);
		assert_same(buf_str(&x), buf_str(&y), FINGERPRINT_ARCHIVE);
	}
	for (size_t i = 0; i < ARRAY_LEN(other); i++) {
		buf_reset(&x), buf_reset(&y);
		testlayer_tar(other[i][0], &x);
		testlayer_tar(other[i][1], &y);
		assert_other(buf_str(&x), buf_str(&y), FINGERPRINT_ARCHIVE);
	}
	buf_reset(&x);
	testlayer_tar("f a =1; f a =2", &x);
	assert_int_equal(look(buf_str(&x), &e), NONE);
}

static void gzip(struct str plain, int level, struct buf *out)
{
	struct err err = { 0 };
	char *to;
	struct libdeflate_compressor *z = libdeflate_alloc_compressor(level);
	size_t cap = libdeflate_gzip_compress_bound(z, plain.n);
	assert_ok(buf_room(out, cap, &to, &err), &err);
	out->n += libdeflate_gzip_compress(z, plain.p, plain.n, to, cap);
	libdeflate_free_compressor(z);
}

TEST(fingerprint, compressed)
{
	char page[3000];
	for (size_t i = 0; i < sizeof page; i++)
		page[i] = (char)('a' + i * i % 7);
	struct str plain = { page, sizeof page };
	scoped(buf_done) struct buf x = BUF_INIT(1 << 20);
	scoped(buf_done) struct buf y = BUF_INIT(1 << 20);
	struct fingerprint e;
	gzip(plain, 1, &x);
	gzip(plain, 12, &y);
	assert_false(str_eq(buf_str(&x), buf_str(&y)));
	assert_same(buf_str(&x), buf_str(&y), FINGERPRINT_COMPRESSED);
	buf_reset(&y);
	page[7]++;
	gzip(plain, 1, &y);
	assert_other(buf_str(&x), buf_str(&y), FINGERPRINT_COMPRESSED);
	assert_int_equal(look((struct str){ x.p, x.n - 1 }, &e), NONE);
	assert_int_equal(look(plain, &e), NONE);
	assert_int_equal(look(STR(""), &e), NONE);
}

TESTS_MAIN(unit(fingerprint, bytecode), unit(fingerprint, zip),
	   unit(fingerprint, tar), unit(fingerprint, compressed))
