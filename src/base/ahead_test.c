/* SPDX-License-Identifier: Apache-2.0 */
#include "base/ahead.h"

#include <stdlib.h>

#include "base/test.h"
#include "base/test_drip.h"

static uint8_t *noise(size_t n)
{
	uint64_t x = 88172645463325252ull;
	uint8_t *p = malloc(n + 1);
	assert_non_null(p);
	for (size_t i = 0; i < n; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		p[i] = (uint8_t)x;
	}
	return p;
}

/* Reads all, now wanting much and now little, and compares. */
static void assert_same(struct stream *s, const uint8_t *want, size_t n)
{
	static const size_t wants[] = { 1, 512, 7, STREAM_WANT_MAX,
					100000 % 7 };
	struct err err = { 0 };
	size_t at = 0, have;
	const uint8_t *p;
	int r;
	for (size_t i = 0;; i++) {
		size_t least = wants[i % ARRAY_LEN(wants)];
		r = stream_peek(s, least, &p, &have, &err);
		if (r <= 0)
			break;
		assert_true(have >= MIN(least, n - at));
		assert_memory_equal(p, want + at, have);
		size_t step = MIN(have, least + i % 70000);
		stream_skip(s, step);
		at += step;
	}
	assert_ok(r, &err);
	assert_int_equal(at, n);
}

TEST(ahead, all_bytes_in_order)
{
	static const size_t sizes[] = { 0,
					1,
					AHEAD_PIECE - 1,
					AHEAD_PIECE,
					AHEAD_PIECE + 1,
					AHEAD_PIECE * AHEAD_PIECES,
					AHEAD_PIECE * 11 + 77777 };
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		for (size_t step = 1000; step < 3000000; step *= 1000) {
			struct err err = { 0 };
			uint8_t *p = noise(sizes[i]);
			struct drip d = drip_of(p, sizes[i], step);
			struct stream *inner = &d.s, *s;
			assert_ok(ahead_open(&inner, &s, &err), &err);
			assert_null(inner);
			assert_same(s, p, sizes[i]);
			assert_ok(stream_finish(s, &err), &err);
			assert_int_equal(d.finished, 1);
			stream_close(&s);
			assert_int_equal(d.closed, 1);
			free(p);
		}
	}
}

/* The bytes in front of it come first, and it is repeated. */
TEST(ahead, an_error_comes_in_its_place)
{
	enum { N = AHEAD_PIECE * 6, AT = AHEAD_PIECE * 5 + 3000 };
	struct err err = { 0 };
	uint8_t *p = noise(N);
	struct drip d = drip_of(p, N, 1000);
	struct stream *inner = &d.s, *s;
	const uint8_t *seen;
	size_t at = 0, have;
	int r;
	d.fail_at = AT;
	assert_ok(ahead_open(&inner, &s, &err), &err);
	while ((r = stream_peek(s, 1, &seen, &have, &err)) > 0) {
		assert_memory_equal(seen, p + at, have);
		stream_skip(s, have);
		at += have;
	}
	assert_fails(r, &err, ERR_IO, "drip: broken");
	assert_true(at <= AT && at + 1000 > AT);
	assert_fails(stream_finish(s, &err), &err, ERR_IO, "drip: broken");
	assert_int_equal(d.finished, 0);
	stream_close(&s);
	assert_int_equal(d.closed, 1);
	free(p);
}

/* What is wanted and not there any more is the error, not a short answer. */
TEST(ahead, an_error_within_what_is_wanted)
{
	struct err err = { 0 };
	uint8_t *p = noise(3000);
	struct drip d = drip_of(p, 3000, 100);
	struct stream *inner = &d.s, *s;
	const uint8_t *seen;
	size_t have;
	d.fail_at = 2000;
	assert_ok(ahead_open(&inner, &s, &err), &err);
	assert_int_equal(stream_peek(s, 1900, &seen, &have, &err), 1);
	assert_fails(stream_peek(s, 2100, &seen, &have, &err), &err, ERR_IO,
		     "drip: broken");
	stream_close(&s);
	free(p);
}

/* Closed at any time: before a byte was read, and with the ring full. */
TEST(ahead, closed_early)
{
	uint8_t *p = noise(AHEAD_PIECE * 9);
	for (size_t read = 0; read < 3; read++) {
		struct err err = { 0 };
		struct drip d = drip_of(p, AHEAD_PIECE * 9, 5000);
		struct stream *inner = &d.s;
		scoped(stream_close) struct stream *s = NULL;
		assert_ok(ahead_open(&inner, &s, &err), &err);
		assert_ok(stream_skip_n(s, read * AHEAD_PIECE + read, &err),
			  &err);
	}
	free(p);
}

TEST(ahead, finish_drains)
{
	struct err err = { 0 };
	uint8_t *p = noise(AHEAD_PIECE * 9);
	struct drip d = drip_of(p, AHEAD_PIECE * 9, 5000);
	struct stream *inner = &d.s;
	scoped(stream_close) struct stream *s = NULL;
	assert_ok(ahead_open(&inner, &s, &err), &err);
	assert_ok(stream_finish(s, &err), &err);
	assert_int_equal(d.at, d.n);
	assert_int_equal(d.finished, 1);
	free(p);
}

TESTS_MAIN(unit(ahead, all_bytes_in_order),
	   unit(ahead, an_error_comes_in_its_place),
	   unit(ahead, an_error_within_what_is_wanted),
	   unit(ahead, closed_early), unit(ahead, finish_drains))
