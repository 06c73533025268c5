/* SPDX-License-Identifier: Apache-2.0 */
/* base/id_table.h - ids found by what they stand for: open addressing over ids
 * alone, at most 3/4 full. Keys live where the ids point; the caller hashes
 * and compares. Ids count from 0 in the order in which they are added, so they
 * need fewer bits than a slot has: the rest holds bits of the hash, and keys
 * that differ are rarely looked at. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct id_table {
	uint32_t *slots; /* id + 1, bits of the hash above it; 0: empty */
	uint32_t n_slots, n;
	uint32_t id_mask; /* the bits that hold id + 1 */
};

typedef bool id_equal_fn(const void *self, uint32_t id, const void *key);
typedef uint64_t id_hash_fn(const void *self, uint32_t id);

void id_table_done(struct id_table *t);
/* UINT32_MAX when there is none. All 64 bits of a hash count. */
uint32_t id_table_find(const struct id_table *t, uint64_t hash,
		       id_equal_fn *equal, const void *self, const void *key);
/* Adds an id that is not there: t->n, no other; rehash gives the hash of those
 * that are. */
must_check int id_table_add(struct id_table *t, uint64_t hash, uint32_t id,
			    id_hash_fn *rehash, const void *self,
			    struct err *err);
