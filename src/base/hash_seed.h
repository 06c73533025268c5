/* SPDX-License-Identifier: Apache-2.0 */
/* base/hash_seed.h - what makes the hash tables of one process its own.
 *
 * Names, digests and the order of members are chosen by the maker of an image.
 * Who knows the hash of a table can choose 80,000 names that all begin their
 * search at one slot, and a megabyte of input costs minutes. Every hash of what
 * was read therefore starts from a number that nobody knows in advance.
 *
 * Nothing that is printed or written may depend on it: tables answer questions,
 * their order is never walked. */
#pragma once
#include <stdint.h>

/* Random, set before main; constant but for tests. */
extern uint64_t hash_seed;
extern uint64_t hash_factor; /* odd, made of the seed */

/* For tests: what draws the seed does no other. */
void hash_seed_set(uint64_t seed);

/* For keys that are small numbers or parts of a digest. Multiplying by a random
 * odd number is universal hashing in the high bits, which tables use: two keys,
 * whatever they are, meet by chance alone (Dietzfelbinger and others, "A
 * reliable randomized algorithm for the closest-pair problem", 1997). */
static inline uint64_t hash_number(uint64_t n)
{
	return n * hash_factor;
}
