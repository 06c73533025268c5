/* SPDX-License-Identifier: Apache-2.0 */
#include "tree/internal.h"

#include "tree/bytes.h"

/* Binary search; id must be present.
 *
 * Sizes were appended as their ids were given, so they are sorted. */
static uint64_t odd_size(const struct tree_odd *v, uint32_t n, uint32_t id)
{
	uint32_t lo = 0, hi = n;
	while (hi - lo > 1) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (v[mid].id <= id)
			lo = mid;
		else
			hi = mid;
	}
	return v[lo].size;
}

uint64_t tree_size(const struct tree *t, const struct tree_entry *inode)
{
	if (inode->type != TAR_FILE || version_of(inode)->ref == TREE_NONE)
		return 0;
	uint32_t size = t->contents[version_of(inode)->ref].size;
	return size < TREE_LARGE
		       ? size
		       : odd_size(t->large, t->n_large, version_of(inode)->ref);
}

uint64_t tree_payload(const struct tree *t, const struct tree_entry *inode)
{
	if (!(inode->flags & ENTRY_SPARSE))
		return tree_size(t, inode);
	return odd_size(t->odd, t->n_odd, entry_id(t, inode));
}

uint64_t tree_cost(const struct tree *t, const struct tree_entry *e)
{
	uint32_t id = entry_id(t, e);
	return id < t->cap_costs && t->layers[e->born].compressed ? t->costs[id]
								  : 0;
}

struct str tree_target(const struct tree *t, const struct tree_entry *inode)
{
	return tree_bytes_get(&t->targets, version_of(inode)->ref);
}

struct str tree_meta_xattrs(const struct tree *t, const struct tree_meta *m)
{
	if (m->xattrs == 0)
		return (struct str){ 0 };
	return tree_bytes_get(&t->xattrs, t->xattr_sets[m->xattrs - 1]);
}

struct str tree_xattrs(const struct tree *t, const struct tree_entry *inode)
{
	return tree_meta_xattrs(t, &t->metas[version_of(inode)->meta]);
}

/* Twice up the parents: first for the length, then for the bytes, from the end.
 */
int tree_path(const struct tree *t, uint32_t node, struct buf *out,
	      struct err *err)
{
	size_t n = 0;
	char *to;
	for (uint32_t at = node; at != TREE_ROOT; at = t->nodes[at].parent)
		n += node_name(t, at).n + 1;
	if (n == 0)
		return 0;
	n--;
	if (buf_room(out, n, &to, err) < 0)
		return -1;
	out->n += n;
	for (uint32_t at = node; at != TREE_ROOT; at = t->nodes[at].parent) {
		struct str name = node_name(t, at);
		n -= name.n;
		memcpy(to + n, name.p, name.n);
		if (n)
			to[--n] = '/';
	}
	return 0;
}
