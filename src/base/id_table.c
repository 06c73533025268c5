/* SPDX-License-Identifier: Apache-2.0 */
#include "base/id_table.h"

#include <assert.h>
#include <stdlib.h>

#include "base/checked.h"
#include "base/macros.h"

enum { SLOTS_MIN = 64 };

void id_table_done(struct id_table *t)
{
	free(t->slots);
	*t = (struct id_table){ 0 };
}

/* Where the search for a hash begins. */
static uint32_t first_slot(const struct id_table *t, uint64_t hash)
{
	return (uint32_t)((hash >> 32) * t->n_slots >> 32);
}

static uint32_t next_slot(const struct id_table *t, uint32_t i)
{
	return i + 1 == t->n_slots ? 0 : i + 1;
}

uint32_t id_table_find(const struct id_table *t, uint64_t hash,
		       id_equal_fn *equal, const void *self, const void *key)
{
	uint32_t slot, differs = ~t->id_mask;
	if (!t->slots)
		return UINT32_MAX;
	for (uint32_t i = first_slot(t, hash); (slot = t->slots[i]);
	     i = next_slot(t, i)) {
		if ((slot ^ (uint32_t)hash) & differs)
			continue;
		uint32_t id = (slot & t->id_mask) - 1;
		if (equal(self, id, key))
			return id;
	}
	return UINT32_MAX;
}

static void put(struct id_table *t, uint64_t hash, uint32_t id)
{
	uint32_t i = first_slot(t, hash);
	while (t->slots[i])
		i = next_slot(t, i);
	t->slots[i] = ((uint32_t)hash & ~t->id_mask) | (id + 1);
}

static int grow(struct id_table *t, id_hash_fn *rehash, const void *self,
		struct err *err)
{
	struct id_table wide = { .n = t->n };
	uint64_t want = (uint64_t)t->n_slots + t->n_slots / 2;
	if (!narrow_u32(MAX(want, (uint64_t)SLOTS_MIN), &wide.n_slots))
		return err_nomem(err, want * sizeof *wide.slots);
	wide.id_mask = UINT32_MAX >> __builtin_clz(wide.n_slots);
	wide.slots = calloc(wide.n_slots, sizeof *wide.slots);
	if (!wide.slots)
		return err_nomem(err, wide.n_slots * sizeof *wide.slots);
	for (uint32_t id = 0; id < t->n; id++)
		put(&wide, rehash(self, id), id);
	free(t->slots);
	*t = wide;
	return 0;
}

int id_table_add(struct id_table *t, uint64_t hash, uint32_t id,
		 id_hash_fn *rehash, const void *self, struct err *err)
{
	assert(id == t->n);
	if (t->n >= t->n_slots / 4 * 3 && grow(t, rehash, self, err) < 0)
		return -1;
	put(t, hash, id);
	t->n++;
	return 0;
}
