/* SPDX-License-Identifier: Apache-2.0 */
#include <zstd.h>

#include "codec/test_inflate.h"

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

TEST(unzstd, frames_and_skippable_frames)
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

TEST(unzstd, truncated_at_every_byte)
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

TEST(unzstd, damage)
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

TEST(unzstd, window_over_limit)
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

TEST(unzstd, dictionary)
{
	(void)state;
	assert_broken(STR("\x28\xb5\x2f\xfd\x21\x07\0\x01\0\0"), NULL,
		      ERR_UNSUPPORTED,
		      "zstd: member 1 at byte 0: needs dictionary 7, which an "
		      "image cannot carry");
}

TESTS_MAIN(unit(unzstd, frames_and_skippable_frames),
	   unit(unzstd, truncated_at_every_byte), unit(unzstd, damage),
	   unit(unzstd, window_over_limit), unit(unzstd, dictionary))
