/* SPDX-License-Identifier: Apache-2.0 */
#include "base/hash_seed.h"

#include <string.h>
#include <sys/auxv.h>
#include <sys/random.h>

uint64_t hash_seed, hash_factor;

/* Small seeds of tests, too, give a factor of 64 bits: MurmurHash3's last step,
 * which its author gave to the public domain. */
void hash_seed_set(uint64_t seed)
{
	uint64_t n = seed + 0x9e3779b97f4a7c15u;
	n = (n ^ n >> 33) * 0xff51afd7ed558ccdu;
	n = (n ^ n >> 33) * 0xc4ceb9fe1a85ec53u;
	hash_seed = seed;
	hash_factor = (n ^ n >> 33) | 1;
}

/* A constructor, as threads read the seed without a lock. Early after boot the
 * kernel may have no random numbers yet; waiting for them would hang, and what
 * it gave the process at its start is good enough then. */
__attribute__((constructor)) static void draw(void)
{
	const void *given = (const void *)getauxval(AT_RANDOM);
	uint64_t seed = 0;
	if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) != sizeof seed &&
	    given)
		memcpy(&seed, given, sizeof seed);
	hash_seed_set(seed);
}
