/* SPDX-License-Identifier: Apache-2.0 */
#include <bzlib.h>

#include "codec/test_inflate.h"

static void add_bz2(struct buf *b, const char *p, size_t n, int level)
{
	struct err err = { 0 };
	unsigned room = (unsigned)(n + n / 100 + 600);
	char *to;
	assert_ok(buf_room(b, room, &to, &err), &err);
	assert_int_equal(BZ2_bzBuffToBuffCompress(to, &room,
						  (char *)(uintptr_t)p,
						  (unsigned)n, level, 0, 0),
			 BZ_OK);
	b->n += room;
}

TEST(unbz2, streams_one_behind_the_other)
{
	(void)state;
	scoped(buf_done) struct buf plain = BUF_INIT(2 << 20);
	scoped(buf_done) struct buf bz2 = BUF_INIT(2 << 20);
	for (unsigned i = 0; i < 6; i++) {
		size_t start = plain.n, n = i * 50001; /* the first is empty */
		add_plain(&plain, n, i);
		add_bz2(&bz2, n ? plain.p + start : "", n, 1 + (int)i);
	}
	assert_inflates(buf_str(&bz2), buf_str(&plain));
}

TEST(unbz2, damage)
{
	(void)state;
	scoped(buf_done) struct buf bz2 = BUF_INIT(4000);
	char text[100];
	add_bz2(&bz2, "abcabcabc", 9, 9);
	size_t first = bz2.n;
	add_bz2(&bz2, "defdef", 6, 1);
	assert_cut_everywhere(buf_str(&bz2), "bzip2", first);
	snprintf(text, sizeof text,
		 "bzip2: trailing garbage at byte %zu, behind member 2", bz2.n);
	add(&bz2, "\0\0", 2); /* bzip2 knows no padding */
	assert_broken(buf_str(&bz2), NULL, ERR_CORRUPT, text);
	bz2.n -= 2;
	bz2.p[12] ^= 1; /* of the block's checksum */
	struct err err = { 0 };
	struct run run = { .step = 4 };
	scoped(buf_done) struct buf out = BUF_INIT(1000);
	assert_int_equal(inflate_all(buf_str(&bz2), &run, &out, &err), -1);
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_true(strstr(err.text, "bzip2: member 1 at byte "));
	assert_true(strstr(err.text, ": damaged data"));
}

TEST(unbz2, block_size_limit)
{
	(void)state;
	struct limits lim = limits_default;
	scoped(buf_done) struct buf bz2 = BUF_INIT(4000);
	struct err err = { 0 };
	struct run run = { .step = 4, .lim = &lim };
	scoped(buf_done) struct buf out = BUF_INIT(1000);
	add_bz2(&bz2, "abc", 3, 2);
	lim.window_max = 200000;
	assert_ok(inflate_all(buf_str(&bz2), &run, &out, &err), &err);
	lim.window_max--;
	assert_fails(inflate_all(buf_str(&bz2), &run, &out, &err), &err,
		     ERR_LIMIT,
		     "bzip2: member 1 at byte 0: 200000 bytes a compressed "
		     "layer may look back, over the limit of 199999 (raise it "
		     "with --limit window=N)");
}

TESTS_MAIN(unit(unbz2, streams_one_behind_the_other), unit(unbz2, damage),
	   unit(unbz2, block_size_limit))
