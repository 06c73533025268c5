/* SPDX-License-Identifier: Apache-2.0 */
#include <lzma.h>

#include "codec/test_inflate.h"

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

TEST(unxz, streams_and_padding)
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

TEST(unxz, damage)
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

TEST(unxz, memory_limit)
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

TESTS_MAIN(unit(unxz, streams_and_padding), unit(unxz, damage),
	   unit(unxz, memory_limit))
