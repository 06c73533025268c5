/* SPDX-License-Identifier: Apache-2.0 */
/* Rarely needed inode data, kept in side tables: odd times, several names.
 *
 * A tree has one struct version a tar member, millions in a large image, and
 * two fields of it are wide in rare cases only. A builder that normalizes times
 * writes whole seconds after 1970, which fit into 32 bits; an inode with one
 * name has the fate of that name. Both are therefore kept in the entry, and
 * only what does not fit has a record of its own, told by a flag. */
#include "tree/layering.h"

#include "base/hash_seed.h"
#include "base/vec.h"

struct instant tree_mtime(const struct tree *t, const struct tree_entry *inode)
{
	if (!(inode->flags & ENTRY_ODD_TIME))
		return (struct instant){ version_of(inode)->mtime, 0 };
	const struct tree_time *odd = &t->times[version_of(inode)->mtime];
	return (struct instant){
		(int64_t)odd->s_high * (INT64_C(1) << 32) + odd->s_low,
		odd->ns,
	};
}

int tree_entry_set_mtime(struct tree *t, struct version *v,
			 struct instant mtime, struct err *err)
{
	v->e.flags &= (uint16_t)~ENTRY_ODD_TIME;
	if (mtime.ns == 0 && mtime.s >= 0 && mtime.s <= UINT32_MAX) {
		v->mtime = (uint32_t)mtime.s;
		return 0;
	}
	if (vec_room((void **)&t->times, t->n_times, &t->cap_times,
		     sizeof *t->times, err) < 0)
		return -1;
	v->e.flags |= ENTRY_ODD_TIME;
	v->mtime = t->n_times;
	t->times[t->n_times++] = (struct tree_time){
		.s_low = (uint32_t)mtime.s,
		.s_high = (int32_t)(mtime.s >> 32),
		.ns = mtime.ns,
	};
	return 0;
}

static uint64_t rehash_shared(const void *self, uint32_t id)
{
	return hash_number(((const struct tree *)self)->shared[id].inode);
}

static bool shared_is(const void *self, uint32_t id, const void *key)
{
	const struct tree *t = self;
	return t->shared[id].inode == *(const uint32_t *)key;
}

struct tree_fate *tree_shared_fate(const struct tree *t,
				   const struct tree_entry *inode)
{
	uint32_t key = entry_id(t, inode);
	uint32_t id = id_table_find(&t->by_inode, hash_number(key), shared_is,
				    t, &key);
	return &t->shared[id].fate;
}

/* What AUFS left below .wh..wh.plnk is a marker: an inode that has no name
 * until a hard link shows it, so it must not count as its own name. */
struct tree_fate tree_fate(const struct tree *t, const struct tree_entry *inode)
{
	if (inode->flags & ENTRY_SHARED)
		return *tree_shared_fate(t, inode);
	return (struct tree_fate){
		.n_names = !(inode->flags & ENTRY_MARKER) &&
			   inode->died == TREE_ALIVE,
		.lost = inode->died,
		.loss = inode->name_loss,
	};
}

/* The record starts with the fate that the inode has by then: a name that is
 * gone already stays counted as gone. */
int tree_inode_add_link(struct tree *t, uint32_t inode, struct err *err)
{
	struct tree_entry *ino = &t->entries[inode].e;
	if (!(ino->flags & ENTRY_SHARED)) {
		if (vec_room((void **)&t->shared, t->n_shared, &t->cap_shared,
			     sizeof *t->shared, err) < 0)
			return -1;
		uint32_t id = t->n_shared++;
		t->shared[id] =
			(struct tree_shared){ inode, tree_fate(t, ino) };
		if (id_table_add(&t->by_inode, hash_number(inode), id,
				 rehash_shared, t, err) < 0)
			return -1;
		ino->flags |= ENTRY_SHARED;
	}
	tree_shared_fate(t, ino)->n_names++;
	return 0;
}
