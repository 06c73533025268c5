/* SPDX-License-Identifier: Apache-2.0 */
/* The canonical listing of docs/tree-digest.md, and its SHA-256. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/cursor.h"
#include "tree/groups.h"

struct listing {
	const struct tree *t;
	struct groups groups;
	struct buf record;
	struct hasher hash;
};

static void listing_done(struct listing *l)
{
	groups_done(&l->groups);
	buf_done(&l->record);
	hasher_done(&l->hash);
}

static int put_xattrs(struct listing *l, const struct tree_meta *m,
		      struct err *err)
{
	struct str coded = tree_xattrs(l->t, m), name, value;
	struct buf *b = &l->record;
	unsigned n = 0;
	struct cur c = cur_of(coded.p, coded.n);
	while (xattr_next(&c, &name, &value))
		n++;
	if (buf_addf(b, err, "%u", n) < 0 || buf_byte(b, 0, err) < 0)
		return -1;
	c = cur_of(coded.p, coded.n);
	while (xattr_next(&c, &name, &value))
		if (buf_str_add(b, name, err) < 0 || buf_byte(b, 0, err) < 0 ||
		    buf_addf(b, err, "%zu", value.n) < 0 ||
		    buf_byte(b, 0, err) < 0 || buf_str_add(b, value, err) < 0 ||
		    buf_byte(b, 0, err) < 0)
			return -1;
	return 0;
}

static int put_file(struct listing *l, const struct tree_entry *ino,
		    struct err *err)
{
	/* SHA-256 of nothing. */
	struct digest d = { .alg = DIGEST_SHA256,
			    .bytes = { 0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c,
				       0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f,
				       0xb9, 0x24, 0x27, 0xae, 0x41, 0xe4, 0x64,
				       0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b,
				       0x78, 0x52, 0xb8, 0x55 } };
	if (ino->ref != TREE_NONE)
		memcpy(d.bytes, l->t->contents[ino->ref].sha256, 32);
	struct buf *b = &l->record;
	if (buf_addf(b, err, "%" PRIu64, tree_size(l->t, ino)) < 0 ||
	    buf_byte(b, 0, err) < 0 ||
	    buf_addf(b, err, "%s", digest_hex(&d).text) < 0)
		return -1;
	return buf_byte(b, 0, err);
}

static int put_tail(struct listing *l, const struct tree_entry *ino,
		    struct err *err)
{
	struct buf *b = &l->record;
	const struct tree_device *dev;
	switch (ino->type) {
	case TAR_FILE:
		return put_file(l, ino, err);
	case TAR_SYMLINK:
		if (buf_str_add(b, tree_target(l->t, ino), err) < 0)
			return -1;
		return buf_byte(b, 0, err);
	case TAR_CHAR:
	case TAR_BLOCK:
		dev = &l->t->devices[ino->ref];
		if (buf_addf(b, err, "%u", dev->major) < 0 ||
		    buf_byte(b, 0, err) < 0 ||
		    buf_addf(b, err, "%u", dev->minor) < 0)
			return -1;
		return buf_byte(b, 0, err);
	default:
		return 0;
	}
}

static int put_group(struct listing *l, const struct tree_entry *ino,
		     uint32_t node, struct err *err)
{
	uint32_t first;
	if (tree_fate(l->t, ino).n_names > 1) {
		if (groups_first(&l->groups, (uint32_t)(ino - l->t->entries),
				 node, &first, err) < 0 ||
		    tree_path(l->t, first, &l->record, err) < 0)
			return -1;
	}
	return buf_byte(&l->record, 0, err);
}

static const char type_letter[] = {
	[TAR_FILE] = 'f',  [TAR_SYMLINK] = 'l', [TAR_CHAR] = 'c',
	[TAR_BLOCK] = 'b', [TAR_DIR] = 'd',	[TAR_FIFO] = 'p',
};

static int put_record(struct listing *l, uint32_t node, struct err *err)
{
	const struct tree *t = l->t;
	const struct tree_entry *ino = tree_inode(t, tree_top(t, node));
	const struct tree_meta *m = &t->metas[ino->meta];
	char fixed[96];
	buf_reset(&l->record);
	if (tree_path(t, node, &l->record, err) < 0 ||
	    buf_byte(&l->record, 0, err) < 0)
		return -1;
	int n = snprintf(fixed, sizeof fixed, "%c%c%04o%c%u%c%u%c%" PRId64 "%c",
			 type_letter[ino->type], 0, m->mode, 0, m->uid, 0,
			 m->gid, 0, tree_mtime_ns(t, ino), 0);
	if (buf_add(&l->record, fixed, (size_t)n, err) < 0 ||
	    put_group(l, ino, node, err) < 0 || put_xattrs(l, m, err) < 0 ||
	    put_tail(l, ino, err) < 0 || buf_byte(&l->record, '\n', err) < 0)
		return -1;
	return hasher_add(&l->hash, l->record.p, l->record.n, err);
}

int tree_digest(const struct tree *t, struct digest *out, struct err *err)
{
	scoped(listing_done) struct listing l = {
		.t = t,
		.record = BUF_INIT((size_t)1 << 32),
		.hash = HASHER_INIT,
	};
	scoped(tree_walk_done) struct tree_walk w;
	uint32_t node;
	int r;
	tree_walk_begin(&w, t);
	if (hasher_start(&l.hash, DIGEST_SHA256, err) < 0 ||
	    hasher_add(&l.hash, "pare-tree 1\n", 12, err) < 0)
		return -1;
	while ((r = tree_walk_next(&w, &node, err)) > 0)
		if (put_record(&l, node, err) < 0)
			return -1;
	if (r < 0)
		return -1;
	return hasher_end(&l.hash, DIGEST_SHA256, out, err);
}
