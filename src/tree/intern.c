/* SPDX-License-Identifier: Apache-2.0 */
#include "tree/intern.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/checked.h"
#include "base/hash_seed.h"
#include "base/vec.h"
#include "tree/bytes.h"

/* Images repeat themselves: a hundred thousand files have a few dozen owners
 * and modes, and many have equal contents. Each is kept once and named by an
 * id; tables of ids (base/id_table.h) find it. All of them hash from the seed of
 * the process (base/hash_seed.h), digests included: to make 80,000 files whose
 * SHA-256 share their first 20 bits takes minutes. Keys are compared in full, so
 * equal hashes cost time and never give a wrong answer. */
struct name_key {
	uint32_t parent;
	struct str name;
};

/* With the parent in the seed: "index.js" a thousand times is a thousand
 * hashes. */
static uint64_t hash_name(uint32_t parent, struct str name)
{
	return XXH3_64bits_withSeed(name.p, name.n, hash_seed + parent);
}

static uint64_t hash_bytes(const void *p, size_t n)
{
	return XXH3_64bits_withSeed(p, n, hash_seed);
}

static uint64_t hash_digest(const uint8_t *sha256)
{
	uint64_t start;
	memcpy(&start, sha256, sizeof start);
	return hash_number(start);
}

static uint64_t rehash_node(const void *self, uint32_t id)
{
	const struct tree *t = self;
	return hash_name(t->nodes[id].parent, node_name(t, id));
}

static bool node_is(const void *self, uint32_t id, const void *key)
{
	const struct tree *t = self;
	const struct name_key *k = key;
	return t->nodes[id].parent == k->parent &&
	       str_eq(node_name(t, id), k->name);
}

uint32_t tree_node_find(const struct tree *t, uint32_t parent, struct str name)
{
	struct name_key key = { parent, name };
	return id_table_find(&t->by_name, hash_name(parent, name), node_is, t,
			     &key);
}

/* Nodes are never freed, so an id is a path for as long as the tree lives, and
 * a parent's id is lower than those of its children: whole-tree passes need no
 * recursion. */
int tree_node_get(struct tree *t, uint32_t parent, struct str name,
		  uint32_t *out, struct err *err)
{
	uint32_t id = tree_node_find(t, parent, name), at;
	if (id != UINT32_MAX) {
		*out = id;
		return 0;
	}
	/* NAME_MAX of Linux: no engine could unpack a longer one. The length
	 * stands in one byte in front of the name. */
	if (name.n > UINT8_MAX)
		return err_set(err, ERR_LIMIT,
			       "a name of %zu bytes, at most 255 can be kept",
			       name.n);
	if (vec_room((void **)&t->nodes, t->n_nodes, &t->cap_nodes,
		     sizeof *t->nodes, err) < 0)
		return -1;
	if (!narrow_u32(t->names.n, &at))
		return err_set(err, ERR_LIMIT, "over 4 GiB of names");
	if (buf_byte(&t->names, (char)name.n, err) < 0 ||
	    buf_str_add(&t->names, name, err) < 0)
		return -1;
	id = t->n_nodes;
	t->nodes[id] = (struct tree_node){
		.parent = parent,
		.child = TREE_NONE,
		.next = NODE_APART,
		.name = at,
		.top = TREE_NONE,
	};
	t->n_nodes++;
	*out = id;
	return id_table_add(&t->by_name, hash_name(parent, name), id,
			    rehash_node, t, err);
}

/* Four fields of 32 bits, so no padding byte is hashed or compared. */
static uint64_t hash_meta(const struct tree_meta *m)
{
	return hash_bytes(m, sizeof *m);
}

static uint64_t rehash_meta(const void *self, uint32_t id)
{
	const struct tree *t = self;
	return hash_meta(&t->metas[id]);
}

static bool meta_is(const void *self, uint32_t id, const void *key)
{
	const struct tree *t = self;
	return memcmp(&t->metas[id], key, sizeof(struct tree_meta)) == 0;
}

int tree_meta_intern(struct tree *t, const struct tree_meta *m, uint32_t *out,
		     struct err *err)
{
	uint64_t hash = hash_meta(m);
	uint32_t id = id_table_find(&t->by_meta, hash, meta_is, t, m);
	if (id == UINT32_MAX) {
		if (vec_room((void **)&t->metas, t->n_metas, &t->cap_metas,
			     sizeof *t->metas, err) < 0)
			return -1;
		id = t->n_metas;
		t->metas[t->n_metas++] = *m;
		if (id_table_add(&t->by_meta, hash, id, rehash_meta, t, err) <
		    0)
			return -1;
	}
	*out = id;
	return 0;
}

static uint64_t rehash_content(const void *self, uint32_t id)
{
	return hash_digest(((const struct tree *)self)->contents[id].sha256);
}

/* All 32 bytes: two contents whose digests share the 64 bits of the hash can be
 * made on purpose, and one must not pass for the other. */
static bool content_is(const void *self, uint32_t id, const void *key)
{
	const struct tree *t = self;
	return memcmp(t->contents[id].sha256, key, 32) == 0;
}

bool tree_has_content(const struct tree *t, const uint8_t *sha256)
{
	return id_table_find(&t->by_content, hash_digest(sha256), content_is, t,
			     sha256) != UINT32_MAX;
}

/* Sizes from 4 GiB on are rare and stand apart, by rising id, so that a binary
 * search finds them. */
static int content_new(struct tree *t, const uint8_t *sha256, uint64_t size,
		       struct err *err)
{
	if (vec_room((void **)&t->contents, t->n_contents, &t->cap_contents,
		     sizeof *t->contents, err) < 0)
		return -1;
	struct tree_content *c = &t->contents[t->n_contents];
	memcpy(c->sha256, sha256, sizeof c->sha256);
	c->size = (uint32_t)MIN(size, (uint64_t)TREE_LARGE);
	if (c->size == TREE_LARGE) {
		if (vec_room((void **)&t->large, t->n_large, &t->cap_large,
			     sizeof *t->large, err) < 0)
			return -1;
		t->large[t->n_large++] =
			(struct tree_odd){ t->n_contents, size };
	}
	t->n_contents++;
	return 0;
}

int tree_content_intern(struct tree *t, const uint8_t *sha256, uint64_t size,
			uint32_t *out, struct err *err)
{
	uint64_t hash = hash_digest(sha256);
	uint32_t id =
		id_table_find(&t->by_content, hash, content_is, t, sha256);
	if (id == UINT32_MAX) {
		id = t->n_contents;
		if (content_new(t, sha256, size, err) < 0 ||
		    id_table_add(&t->by_content, hash, id, rehash_content, t,
				 err) < 0)
			return -1;
	}
	*out = id;
	return 0;
}

static struct str xattr_set(const struct tree *t, uint32_t id)
{
	return tree_bytes_get(&t->xattrs, t->xattr_sets[id]);
}

static uint64_t rehash_xattrs(const void *self, uint32_t id)
{
	struct str s = xattr_set(self, id);
	return hash_bytes(s.p, s.n);
}

static bool xattrs_are(const void *self, uint32_t id, const void *key)
{
	return str_eq(xattr_set(self, id), *(const struct str *)key);
}

int tree_xattrs_intern(struct tree *t, struct str coded, uint32_t *out,
		       struct err *err)
{
	uint64_t hash = hash_bytes(coded.p, coded.n);
	uint32_t id;
	*out = 0;
	if (coded.n == 0)
		return 0;
	id = id_table_find(&t->by_xattrs, hash, xattrs_are, t, &coded);
	if (id == UINT32_MAX) {
		const struct limits *lim = t->lim;
		uint64_t bytes = (uint64_t)t->xattrs.n + coded.n;
		if (bytes > lim->xattrs_max)
			return limits_exceeded(lim, &lim->xattrs_max, bytes,
					       err);
		if (vec_room((void **)&t->xattr_sets, t->n_xattr_sets,
			     &t->cap_xattr_sets, sizeof *t->xattr_sets,
			     err) < 0)
			return -1;
		id = t->n_xattr_sets;
		if (tree_bytes_put(&t->xattrs, coded, &t->xattr_sets[id], err) <
		    0)
			return -1;
		t->n_xattr_sets++;
		if (id_table_add(&t->by_xattrs, hash, id, rehash_xattrs, t,
				 err) < 0)
			return -1;
	}
	/* 0 is "no attributes", which nearly every inode has. */
	*out = id + 1;
	return 0;
}

/* Finds the node of a name as it is spelled, symlinks not followed. The node
 * may be one that only a whiteout or a dead version named. */
uint32_t tree_find(const struct tree *t, struct str path)
{
	uint32_t at = TREE_ROOT;
	struct str part;
	while (path.n && at != TREE_NONE) {
		if (!str_cut(path, '/', &part, &path)) {
			part = path;
			path.n = 0;
		}
		at = tree_node_find(t, at, part);
	}
	return at;
}
