/* SPDX-License-Identifier: Apache-2.0 */
#include "base/hash_seed.h"

#include <string.h>
#include <sys/auxv.h>
#include <sys/random.h>

uint64_t hash_seed;

/* A constructor, as threads read the seed without a lock. Early after boot the
 * kernel may have no random numbers yet; waiting for them would hang, and what
 * it gave the process at its start is good enough then. */
__attribute__((constructor)) static void draw(void)
{
	const void *given = (const void *)getauxval(AT_RANDOM);
	if (getrandom(&hash_seed, sizeof hash_seed, GRND_NONBLOCK) !=
		    sizeof hash_seed &&
	    given)
		memcpy(&hash_seed, given, sizeof hash_seed);
}
