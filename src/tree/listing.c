/* SPDX-License-Identifier: Apache-2.0 */
/* The canonical listing of docs/tree-digest.md, and its SHA-256. */
#include <stdlib.h>

#include "base/cursor.h"
#include "tree/groups.h"

struct listing {
	const struct tree *t;
	struct groups groups;
	struct buf record;
	struct hasher hash;
	struct buf xattrs; /* the fields of the last set */
	uint32_t set;	   /* which; 0: none yet */
	uint64_t xattr_bytes;
};

static void listing_done(struct listing *l)
{
	tree_groups_done(&l->groups);
	buf_done(&l->record);
	buf_done(&l->xattrs);
	hasher_done(&l->hash);
}

/* A field of digits. A listing has some for every entry: printf takes longer
 * than the hash does. */
static int put_number(struct buf *b, uint64_t v, struct err *err)
{
	char text[24];
	size_t at = sizeof text;
	text[--at] = 0;
	do
		text[--at] = (char)('0' + v % 10);
	while (v /= 10);
	return buf_add(b, text + at, sizeof text - at, err);
}

static int put_time(struct buf *b, struct instant t, struct err *err)
{
	struct instant_text ns = instant_in_ns(t);
	return buf_add(b, ns.text, strlen(ns.text) + 1, err);
}

/* Twelve bits, four octal digits. */
static int put_mode(struct buf *b, uint32_t mode, struct err *err)
{
	char text[5] = { 0 };
	for (int i = 0; i < 4; i++)
		text[i] = (char)('0' + (mode >> (9 - 3 * i) & 7));
	return buf_add(b, text, sizeof text, err);
}

static int make_xattrs(struct listing *l, const struct tree_meta *m,
		       struct err *err)
{
	struct str coded = tree_meta_xattrs(l->t, m), name, value;
	struct buf *b = &l->xattrs;
	unsigned n = 0;
	buf_reset(b);
	l->set = m->xattrs;
	struct cur c = cur_of(coded.p, coded.n);
	while (layer_xattr_next(&c, &name, &value))
		n++;
	if (put_number(b, n, err) < 0)
		return -1;
	c = cur_of(coded.p, coded.n);
	while (layer_xattr_next(&c, &name, &value))
		if (buf_str_add(b, name, err) < 0 || buf_byte(b, 0, err) < 0 ||
		    put_number(b, value.n, err) < 0 ||
		    buf_str_add(b, value, err) < 0 || buf_byte(b, 0, err) < 0)
			return -1;
	return 0;
}

/* Each name of a file lists all of its attributes, so thousands of links to one
 * that has thousands make a listing of the square: the fields are kept, and
 * their sum has a limit. */
static int put_xattrs(struct listing *l, const struct tree_meta *m,
		      struct err *err)
{
	const struct limits *lim = l->t->lim;
	if (m->xattrs == 0)
		return put_number(&l->record, 0, err);
	if (m->xattrs != l->set && make_xattrs(l, m, err) < 0)
		return -1;
	l->xattr_bytes += l->xattrs.n;
	if (l->xattr_bytes > lim->listed_xattrs_max) {
		(void)limits_exceeded(lim, &lim->listed_xattrs_max,
				      l->xattr_bytes, err);
		/* The record begins with its path. */
		return err_ctx(err, "\"%s\"",
			       str_quoted(str_of(l->record.p)).text);
	}
	return buf_str_add(&l->record, buf_str(&l->xattrs), err);
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
	if (tree_content(l->t, ino))
		memcpy(d.bytes, tree_content(l->t, ino), 32);
	const struct digest_text hex = digest_hex(&d);
	if (put_number(&l->record, tree_size(l->t, ino), err) < 0)
		return -1;
	return buf_add(&l->record, hex.text, 64 + 1, err);
}

/* The type stands in front, so a reader knows how many fields follow. */
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
		dev = &l->t->devices[version_of(ino)->ref];
		if (put_number(b, dev->major, err) < 0)
			return -1;
		return put_number(b, dev->minor, err);
	default:
		return 0;
	}
}

/* Groups are written by their first path, as inode numbers are the engine's
 * affair; an inode whose other names died is in no group.
 *
 * With the names b, a and c of one inode all three records say "a", which is
 * the first that the walk meets. */
static int put_group(struct listing *l, const struct tree_entry *ino,
		     uint32_t node, struct err *err)
{
	uint32_t first;
	if (tree_fate(l->t, ino).n_names > 1) {
		if (tree_groups_first(&l->groups, entry_id(l->t, ino), node,
				      &first, err) < 0 ||
		    tree_path(l->t, first, &l->record, err) < 0)
			return -1;
	}
	return buf_byte(&l->record, 0, err);
}

static const char type_letter[] = {
	[TAR_FILE] = 'f',  [TAR_SYMLINK] = 'l', [TAR_CHAR] = 'c',
	[TAR_BLOCK] = 'b', [TAR_DIR] = 'd',	[TAR_FIFO] = 'p',
};

/* Each field ends in a NUL, which no name holds: two different trees cannot run
 * together into one listing.
 *
 * A file x with mode 0644 and content "hi", a "." for each NUL:
 *
 *	x.f.0644.0.0.1000000000..0.2.8f43...7aa4.
 *
 * The first ".." is an empty group: x is its inode's only name. */
static int put_record(struct listing *l, uint32_t node, struct err *err)
{
	const struct tree *t = l->t;
	const struct tree_entry *ino = entry_inode(t, node_top(t, node));
	const struct tree_meta *m = tree_meta(t, ino);
	struct buf *b = &l->record;
	const char type[2] = { type_letter[ino->type], 0 };
	buf_reset(b);
	if (tree_path(t, node, b, err) < 0 || buf_byte(b, 0, err) < 0 ||
	    buf_add(b, type, sizeof type, err) < 0 ||
	    put_mode(b, m->mode, err) < 0 || put_number(b, m->uid, err) < 0 ||
	    put_number(b, m->gid, err) < 0 ||
	    put_time(b, tree_mtime(t, ino), err) < 0 ||
	    put_group(l, ino, node, err) < 0 || put_xattrs(l, m, err) < 0 ||
	    put_tail(l, ino, err) < 0 || buf_byte(b, '\n', err) < 0)
		return -1;
	return hasher_add(&l->hash, b->p, b->n, err);
}

int tree_digest(const struct tree *t, struct digest *out, struct err *err)
{
	scoped(listing_done) struct listing l = {
		.t = t,
		.record = BUF_INIT((size_t)1 << 32),
		.xattrs = BUF_INIT((size_t)1 << 32),
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
