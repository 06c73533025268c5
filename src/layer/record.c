/* SPDX-License-Identifier: Apache-2.0 */
/* A million members are half a gigabyte of tar headers, so records are small.
 * Three things make them so: names share a prefix with the one before, as tars
 * are written directory by directory; numbers take as many bytes as they need;
 * a time equal to the one before is a bit.
 *
 *	usr/lib/libc.so.6	0 shared, 17 bytes
 *	usr/lib/libm.so.6	11 shared, "m.so.6"
 *
 * So a record is read with the one before in hand, front to back, and not at
 * random. */
#include "layer/record.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/checked.h"
#include "base/vec.h"

void layer_record_state_done(struct record_state *s)
{
	buf_done(&s->path);
}

/* Coded as length, name, length, value, again and again, sorted by name: 0x06
 * "user.a" 0x01 "1". */
int layer_xattr_next(struct cur *c, struct str *name, struct str *value)
{
	if (c->p == c->end)
		return 0;
	size_t n = (size_t)cur_varint(c);
	const char *p = (const char *)cur_take(c, n);
	size_t m = (size_t)cur_varint(c);
	const char *q = (const char *)cur_take(c, m);
	if (c->ran_out)
		return 0;
	*name = (struct str){ p, n };
	*value = (struct str){ q, m };
	return 1;
}

int layer_xattr_code(const struct tar_xattr *v, size_t n, struct buf *out,
		     struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		if (buf_varint(out, v[i].name.n, err) < 0 ||
		    buf_str_add(out, v[i].name, err) < 0 ||
		    buf_varint(out, v[i].value.n, err) < 0 ||
		    buf_str_add(out, v[i].value, err) < 0)
			return -1;
	}
	return 0;
}

static int put_bytes(struct buf *b, struct str s, struct err *err)
{
	if (buf_varint(b, s.n, err) < 0)
		return -1;
	return buf_str_add(b, s, err);
}

/* Bytes, not path components: half a component is shared as well. */
static size_t shared_prefix(struct str a, struct str b)
{
	size_t n = MIN(a.n, b.n), i = 0;
	while (i < n && a.p[i] == b.p[i])
		i++;
	return i;
}

/* The order of fields is that of record.h. What a type lacks takes no byte: a
 * directory has no size, a link no digest. */
int layer_record_put(struct buf *b, const struct index_record *r,
		     struct record_state *prev, struct err *err)
{
	uint8_t head = (uint8_t)r->type;
	if (r->is_sparse)
		head |= RECORD_SPARSE;
	if (r->has_global)
		head |= RECORD_GLOBAL;
	if (r->odd)
		head |= RECORD_ODD;
	if (r->xattrs.n)
		head |= RECORD_XATTRS;
	if (instant_eq(r->mtime, prev->mtime))
		head |= RECORD_SAME_TIME;
	size_t same = shared_prefix(buf_str(&prev->path), r->path);
	struct str rest = str_from(r->path, same);
	if (buf_byte(b, (char)head, err) < 0 || buf_varint(b, same, err) < 0 ||
	    put_bytes(b, rest, err) < 0 || buf_varint(b, r->mode, err) < 0 ||
	    buf_varint(b, r->uid, err) < 0 || buf_varint(b, r->gid, err) < 0 ||
	    buf_varint(b, r->payload, err) < 0 ||
	    buf_varint(b, r->end - r->offset, err) < 0)
		return -1;
	if (!(head & RECORD_SAME_TIME) &&
	    (buf_svarint(b, r->mtime.s, err) < 0 ||
	     buf_varint(b, r->mtime.ns, err) < 0))
		return -1;
	if (r->odd && buf_byte(b, (char)r->odd, err) < 0)
		return -1;
	if (r->xattrs.n && put_bytes(b, r->xattrs, err) < 0)
		return -1;
	prev->path.n = same;
	prev->mtime = r->mtime;
	if (buf_str_add(&prev->path, rest, err) < 0)
		return -1;
	switch (r->type) {
	case TAR_FILE:
		if (r->is_sparse && buf_varint(b, r->size, err) < 0)
			return -1;
		return r->size ? buf_add(b, r->sha256, 32, err) : 0;
	case TAR_HARDLINK:
	case TAR_SYMLINK:
		return put_bytes(b, r->target, err);
	case TAR_CHAR:
	case TAR_BLOCK:
		if (buf_varint(b, r->devmajor, err) < 0)
			return -1;
		return buf_varint(b, r->devminor, err);
	case TAR_OTHER:
		return buf_byte(b, r->flag, err);
	case TAR_DIR:
	case TAR_FIFO:
		break;
	}
	return 0;
}

static struct str get_bytes(struct cur *c)
{
	size_t n = (size_t)cur_varint(c);
	const uint8_t *p = cur_take(c, n);
	return (struct str){ (const char *)p, p ? n : 0 };
}

/* Records come from a cache on disk, which others may have written: a value out
 * of range counts as running out of bytes, and one check a record finds both. */
static uint32_t get_u32(struct cur *c)
{
	uint64_t v = cur_varint(c);
	if (v > UINT32_MAX)
		c->ran_out = true;
	return (uint32_t)v;
}

static struct instant get_time(struct cur *c)
{
	struct instant t = { .s = cur_svarint(c) };
	t.ns = get_u32(c);
	if (t.ns >= INSTANT_NS)
		c->ran_out = true;
	return t;
}

/* sha256 stays NULL for an empty file, as nobody has to hash nothing. */
static void get_tail(struct cur *c, struct index_record *r)
{
	switch (r->type) {
	case TAR_FILE:
		r->size = r->is_sparse ? cur_varint(c) : r->payload;
		if (r->size)
			r->sha256 = cur_take(c, 32);
		break;
	case TAR_HARDLINK:
	case TAR_SYMLINK:
		r->target = get_bytes(c);
		break;
	case TAR_CHAR:
	case TAR_BLOCK:
		r->devmajor = get_u32(c);
		r->devminor = get_u32(c);
		break;
	case TAR_OTHER:
		r->flag = (char)cur_u8(c);
		break;
	case TAR_DIR:
	case TAR_FIFO:
		break;
	}
}

int layer_record_get(struct cur *c, struct record_state *s,
		     struct index_record *out, struct err *err)
{
	/* Read to the end before anything is looked at: past its end a cursor
	 * gives zeros and remembers, so one check at the end does for all
	 * fields. */
	uint8_t head = cur_u8(c);
	struct index_record r = {
		.type = head & RECORD_TYPE,
		.is_sparse = head & RECORD_SPARSE,
		.has_global = head & RECORD_GLOBAL,
	};
	size_t same = (size_t)cur_varint(c);
	struct str rest = get_bytes(c);
	r.mode = get_u32(c);
	r.uid = get_u32(c);
	r.gid = get_u32(c);
	r.payload = cur_varint(c);
	uint64_t extent = cur_varint(c);
	r.mtime = head & RECORD_SAME_TIME ? s->mtime : get_time(c);
	if (head & RECORD_ODD)
		r.odd = cur_u8(c);
	if (head & RECORD_XATTRS)
		r.xattrs = get_bytes(c);
	get_tail(c, &r);
	r.offset = s->offset;
	/* same > path.n: a prefix that the path before does not have. */
	if (c->ran_out || same > s->path.n || ckd_add(&r.end, r.offset, extent))
		return err_set(
			err, ERR_CORRUPT,
			"layer index: the record of the member at %" PRIu64
			" is broken",
			s->offset);
	s->path.n = same;
	if (buf_str_add(&s->path, rest, err) < 0)
		return -1;
	r.path = buf_str(&s->path);
	s->mtime = r.mtime;
	s->offset = r.end;
	*out = r;
	return 0;
}

void layer_record_list_done(struct record_list *l)
{
	for (uint32_t i = 0; i < l->n; i++)
		buf_done(&l->pieces[i]);
	free(l->pieces);
	*l = (struct record_list){ 0 };
}

static int add_piece(struct record_list *l, struct err *err)
{
	if (vec_room((void **)&l->pieces, l->n, &l->cap, sizeof *l->pieces,
		     err) < 0)
		return -1;
	l->pieces[l->n++] = (struct buf)BUF_INIT((size_t)1 << 36);
	return 0;
}

int layer_record_list_end(struct record_list *l, struct buf **out,
			  struct err *err)
{
	if ((l->n == 0 || l->pieces[l->n - 1].n >= RECORD_PIECE) &&
	    add_piece(l, err) < 0)
		return -1;
	*out = &l->pieces[l->n - 1];
	return 0;
}

int layer_record_list_piece(struct record_list *l, size_t n, char **out,
			    struct err *err)
{
	if (add_piece(l, err) < 0 ||
	    buf_room(&l->pieces[l->n - 1], n, out, err) < 0)
		return -1;
	l->pieces[l->n - 1].n = n;
	return 0;
}
