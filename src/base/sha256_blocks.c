/* SPDX-License-Identifier: Apache-2.0 */
/* The loop is the same for every processor; above it stand, for each, the types
 * and the five steps that it is made of. Both sets of instructions do four
 * rounds, and four words of the schedule, at a time. */
#include <stdlib.h>

#include "base/macros.h"
#include "base/sha256.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

#define FOR_CPU __attribute__((target("sha,sse4.1")))
#define STEP FOR_CPU static inline __attribute__((always_inline))
typedef __m128i words;

/* The instructions want the state's words in another order than its name says:
 * a, b, e, f and c, d, g, h. */
struct state {
	__m128i abef, cdgh;
};

bool sha256_has_instructions(void)
{
	unsigned a, b, c, d;
	if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_1) ||
	    !(c & bit_SSSE3))
		return false;
	return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

STEP words load_words(const uint8_t *p)
{
	/* Words are big-endian in the message. */
	const __m128i swap =
		_mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
	return _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)p), swap);
}

STEP words next_words(words w0, words w1, words w2, words w3)
{
	words sum = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1),
				  _mm_alignr_epi8(w3, w2, 4));
	return _mm_sha256msg2_epu32(sum, w3);
}

STEP void four_rounds(struct state *s, words w, const uint32_t *k)
{
	w = _mm_add_epi32(w, _mm_loadu_si128((const __m128i *)k));
	s->cdgh = _mm_sha256rnds2_epu32(s->cdgh, s->abef, w);
	w = _mm_shuffle_epi32(w, 0x0e);
	s->abef = _mm_sha256rnds2_epu32(s->abef, s->cdgh, w);
}

STEP struct state load_state(const uint32_t *h)
{
	__m128i low = _mm_loadu_si128((const __m128i *)h);
	__m128i high = _mm_loadu_si128((const __m128i *)(h + 4));
	low = _mm_shuffle_epi32(low, 0xb1);
	high = _mm_shuffle_epi32(high, 0x1b);
	return (struct state){ _mm_alignr_epi8(low, high, 8),
			       _mm_blend_epi16(high, low, 0xf0) };
}

STEP void store_state(struct state s, uint32_t *h)
{
	__m128i low = _mm_shuffle_epi32(s.abef, 0x1b);
	__m128i high = _mm_shuffle_epi32(s.cdgh, 0xb1);
	_mm_storeu_si128((__m128i *)h, _mm_blend_epi16(low, high, 0xf0));
	_mm_storeu_si128((__m128i *)(h + 4), _mm_alignr_epi8(high, low, 8));
}

STEP struct state add_states(struct state a, struct state b)
{
	return (struct state){ _mm_add_epi32(a.abef, b.abef),
			       _mm_add_epi32(a.cdgh, b.cdgh) };
}

/* clang 14 declares the intrinsics only where the whole program may use them. */
#elif defined(__aarch64__) && \
	(defined(__ARM_FEATURE_SHA2) || !defined(__clang__))
#include <arm_neon.h>
#include <asm/hwcap.h>
#include <sys/auxv.h>

#define FOR_CPU __attribute__((target("+crypto")))
#define STEP FOR_CPU static inline __attribute__((always_inline))
typedef uint32x4_t words;

struct state {
	uint32x4_t abcd, efgh;
};

bool sha256_has_instructions(void)
{
	return getauxval(AT_HWCAP) & HWCAP_SHA2;
}

STEP words load_words(const uint8_t *p)
{
	return vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(p)));
}

STEP words next_words(words w0, words w1, words w2, words w3)
{
	return vsha256su1q_u32(vsha256su0q_u32(w0, w1), w2, w3);
}

STEP void four_rounds(struct state *s, words w, const uint32_t *k)
{
	uint32x4_t abcd = s->abcd;
	w = vaddq_u32(w, vld1q_u32(k));
	s->abcd = vsha256hq_u32(abcd, s->efgh, w);
	s->efgh = vsha256h2q_u32(s->efgh, abcd, w);
}

STEP struct state load_state(const uint32_t *h)
{
	return (struct state){ vld1q_u32(h), vld1q_u32(h + 4) };
}

STEP void store_state(struct state s, uint32_t *h)
{
	vst1q_u32(h, s.abcd);
	vst1q_u32(h + 4, s.efgh);
}

STEP struct state add_states(struct state a, struct state b)
{
	return (struct state){ vaddq_u32(a.abcd, b.abcd),
			       vaddq_u32(a.efgh, b.efgh) };
}

#else
#define NO_INSTRUCTIONS 1
#endif

#ifdef NO_INSTRUCTIONS
bool sha256_has_instructions(void)
{
	return false;
}

void sha256_blocks(uint32_t *a, uint32_t *b, const uint8_t *p, size_t n)
{
	(void)a, (void)b, (void)p, (void)n;
	abort(); /* who calls this did not ask sha256_is_usable() */
}
#else

/* FIPS 180-4, 4.2.2 */
static const uint32_t k[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
	0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
	0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
	0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
	0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
	0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
	0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
	0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
};

/* Both states, or the first alone: two is a constant where this is inlined. */
STEP void rounds(struct state *s, bool two, words w, size_t at)
{
	four_rounds(&s[0], w, k + at);
	if (two)
		four_rounds(&s[1], w, k + at);
}

STEP void one_block(struct state *s, bool two, const uint8_t *p)
{
	words w0 = load_words(p), w1 = load_words(p + 16);
	words w2 = load_words(p + 32), w3 = load_words(p + 48);
	for (size_t i = 0; i < 48; i += 16) {
		rounds(s, two, w0, i);
		w0 = next_words(w0, w1, w2, w3);
		rounds(s, two, w1, i + 4);
		w1 = next_words(w1, w2, w3, w0);
		rounds(s, two, w2, i + 8);
		w2 = next_words(w2, w3, w0, w1);
		rounds(s, two, w3, i + 12);
		w3 = next_words(w3, w0, w1, w2);
	}
	rounds(s, two, w0, 48);
	rounds(s, two, w1, 52);
	rounds(s, two, w2, 56);
	rounds(s, two, w3, 60);
}

FOR_CPU static void into_one(uint32_t *h, const uint8_t *p, size_t n)
{
	struct state s = load_state(h);
	for (; n; n--, p += 64) {
		struct state was = s;
		one_block(&s, false, p);
		s = add_states(s, was);
	}
	store_state(s, h);
}

FOR_CPU static void into_two(uint32_t *a, uint32_t *b, const uint8_t *p,
			     size_t n)
{
	struct state s[2] = { load_state(a), load_state(b) };
	for (; n; n--, p += 64) {
		struct state was[2] = { s[0], s[1] };
		one_block(s, true, p);
		s[0] = add_states(s[0], was[0]);
		s[1] = add_states(s[1], was[1]);
	}
	store_state(s[0], a);
	store_state(s[1], b);
}

void sha256_blocks(uint32_t *a, uint32_t *b, const uint8_t *p, size_t n)
{
	if (b)
		into_two(a, b, p, n);
	else
		into_one(a, p, n);
}
#endif
