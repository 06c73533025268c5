/* SPDX-License-Identifier: Apache-2.0 */
/* Extended attributes that hard links add to an inode.
 *
 * Each link entry may add some. To make the union at each of them would cost
 * the square: 16,000 links of one attribute each were 2 GiB. What links add is
 * kept instead, and joined once an inode when all members of the layer are
 * known; nobody asks for the attributes of a non-directory before.
 *
 *	f a user.x=1   h b >a user.y=2   h c >a user.x=3
 *	kept:	a: "user.y=2" "user.x=3"	joined: user.x=3 user.y=2
 *
 * A capability goes with every link that does not repeat it, as after chown(2):
 * so there is one in the end if the last link has it, with its value. */
#include <stdlib.h>

#include "base/checked.h"
#include "base/hash_seed.h"
#include "base/vec.h"
#include "tree/bytes.h"
#include "tree/layering.h"

#define CAPABILITY STR("security.capability")

/* What one link adds. */
struct link_add {
	uint32_t bytes; /* its coded xattrs, in link_xattrs.pool */
	uint32_t older; /* add of the same inode; TREE_NONE */
};

/* An inode whose attributes links change in this layer. */
struct link_set {
	uint32_t inode, newest;
	bool had;	 /* a capability, below this layer's links */
	bool capability; /* as of the last link */
};

struct item {
	struct tar_xattr x;
	uint32_t order; /* 0: of the newest link */
};

void tree_link_xattrs_done(struct link_xattrs *x)
{
	free(x->adds);
	free(x->sets);
	id_table_done(&x->by_inode);
	buf_done(&x->pool);
}

static uint64_t rehash_set(const void *self, uint32_t id)
{
	return hash_number(((const struct link_xattrs *)self)->sets[id].inode);
}

static bool set_is(const void *self, uint32_t id, const void *key)
{
	const struct link_xattrs *x = self;
	return x->sets[id].inode == *(const uint32_t *)key;
}

static bool has_capability(struct str coded)
{
	struct str value;
	return tree_has_xattr(coded, CAPABILITY, &value);
}

static int get_set(struct link_xattrs *x, uint32_t inode, struct str below,
		   struct link_set **out, struct err *err)
{
	uint32_t id = id_table_find(&x->by_inode, hash_number(inode), set_is, x,
				    &inode);
	if (id == UINT32_MAX) {
		if (vec_room((void **)&x->sets, x->n_sets, &x->cap_sets,
			     sizeof *x->sets, err) < 0)
			return -1;
		id = x->n_sets++;
		bool has = has_capability(below);
		x->sets[id] = (struct link_set){ inode, TREE_NONE, has, has };
		if (id_table_add(&x->by_inode, hash_number(inode), id,
				 rehash_set, x, err) < 0)
			return -1;
	}
	*out = &x->sets[id];
	return 0;
}

static int add(struct link_xattrs *x, struct link_set *set, struct str coded,
	       const struct limits *lim, struct err *err)
{
	uint64_t bytes = (uint64_t)x->pool.n + coded.n;
	if (coded.n == 0 ||
	    (set->newest != TREE_NONE &&
	     str_eq(coded,
		    tree_bytes_get(&x->pool, x->adds[set->newest].bytes))))
		return 0;
	/* They are different sets until they are joined. */
	if (bytes > lim->xattrs_max)
		return limits_exceeded(lim, &lim->xattrs_max, bytes, err);
	if (vec_room((void **)&x->adds, x->n_adds, &x->cap_adds,
		     sizeof *x->adds, err) < 0 ||
	    tree_bytes_put(&x->pool, coded, &x->adds[x->n_adds].bytes, err) < 0)
		return -1;
	x->adds[x->n_adds].older = set->newest;
	set->newest = x->n_adds++;
	return 0;
}

/* Most links repeat what their inode has, a label of SELinux or nothing. */
int tree_link_xattrs_add(struct layering *l, uint32_t inode, struct str coded,
			 uint32_t node, struct err *err)
{
	struct link_xattrs *x = &l->link_xattrs;
	struct str below = tree_xattrs(l->t, &l->t->entries[inode].e);
	struct link_set *set;
	if (str_eq(below, coded) &&
	    id_table_find(&x->by_inode, hash_number(inode), set_is, x,
			  &inode) == UINT32_MAX)
		return 0;
	if (get_set(x, inode, below, &set, err) < 0)
		return -1;
	bool had = set->capability;
	set->capability = has_capability(coded);
	if (had && !set->capability &&
	    tree_engine_note(l, ENGINE_LINK_CAPABILITY, node, err) < 0)
		return -1;
	return add(x, set, coded, l->t->lim, err);
}

static int push_items(struct str coded, uint32_t order, struct item **v,
		      uint32_t *n, uint32_t *cap, struct err *err)
{
	struct cur c = cur_of(coded.p, coded.n);
	struct item item = { .order = order };
	while (layer_xattr_next(&c, &item.x.name, &item.x.value)) {
		if (vec_room((void **)v, *n, cap, sizeof **v, err) < 0)
			return -1;
		(*v)[(*n)++] = item;
	}
	return 0;
}

static int by_name_newest_first(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int c = str_cmp(x->x.name, y->x.name);
	return c ? c : (x->order > y->order) - (x->order < y->order);
}

static void free_items(struct item **v)
{
	free(*v);
}

/* All that links add to an inode as one sorted list. */
static int join(const struct link_xattrs *x, const struct link_set *set,
		struct buf *out, struct err *err)
{
	scoped(free_items) struct item *v = NULL;
	uint32_t n = 0, cap = 0, order = 0;
	for (uint32_t i = set->newest; i != TREE_NONE; i = x->adds[i].older)
		if (push_items(tree_bytes_get(&x->pool, x->adds[i].bytes),
			       order++, &v, &n, &cap, err) < 0)
			return -1;
	if (n > 1)
		qsort(v, n, sizeof *v, by_name_newest_first);
	for (uint32_t i = 0; i < n; i++) {
		bool again = i && str_eq(v[i - 1].x.name, v[i].x.name);
		bool went = !set->capability && str_eq(v[i].x.name, CAPABILITY);
		if (!again && !went &&
		    layer_xattr_code(&v[i].x, 1, out, err) < 0)
			return -1;
	}
	return 0;
}

/* One PAX header has to hold them when the inode is written again, so that is
 * the limit. "NN SCHILY.xattr.NAME=VALUE\n" each. */
static int check_size(const struct layering *l, struct str coded,
		      struct err *err)
{
	const struct limits *lim = l->t->lim;
	struct cur c = cur_of(coded.p, coded.n);
	struct str name, value;
	uint64_t n = 0;
	while (layer_xattr_next(&c, &name, &value))
		n += sizeof "1000000 SCHILY.xattr.=" + name.n + value.n;
	return n > lim->pax_max ? limits_exceeded(lim, &lim->pax_max, n, err)
				: 0;
}

static int settle(struct layering *l, const struct link_set *set,
		  struct err *err)
{
	struct tree *t = l->t;
	struct version *v = &t->entries[set->inode];
	struct tree_meta m = t->metas[v->meta];
	scoped(buf_done) struct buf added = BUF_INIT((size_t)1 << 30);
	if (set->newest == TREE_NONE && set->had == set->capability)
		return 0;
	if (join(&l->link_xattrs, set, &added, err) < 0 ||
	    tree_xattrs_merge(l, tree_xattrs(t, &v->e), buf_str(&added), true,
			      err) < 0 ||
	    check_size(l, buf_str(&l->xattrs), err) < 0 ||
	    tree_xattrs_intern(t, buf_str(&l->xattrs), &m.xattrs, err) < 0)
		return -1;
	return tree_meta_intern(t, &m, &v->meta, err);
}

int tree_link_xattrs_settle(struct layering *l, struct err *err)
{
	struct link_xattrs *x = &l->link_xattrs;
	for (uint32_t i = 0; i < x->n_sets; i++) {
		scoped(buf_done) struct buf path = BUF_INIT(1 << 20);
		uint32_t node = l->t->entries[x->sets[i].inode].e.node;
		if (settle(l, &x->sets[i], err) == 0)
			continue;
		struct err whose = { 0 };
		if (node == TREE_NONE ||
		    tree_path(l->t, node, &path, &whose) < 0)
			return -1;
		return err_ctx(err, "extended attributes of \"%s\"",
			       str_quoted(buf_str(&path)).text);
	}
	return 0;
}
