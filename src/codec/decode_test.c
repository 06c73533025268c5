/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/test_inflate.h"

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

TEST(decode, ratio_limit_past_what_is_free)
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
	lim.inflate_free_max = 64 << 20;
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

/* Past 16 MiB of what is coded too well, runs of one byte are only counted, and
 * come out as they were. */
TEST(decode, runs_are_decoded_ahead)
{
	(void)state;
	static const struct {
		char byte;
		size_t n;
	} runs[] = { { 0, 20 << 20 }, { 'A', 3 << 20 }, { 0, 700001 },
		     { 'B', 1 },      { 0, 1 << 20 },	{ 0, 0 } };
	struct err err = { 0 };
	struct limits lim = limits_default;
	struct run run = { .step = 4096, .lim = &lim };
	scoped(buf_done) struct buf plain = BUF_INIT(64 << 20);
	scoped(buf_done) struct buf gz = BUF_INIT(1 << 20);
	scoped(buf_done) struct buf out = BUF_INIT(64 << 20);
	lim.inflate_ratio_max = 20;
	for (size_t i = 0; i < ARRAY_LEN(runs); i++) {
		char *to;
		size_t at = plain.n;
		assert_ok(buf_room(&plain, runs[i].n + 1, &to, &err), &err);
		memset(to, runs[i].byte, runs[i].n);
		plain.n += runs[i].n;
		add_plain(&plain, 300 * i, (unsigned)i);
		add_member(&gz, 0, plain.p + at, plain.n - at);
	}
	assert_ok(inflate_all(buf_str(&gz), &run, &out, &err), &err);
	assert_int_equal(out.n, plain.n);
	assert_memory_equal(out.p, plain.p, plain.n);
	/* What is past a limit is found before the run is handed out. */
	lim.inflate_free_max = 22 << 20;
	scoped(stream_close) struct stream *in = NULL, *s = NULL;
	const uint8_t *p;
	size_t n, got = 0;
	int r;
	assert_ok(mem_open(gz.p, gz.n, &in, &err), &err);
	assert_ok(codec_open(CODEC_GZIP, &in, &lim, NULL, &s, &err), &err);
	while ((r = stream_peek(s, 1, &p, &n, &err)) > 0) {
		stream_skip(s, n);
		got += n;
	}
	assert_int_equal(r, -1);
	assert_int_equal(err.code, ERR_LIMIT);
	assert_in_range(got, 20 << 20, 21 << 20);
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

/* Only what begins no member is left alone; a member that is cut is none. */
TEST(decode, a_file_may_have_a_tail)
{
	static const struct {
		struct str tail;
		const char *want;
	} rows[] = {
		{ { "", 0 }, NULL },
		{ { "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20 }, NULL },
		{ { "garbage", 7 }, NULL },
		{ { "\x1f\x8b\x08", 3 },
		  "gzip: ends in the middle of member 2 at byte 29" },
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = { 0 };
		scoped(buf_done) struct buf gz = BUF_INIT(1000);
		scoped(buf_done) struct buf out = BUF_INIT(1000);
		scoped(stream_close) struct stream *s = NULL;
		add_member(&gz, 0, "abc", 3);
		add(&gz, rows[i].tail.p, rows[i].tail.n);
		struct drip d = drip_of(gz.p, gz.n, 5);
		struct stream *inner = &d.s;
		assert_ok(codec_open_file(CODEC_GZIP, &inner, &limits_default,
					  &s, &err),
			  &err);
		int r = stream_slurp(s, &out, &err);
		if (rows[i].want) {
			assert_fails(r, &err, ERR_CORRUPT, rows[i].want);
			continue;
		}
		assert_ok(r, &err);
		assert_ok(stream_finish(s, &err), &err);
		assert_int_equal(out.n, 3);
		assert_int_equal(d.finished, 1);
	}
}

TESTS_MAIN(unit(decode, a_file_may_have_a_tail), unit(decode, layer_limit),
	   unit(decode, ratio_limit_past_what_is_free),
	   unit(decode, runs_are_decoded_ahead),
	   unit(decode, peek_across_the_buffer), unit(decode, marks_rise),
	   unit(decode, source_error_passes),
	   unit(decode, none_is_handed_through))
