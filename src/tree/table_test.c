/* SPDX-License-Identifier: Apache-2.0 */
#include "tree/table.h"

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

TEST(table, many_are_found_again)
{
	fill_and_find(UINT64_MAX, 0, MANY);
}

TEST(table, all_in_one_slot)
{
	fill_and_find(0, 0, 500);
	fill_and_find(UINT32_MAX, 0, 500); /* told apart by other bits */
}

TEST(table, all_at_the_end)
{
	fill_and_find(0, UINT64_MAX, 1);
	fill_and_find(0, UINT64_MAX, 200); /* wraps */
	fill_and_find(UINT32_MAX, ~(uint64_t)UINT32_MAX, 200);
}

static void free_v(void **v)
{
	free(*v);
}

TEST(table, a_vector_grows_and_keeps)
{
	struct err err = { 0 };
	scoped(free_v) void *p = NULL;
	uint32_t cap = 0;
	for (uint32_t i = 0; i < 1000; i++) {
		assert_ok(vec_room(&p, i, &cap, sizeof(uint32_t), &err), &err);
		assert_true(cap > i);
		((uint32_t *)p)[i] = i;
	}
	for (uint32_t i = 0; i < 1000; i++)
		assert_int_equal(((uint32_t *)p)[i], i);
}

TEST(table, a_vector_too_large_is_no_memory)
{
	struct err err = { 0 };
	void *p = NULL;
	uint32_t cap = UINT32_MAX - 1;
	assert_int_equal(vec_room(&p, cap, &cap, 8, &err), -1);
	assert_int_equal(err.code, ERR_NOMEM);
	assert_int_equal(cap, UINT32_MAX - 1);
	assert_null(p);
}

TESTS_MAIN(unit(table, many_are_found_again), unit(table, all_in_one_slot),
	   unit(table, all_at_the_end), unit(table, a_vector_grows_and_keeps),
	   unit(table, a_vector_too_large_is_no_memory))
