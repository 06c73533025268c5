/* SPDX-License-Identifier: Apache-2.0 */
/* base/sha256.h - SHA-256 by the processor's own instructions, for one state or
 * for two at once (private to base; see digest.h).
 *
 * FIPS 180-4, 6.2. A block of 64 bytes is expanded to 64 words, the message
 * schedule, and each word changes the state in one round. Rounds wait for each
 * other, the schedule does not depend on the state. So two states that take the
 * same blocks share one schedule, and the rounds of one run while those of the
 * other wait: both in little more than the time of one.
 *
 * Two states take the same blocks when both stand at the same offset within a
 * block. The content of a tar member does so by itself: it begins at a multiple
 * of 512 in its tar. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sha256 {
	uint32_t h[8];
	uint64_t n;	  /* bytes taken */
	uint8_t part[64]; /* the first n % 64 are not yet in h */
};

/* Does this processor have the instructions (x86 SHA, ARMv8 SHA2), and do they
 * agree with libcrypto (sha256_usable.c)? Found out once, any thread. The other
 * functions need a yes. */
bool sha256_is_usable(void);

void sha256_start(struct sha256 *s);
void sha256_add(struct sha256 *s, const void *p, size_t n);
/* The same bytes to both, from one schedule where that is possible. */
void sha256_add_both(struct sha256 *a, struct sha256 *b, const void *p,
		     size_t n);
/* The state is used up. */
void sha256_end(struct sha256 *s, uint8_t out[32]);

/* The instructions themselves (sha256_blocks.c). */
bool sha256_has_instructions(void);
/* n blocks into a, and into b as well unless it is NULL. */
void sha256_blocks(uint32_t *a, uint32_t *b, const uint8_t *p, size_t n);
