/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sha256.h"

#include <openssl/evp.h>

#include "base/digest.h"
#include "base/stream.h"
#include "base/test.h"

enum { MAX_TEXT = 1024 };

/* Not periodic in 64 bytes: a block in the wrong place gives another digest. */
static void fill(uint8_t *p, size_t n, uint32_t seed)
{
	for (size_t i = 0; i < n; i++) {
		seed = seed * 1664525u + 1013904223u;
		p[i] = (uint8_t)(seed >> 24);
	}
}

static void by_libcrypto(const uint8_t *p, size_t n, uint8_t out[32])
{
	assert_int_equal(EVP_Digest(p, n, out, NULL, EVP_sha256(), NULL), 1);
}

static void assert_text(struct sha256 *s, const uint8_t *p, size_t n)
{
	uint8_t want[32], got[32];
	by_libcrypto(p, n, want);
	sha256_end(s, got);
	assert_memory_equal(got, want, 32);
}

static void need_instructions(void)
{
	if (!sha256_is_usable())
		_skip(__FILE__, __LINE__);
}

TEST(sha256, every_length_and_alignment)
{
	(void)state;
	uint8_t text[MAX_TEXT + 16];
	struct sha256 a, b, c;
	need_instructions();
	fill(text, sizeof text, 1);
	for (size_t n = 0; n <= MAX_TEXT; n++) {
		const uint8_t *p = text + n % 16;
		sha256_start(&a);
		sha256_start(&b);
		sha256_start(&c);
		sha256_add(&a, p, n);
		sha256_add_both(&b, &c, p, n);
		assert_text(&a, p, n);
		assert_text(&b, p, n);
		assert_text(&c, p, n);
	}
}

TEST(sha256, every_split_into_three)
{
	(void)state;
	enum { N = 200 };
	uint8_t text[N];
	struct sha256 a, b, c;
	need_instructions();
	fill(text, N, 2);
	for (size_t i = 0; i <= N; i++) {
		for (size_t j = i; j <= N; j++) {
			sha256_start(&a);
			sha256_start(&b);
			sha256_start(&c);
			sha256_add(&a, text, i);
			sha256_add(&a, text + i, j - i);
			sha256_add(&a, text + j, N - j);
			sha256_add_both(&b, &c, text, i);
			sha256_add_both(&b, &c, text + i, j - i);
			sha256_add_both(&b, &c, text + j, N - j);
			assert_text(&a, text, N);
			assert_text(&b, text, N);
			assert_text(&c, text, N);
		}
	}
}

/* The one has taken so much more than the other, whole blocks or not, as a tar
 * has in front of a content and a content behind a hole. */
TEST(sha256, pairs_that_stand_apart)
{
	(void)state;
	uint8_t text[MAX_TEXT];
	struct sha256 a, b;
	need_instructions();
	fill(text, sizeof text, 3);
	for (size_t before = 0; before <= 192; before++) {
		for (size_t part = 0; part < 192; part += 7) {
			sha256_start(&a);
			sha256_start(&b);
			sha256_add(&a, text, before + part);
			sha256_add(&b, text + before, part);
			sha256_add_both(&a, &b, text + before + part, 300);
			assert_text(&a, text, before + part + 300);
			assert_text(&b, text + before, part + 300);
		}
	}
}

/* 2^32 bits and more: the length's upper half. */
TEST(sha256, past_half_a_gibibyte)
{
	(void)state;
	enum { CHUNK = 1 << 20, N = 520 };
	scoped(hasher_done) struct hasher h = HASHER_INIT;
	static uint8_t text[CHUNK];
	struct err err = { 0 };
	struct digest got;
	fill(text, sizeof text, 4);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	uint8_t want[32];
	assert_int_equal(EVP_DigestInit_ex(ctx, EVP_sha256(), NULL), 1);
	assert_ok(hasher_start(&h, DIGEST_SHA256, &err), &err);
	for (int i = 0; i < N; i++) {
		assert_int_equal(EVP_DigestUpdate(ctx, text, CHUNK), 1);
		assert_ok(hasher_add(&h, text, CHUNK, &err), &err);
	}
	assert_int_equal(EVP_DigestFinal_ex(ctx, want, NULL), 1);
	assert_ok(hasher_end(&h, DIGEST_SHA256, &got, &err), &err);
	assert_memory_equal(got.bytes, want, 32);
	EVP_MD_CTX_free(ctx);
}

/* Where one of the two is libcrypto's, both still get all bytes. */
TEST(sha256, hashers_of_two_kinds)
{
	(void)state;
	scoped(hasher_done) struct hasher a = HASHER_INIT, b = HASHER_INIT;
	struct err err = { 0 };
	struct digest got, want;
	assert_ok(hasher_start(&a, DIGEST_SHA512, &err), &err);
	assert_ok(hasher_start(&b, DIGEST_SHA256, &err), &err);
	assert_ok(hasher_add_both(&a, &b, "abc", 3, &err), &err);
	assert_ok(hasher_end(&a, DIGEST_SHA512, &got, &err), &err);
	assert_ok(digest_of(DIGEST_SHA512, "abc", 3, &want, &err), &err);
	assert_true(digest_eq(&got, &want));
	assert_ok(hasher_end(&b, DIGEST_SHA256, &got, &err), &err);
	assert_ok(digest_of(DIGEST_SHA256, "abc", 3, &want, &err), &err);
	assert_true(digest_eq(&got, &want));
}

/* Bytes hashed ahead of the skip count once in the stream's own digest: all of
 * them, some, none, and twice the same. */
TEST(sha256, stream_hashes_ahead)
{
	(void)state;
	uint8_t text[MAX_TEXT];
	fill(text, sizeof text, 5);
	for (size_t ahead = 0; ahead <= MAX_TEXT; ahead += 64) {
		scoped(hasher_done) struct hasher h = HASHER_INIT;
		scoped(stream_close) struct stream *in = NULL, *tee = NULL,
						   *s = NULL;
		const struct limits *lim = &limits_default;
		struct digest own, want, part;
		struct err err = { 0 };
		const uint8_t *p;
		size_t n;
		assert_ok(mem_open(text, sizeof text, &in, &err), &err);
		assert_ok(hash_tee_open(&in, &own, NULL, &tee, &err), &err);
		assert_ok(limit_open(&tee, lim, &lim->layer_max, &s, &err),
			  &err);
		assert_ok(hasher_start(&h, DIGEST_SHA256, &err), &err);
		assert_int_equal(stream_peek(s, MAX_TEXT, &p, &n, &err), 1);
		assert_int_equal(n, MAX_TEXT);
		assert_ok(stream_hash(s, &h, p, ahead, &err), &err);
		stream_skip(s, ahead / 2);
		assert_ok(stream_hash(s, &h, p + ahead / 2, 64, &err), &err);
		stream_skip(s, 1);
		assert_ok(stream_finish(s, &err), &err);
		assert_ok(digest_of(DIGEST_SHA256, text, MAX_TEXT, &want, &err),
			  &err);
		assert_true(digest_eq(&own, &want));
		uint8_t seen[MAX_TEXT + 64];
		memcpy(seen, text, ahead);
		memcpy(seen + ahead, text + ahead / 2, 64);
		assert_ok(hasher_end(&h, DIGEST_SHA256, &part, &err), &err);
		assert_ok(
			digest_of(DIGEST_SHA256, seen, ahead + 64, &want, &err),
			&err);
		assert_true(digest_eq(&part, &want));
	}
}

TESTS_MAIN(unit(sha256, every_length_and_alignment),
	   unit(sha256, every_split_into_three),
	   unit(sha256, pairs_that_stand_apart),
	   unit(sha256, past_half_a_gibibyte),
	   unit(sha256, hashers_of_two_kinds),
	   unit(sha256, stream_hashes_ahead))
