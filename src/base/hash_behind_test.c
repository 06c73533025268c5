/* SPDX-License-Identifier: Apache-2.0 */
#include "base/hash_behind.h"

#include <stdlib.h>

#include "base/digest.h"
#include "base/test.h"

/* Against a hash of all bytes at once; pieces of any size pass as they are. */
TEST(hash_behind, the_same_digest_and_bytes)
{
	static const size_t sizes[] = { 0,
					1,
					HASH_BEHIND_PIECE - 1,
					HASH_BEHIND_PIECE,
					HASH_BEHIND_BYTES,
					HASH_BEHIND_BYTES + 1,
					HASH_BEHIND_BYTES * 3 + 4567 };
	static const size_t steps[] = { 511, 100000, 5000000 };
	for (size_t i = 0; i < ARRAY_LEN(sizes) * ARRAY_LEN(steps); i++) {
		struct err err = { 0 };
		size_t n = sizes[i % ARRAY_LEN(sizes)];
		size_t step = steps[i / ARRAY_LEN(sizes)];
		struct digest is, want;
		uint64_t size = 0;
		scoped(buf_done) struct buf out = BUF_INIT(64 << 20);
		scoped(sink_close) struct sink *below = NULL, *s = NULL;
		char *p = malloc(n + 1);
		assert_non_null(p);
		for (size_t k = 0; k < n; k++)
			p[k] = (char)(k * k >> 7);
		assert_ok(buf_sink_open(&out, &below, &err), &err);
		assert_ok(hash_behind_open(below, &is, &size, &s, &err), &err);
		for (size_t at = 0; at < n; at += step)
			assert_ok(
				sink_write(s, p + at, MIN(step, n - at), &err),
				&err);
		assert_ok(sink_finish(s, &err), &err);
		assert_ok(digest_of(DIGEST_SHA256, p, n, &want, &err), &err);
		assert_true(digest_eq(&is, &want));
		assert_int_equal(size, n);
		assert_true(str_eq(buf_str(&out), (struct str){ p, n }));
		free(p);
	}
}

TEST(hash_behind, closed_or_failed_early)
{
	struct err err = { 0 };
	struct digest is;
	static char zeros[HASH_BEHIND_BYTES * 2 + 5];
	for (size_t n = 0; n <= sizeof zeros; n += sizeof zeros / 4) {
		scoped(buf_done) struct buf out = BUF_INIT(1000);
		scoped(sink_close) struct sink *below = NULL, *s = NULL;
		assert_ok(buf_sink_open(&out, &below, &err), &err);
		assert_ok(hash_behind_open(below, &is, NULL, &s, &err), &err);
		if (n)
			assert_fails(sink_write(s, zeros, n, &err), &err,
				     ERR_LIMIT,
				     "a buffer would grow past 1000 bytes");
	}
}

TESTS_MAIN(unit(hash_behind, the_same_digest_and_bytes),
	   unit(hash_behind, closed_or_failed_early))
