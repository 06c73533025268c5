/* SPDX-License-Identifier: Apache-2.0 */
/* Hard-link groups of the final tree, each by the first of its names that a
 * walk met. */
#include "tree/groups.h"

#include <stdlib.h>

#include "base/hash_seed.h"
#include "base/vec.h"

void tree_groups_done(struct groups *g)
{
	id_table_done(&g->table);
	free(g->v);
}

/* Two trees have different ids for the same group; the first name that a walk
 * meets is the same in both, so groups are told by it. */
static bool group_is(const void *self, uint32_t id, const void *key)
{
	const struct groups *g = self;
	return g->v[id].inode == *(const uint32_t *)key;
}

static uint64_t rehash_group(const void *self, uint32_t id)
{
	return hash_number(((const struct groups *)self)->v[id].inode);
}

int tree_groups_first(struct groups *g, uint32_t inode, uint32_t node,
		      uint32_t *first, struct err *err)
{
	uint64_t hash = hash_number(inode);
	uint32_t id = id_table_find(&g->table, hash, group_is, g, &inode);
	if (id == UINT32_MAX) {
		if (vec_room((void **)&g->v, g->n, &g->cap, sizeof *g->v, err) <
		    0)
			return -1;
		id = g->n++;
		g->v[id] = (struct group){ inode, node };
		if (id_table_add(&g->table, hash, id, rehash_group, g, err) < 0)
			return -1;
	}
	*first = g->v[id].node;
	return 0;
}
