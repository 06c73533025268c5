/* SPDX-License-Identifier: Apache-2.0 */
/* A range's items in the order in which they are written, as a layer index:
 * parents first, in a directory its markers first, then byte order; or what
 * order.h makes of that.
 *
 * Markers come first as image-spec, layer.md, "Whiteouts", asks: an engine that
 * unpacks in order could take away a sibling that stood before them. The order
 * is that of sort keys, which hold each component of a path behind a zero byte
 * and a marker's behind two:
 *
 *	a			0 a
 *	a/.wh..wh..opq		0 a 0 0
 *	a/.wh.x			0 a 0 0 x
 *	a/b			0 a 0 b
 *	a-c			0 a - c
 *
 * so a directory stands before all that is in it, its markers before its names,
 * and "a-c" behind "a/b", although '-' is less than '/'. */
#include <stdlib.h>

#include "base/checked.h"
#include "shrink/order.h"
#include "layer/record.h"

/* An item and what it is sorted by. */
struct sorted {
	struct str key;
	const struct item *item;
};

static int compare_keys(const void *a, const void *b)
{
	return str_cmp(((const struct sorted *)a)->key,
		       ((const struct sorted *)b)->key);
}

/* The directory of a whiteout, and the name that it hides. */
static uint32_t hidden_name(const struct ranges *r, const struct item *item,
			    struct str *name)
{
	if (item->what == ITEM_GONE) {
		*name = r->gone[item->entry];
		return item->node;
	}
	*name = tree_name(r->t, item->node);
	return tree_parent(r->t, item->node);
}

static int add_key(const struct ranges *r, const struct item *item,
		   struct buf *keys, struct str *out, struct err *err)
{
	const struct tree *t = r->t;
	size_t at = keys->n;
	bool whiteout = item->what == ITEM_WHITEOUT || item->what == ITEM_GONE;
	struct str name;
	uint32_t dir = whiteout ? hidden_name(r, item, &name) : item->node;
	if (dir != TREE_ROOT) {
		if (buf_byte(keys, 0, err) < 0 ||
		    tree_path(t, dir, keys, err) < 0)
			return -1;
		for (size_t i = at; i < keys->n; i++)
			if (keys->p[i] == '/')
				keys->p[i] = 0;
	}
	if (item->what == ITEM_OPAQUE && buf_add(keys, "\0", 2, err) < 0)
		return -1;
	if (whiteout && (buf_add(keys, "\0", 2, err) < 0 ||
			 buf_str_add(keys, name, err) < 0))
		return -1;
	/* The buffer may move: offsets first, pointers when it is whole. */
	*out = (struct str){ NULL, keys->n - at };
	return 0;
}

static void free_sorted(struct sorted **v)
{
	free(*v);
}

/* All keys stand in one buffer: an allocation for each of a million names would
 * cost more than the sort. It holds at most a path (RECORD_PATH_MAX) for each
 * entry, so the ceiling is not for hostile input; limits on entries and paths
 * are. */
static int sort_items(const struct ranges *r, const struct item_list *list,
		      const struct item **out, struct err *err)
{
	scoped(buf_done) struct buf keys = BUF_INIT((size_t)1 << 40);
	scoped(free_sorted) struct sorted *sorted =
		calloc((size_t)list->n + 1, sizeof *sorted);
	if (!sorted)
		return err_nomem(err, list->n * sizeof *sorted);
	for (uint32_t i = 0; i < list->n; i++) {
		sorted[i].item = &list->v[i];
		if (add_key(r, &list->v[i], &keys, &sorted[i].key, err) < 0)
			return -1;
	}
	const char *p = keys.n ? keys.p : ""; /* only the root */
	for (uint32_t i = 0; i < list->n; i++) {
		sorted[i].key.p = p;
		p += sorted[i].key.n;
	}
	qsort(sorted, list->n, sizeof *sorted, compare_keys);
	for (uint32_t i = 0; i < list->n; i++)
		out[i] = sorted[i].item;
	return 0;
}

/* One layer index on its way. A record tells where its member lies in a tar
 * that does not exist yet: headers of 512 bytes and padded contents, without
 * the extended headers that tar/writer.h may add. */
struct coder {
	const struct ranges *r;
	const struct tree *t;
	struct shrink_draft *out;
	struct record_state state;
	struct buf path, target;
	uint32_t
		*first; /* inode's entry -> node of its first name, coded + 1 */
	uint64_t at;
};

static void coder_done(struct coder *c)
{
	layer_record_state_done(&c->state);
	buf_done(&c->path);
	buf_done(&c->target);
	free(c->first);
}

/* What the inode of an entry says. Its link entries may have changed the
 * metadata; the tree keeps the last, as engines do (ARCHITECTURE, section 6).
 */
static void set_inode(struct coder *c, const struct tree_entry *ino,
		      struct index_record *r)
{
	const struct tree *t = c->t;
	const struct tree_meta *m = tree_meta(t, ino);
	r->type = (enum tar_type)ino->type;
	r->mode = m->mode;
	r->uid = m->uid;
	r->gid = m->gid;
	r->mtime = tree_mtime(t, ino);
	r->xattrs = tree_xattrs(t, ino);
	switch (r->type) {
	case TAR_FILE:
		r->is_sparse = tree_is_sparse(ino);
		r->size = tree_size(t, ino);
		r->payload = tree_payload(t, ino);
		if (r->size)
			r->sha256 = tree_content(t, ino);
		break;
	case TAR_SYMLINK:
		r->target = tree_target(t, ino);
		break;
	case TAR_CHAR:
	case TAR_BLOCK:
		r->devmajor = tree_device(t, ino).major;
		r->devminor = tree_device(t, ino).minor;
		break;
	default:
		break;
	}
}

/* The first name of a group carries the inode, the others link to it and
 * repeat its metadata. */
static int set_name(struct coder *c, const struct item *item,
		    struct index_record *r, uint32_t *inode, struct err *err)
{
	const struct tree *t = c->t;
	const struct tree_entry *ino = tree_entry(t, item->entry);
	set_inode(c, ino, r);
	uint32_t *first = &c->first[item->entry];
	if (tree_fate(t, ino).n_names > 1 && *first) {
		buf_reset(&c->target);
		if (tree_path(t, *first - 1, &c->target, err) < 0)
			return -1;
		r->type = TAR_HARDLINK;
		r->target = buf_str(&c->target);
		r->is_sparse = false;
		r->size = r->payload = 0;
		return 0;
	}
	*first = item->node + 1;
	if (r->type == TAR_FILE && r->size)
		*inode = item->entry;
	return 0;
}

static int set_marker(struct coder *c, const struct item *item,
		      struct index_record *r, struct err *err)
{
	const struct tree *t = c->t;
	struct str name = STR(".wh..opq");
	uint32_t dir = item->node;
	if (item->what != ITEM_OPAQUE)
		dir = hidden_name(c->r, item, &name);
	if (tree_path(t, dir, &c->path, err) < 0 ||
	    (c->path.n && buf_byte(&c->path, '/', err) < 0) ||
	    buf_str_add(&c->path, STR(".wh."), err) < 0 ||
	    buf_str_add(&c->path, name, err) < 0)
		return -1;
	r->type = TAR_FILE;
	return 0;
}

/* Each record is what the writer will put into a header: from here on nobody
 * asks the tree what a layer holds. */
static int code_item(struct coder *c, const struct item *item, struct err *err)
{
	const struct tree *t = c->t;
	struct index_record r = { 0 };
	uint32_t inode = TREE_NONE;
	buf_reset(&c->path);
	switch (item->what) {
	case ITEM_DIR:
		set_inode(c, tree_entry(t, item->entry), &r);
		break;
	case ITEM_NAME:
		if (set_name(c, item, &r, &inode, err) < 0)
			return -1;
		break;
	case ITEM_WHITEOUT:
	case ITEM_GONE:
	case ITEM_OPAQUE:
		if (set_marker(c, item, &r, err) < 0)
			return -1;
		break;
	}
	if (item->what <= ITEM_NAME &&
	    tree_path(t, item->node, &c->path, err) < 0)
		return -1;
	/* A tar pads each content to blocks of 512 bytes (POSIX pax, "ustar
	 * Interchange Format"). A sparse file may claim a size near 2^64. */
	uint64_t padded;
	r.path = buf_str(&c->path);
	r.offset = c->at;
	if (!round_up_u64(r.payload, 512, &padded) ||
	    ckd_add(&padded, padded, 512u) || ckd_add(&r.end, c->at, padded))
		return err_set(err, ERR_LIMIT, "a layer of over 2^64 bytes");
	c->at = r.end;
	c->out->inodes[c->out->index.n_records] = inode;
	return layer_index_add(&c->out->index, &c->state, &r, err);
}

static void free_items(const struct item ***v)
{
	free(*v);
}

int shrink_index_items(const struct ranges *r, uint32_t range,
		       struct item_list *list, struct err *err)
{
	struct shrink_draft *out = &r->v[range].draft;
	scoped(free_items) const struct item **order =
		calloc((size_t)list->n + 1, sizeof *order);
	scoped(coder_done) struct coder c = {
		.r = r,
		.t = r->t,
		.out = out,
		.state = RECORD_STATE_INIT,
		.path = BUF_INIT(RECORD_PATH_MAX),
		.target = BUF_INIT(RECORD_PATH_MAX),
	};
	shrink_draft_done(out);
	r->v[range].fate = list->n ? LAYER_REWRITTEN : LAYER_VANISHED;
	if (list->n == 0)
		return 0;
	out->inodes = calloc((size_t)list->n + 1, sizeof *out->inodes);
	c.first = calloc(tree_n_entries(r->t), sizeof *c.first);
	if (!order || !out->inodes || !c.first)
		return err_nomem(err, list->n * sizeof *order);
	if (sort_items(r, list, order, err) < 0 ||
	    (r->order == ORDER_KIND &&
	     shrink_order_by_kind(r->t, order, list->n, err) < 0))
		return -1;
	for (uint32_t i = 0; i < list->n; i++)
		if (code_item(&c, order[i], err) < 0)
			return -1;
	out->index.tar_size = c.at + 1024; /* two blocks end a tar */
	return 0;
}
