/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sha256.h"

#include <string.h>

#include "base/macros.h"

enum { BLOCK = 64 };

void sha256_start(struct sha256 *s)
{
	/* FIPS 180-4, 5.3.3 */
	static const uint32_t first[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372,
					   0xa54ff53a, 0x510e527f, 0x9b05688c,
					   0x1f83d9ab, 0x5be0cd19 };
	memcpy(s->h, first, sizeof first);
	s->n = 0;
}

/* Fills a block that was begun; returns how many bytes that took. */
static size_t fill_part(struct sha256 *s, const uint8_t *p, size_t n)
{
	size_t at = s->n % BLOCK;
	size_t step = MIN(n, BLOCK - at);
	if (at == 0)
		return 0;
	memcpy(s->part + at, p, step);
	s->n += step;
	if (at + step == BLOCK)
		sha256_blocks(s->h, NULL, s->part, 1);
	return step;
}

/* Fewer bytes than a block, which begin one. */
static void keep_part(struct sha256 *s, const uint8_t *p, size_t n)
{
	memcpy(s->part, p, n);
	s->n += n;
}

void sha256_add(struct sha256 *s, const void *p, size_t n)
{
	const uint8_t *from = p;
	if (n == 0)
		return;
	size_t filled = fill_part(s, from, n);
	from += filled;
	n -= filled;
	size_t whole = n - n % BLOCK;
	sha256_blocks(s->h, NULL, from, whole / BLOCK);
	s->n += whole;
	if (n > whole)
		keep_part(s, from + whole, n - whole);
}

void sha256_add_both(struct sha256 *a, struct sha256 *b, const void *p,
		     size_t n)
{
	const uint8_t *from = p;
	/* Behind a hole of a sparse file the two may stand differently: the
	 * content has taken zeros that the tar does not have. */
	if (n == 0 || a->n % BLOCK != b->n % BLOCK) {
		sha256_add(a, p, n);
		sha256_add(b, p, n);
		return;
	}
	/* What began the block may differ, so it is no common one. */
	size_t filled = fill_part(a, from, n);
	(void)fill_part(b, from, n);
	from += filled;
	n -= filled;
	size_t whole = n - n % BLOCK;
	sha256_blocks(a->h, b->h, from, whole / BLOCK);
	a->n += whole;
	b->n += whole;
	if (n > whole) {
		keep_part(a, from + whole, n - whole);
		keep_part(b, from + whole, n - whole);
	}
}

/* FIPS 180-4, 5.1.1: a one bit, zeros, and the length in bits as the last
 * eight bytes of a block. */
void sha256_end(struct sha256 *s, uint8_t out[32])
{
	uint8_t pad[BLOCK + 8] = { 0x80 };
	uint64_t bits = s->n * 8;
	size_t zeros_end = (2 * BLOCK - 8 - s->n % BLOCK - 1) % BLOCK + 1;
	for (int i = 0; i < 8; i++)
		pad[zeros_end + i] = (uint8_t)(bits >> (56 - 8 * i));
	sha256_add(s, pad, zeros_end + 8);
	for (int i = 0; i < 32; i++)
		out[i] = (uint8_t)(s->h[i / 4] >> (24 - 8 * (i % 4)));
}
