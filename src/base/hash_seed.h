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

/* For keys that are small numbers or parts of a digest: MurmurHash3's last
 * step (public domain), which spreads each bit over all 64. The seed comes in
 * front: keys that share their high bits are scattered all the same. */
static inline uint64_t hash_number(uint64_t n)
{
	n += hash_seed;
	n = (n ^ n >> 33) * 0xff51afd7ed558ccdu;
	n = (n ^ n >> 33) * 0xc4ceb9fe1a85ec53u;
	return n ^ n >> 33;
}
