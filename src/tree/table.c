/* SPDX-License-Identifier: Apache-2.0 */
#include "tree/table.h"

#include <stdlib.h>

#include "base/checked.h"

void id_table_done(struct id_table *t)
{
	free(t->slots);
	*t = (struct id_table){ 0 };
}

uint32_t id_table_find(const struct id_table *t, uint64_t hash,
		       id_equal_fn *equal, const void *self, const void *key)
{
	if (!t->slots)
		return UINT32_MAX;
	for (uint32_t i = (uint32_t)hash & t->mask; t->slots[i];
	     i = (i + 1) & t->mask)
		if (equal(self, t->slots[i] - 1, key))
			return t->slots[i] - 1;
	return UINT32_MAX;
}

static void put(struct id_table *t, uint64_t hash, uint32_t id)
{
	uint32_t i = (uint32_t)hash & t->mask;
	while (t->slots[i])
		i = (i + 1) & t->mask;
	t->slots[i] = id + 1;
}

static int grow(struct id_table *t, id_hash_fn *rehash, const void *self,
		struct err *err)
{
	struct id_table wide = { .mask = t->slots ? t->mask * 2 + 1 : 63,
				 .n = t->n };
	wide.slots = calloc((size_t)wide.mask + 1, sizeof *wide.slots);
	if (!wide.slots)
		return err_nomem(err, ((size_t)wide.mask + 1) * 4);
	for (uint32_t i = 0; t->slots && i <= t->mask; i++)
		if (t->slots[i])
			put(&wide, rehash(self, t->slots[i] - 1),
			    t->slots[i] - 1);
	free(t->slots);
	*t = wide;
	return 0;
}

int id_table_add(struct id_table *t, uint64_t hash, uint32_t id,
		 id_hash_fn *rehash, const void *self, struct err *err)
{
	uint64_t room = t->slots ? ((uint64_t)t->mask + 1) / 4 * 3 : 0;
	if (t->n >= room && grow(t, rehash, self, err) < 0)
		return -1;
	put(t, hash, id);
	t->n++;
	return 0;
}

int vec_room(void **v, uint32_t n, uint32_t *cap, size_t size, struct err *err)
{
	if (n < *cap)
		return 0;
	uint64_t want = (uint64_t)*cap + *cap / 2 + 16;
	uint32_t grown;
	size_t bytes;
	if (!narrow_u32(want, &grown) || ckd_mul(&bytes, (size_t)want, size))
		return err_nomem(err, want * size);
	void *p = realloc(*v, bytes);
	if (!p)
		return err_nomem(err, bytes);
	*v = p;
	*cap = grown;
	return 0;
}
