/* SPDX-License-Identifier: Apache-2.0 */
#include "base/id_table.h"

#include <stdlib.h>

#include "base/macros.h"
#include "base/test.h" /* last: cmocka defines skip */

enum { MANY = 10000 };

struct keys {
	uint64_t v[MANY];
	uint64_t mask, set; /* of the hash, to make them meet */
};

static uint64_t hash_of(const struct keys *k, uint64_t key)
{
	return (key * 0x9e3779b97f4a7c15u & k->mask) | k->set;
}

static bool equal(const void *self, uint32_t id, const void *key)
{
	return ((const struct keys *)self)->v[id] == *(const uint64_t *)key;
}

static uint64_t rehash(const void *self, uint32_t id)
{
	const struct keys *k = self;
	return hash_of(k, k->v[id]);
}

static uint32_t find(const struct id_table *t, const struct keys *k,
		     uint64_t key)
{
	return id_table_find(t, hash_of(k, key), equal, k, &key);
}

static void free_keys(struct keys **k)
{
	free(*k);
}

static void fill_and_find(uint64_t mask, uint64_t set, uint32_t n)
{
	struct err err = { 0 };
	scoped(id_table_done) struct id_table t = { 0 };
	scoped(free_keys) struct keys *k = calloc(1, sizeof *k);
	assert_non_null(k);
	k->mask = mask;
	k->set = set;
	assert_int_equal(find(&t, k, 7), UINT32_MAX); /* empty, no slots */
	for (uint32_t i = 0; i < n; i++) {
		k->v[i] = (uint64_t)i * 3;
		assert_int_equal(find(&t, k, k->v[i]), UINT32_MAX);
		assert_ok(id_table_add(&t, hash_of(k, k->v[i]), i, rehash, k,
				       &err),
			  &err);
		assert_int_equal(t.n, i + 1);
		/* At most 3/4 full, and never past what there is. */
		assert_true((uint64_t)t.n * 4 <= (uint64_t)t.n_slots * 3);
	}
	for (uint32_t i = 0; i < n; i++) {
		assert_int_equal(find(&t, k, (uint64_t)i * 3), i);
		assert_int_equal(find(&t, k, (uint64_t)i * 3 + 1), UINT32_MAX);
	}
}

TEST(id_table, many_are_found_again)
{
	fill_and_find(UINT64_MAX, 0, MANY);
}

TEST(id_table, all_in_one_slot)
{
	fill_and_find(0, 0, 500);
	fill_and_find(UINT32_MAX, 0, 500); /* told apart by other bits */
}

TEST(id_table, all_at_the_end)
{
	fill_and_find(0, UINT64_MAX, 1);
	fill_and_find(0, UINT64_MAX, 200); /* wraps */
	fill_and_find(UINT32_MAX, ~(uint64_t)UINT32_MAX, 200);
}

TESTS_MAIN(unit(id_table, many_are_found_again),
	   unit(id_table, all_in_one_slot), unit(id_table, all_at_the_end))
