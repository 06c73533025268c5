/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/fingerprint.h"

#include <stdlib.h>
#include <string.h>

#include "base/cursor.h"
#include "codec/codec.h"
#include "tar/reader.h"

/* The fingerprint of an archive is the digest of the sorted digests of its
 * members, so the order of members does not matter. What a member says is put
 * together without its times: name, type, mode, content, ...
 *
 * A member: the digest of its name, and that of all it says. */
struct part {
	uint8_t name[32], all[32];
};

struct parts {
	struct part *v;
	size_t n, cap;
};

static void parts_done(struct parts *p)
{
	free(p->v);
}

/* said: the member's name, a zero byte and the rest. The zero byte keeps "ab"
 * and "c" from being "a" and "bc". */
static int parts_add(struct parts *p, size_t n_name, const struct buf *said,
		     struct err *err)
{
	struct digest name, all;
	if (p->n == p->cap) {
		size_t cap = p->cap ? p->cap * 2 : 64;
		struct part *v = realloc(p->v, cap * sizeof *v);
		if (!v)
			return err_nomem(err, cap * sizeof *v);
		p->v = v;
		p->cap = cap;
	}
	if (digest_of(DIGEST_SHA256, said->p, n_name, &name, err) < 0 ||
	    digest_of(DIGEST_SHA256, said->p, said->n, &all, err) < 0)
		return -1;
	memcpy(p->v[p->n].name, name.bytes, 32);
	memcpy(p->v[p->n++].all, all.bytes, 32);
	return 0;
}

static int compare_parts(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct part));
}

/* Duplicate member names: the order of members tells which one counts, so the
 * archive has no fingerprint that does not depend on order. */
static int parts_end(struct parts *p, struct fingerprint *out, struct err *err)
{
	if (p->n)
		qsort(p->v, p->n, sizeof *p->v, compare_parts);
	for (size_t i = 1; i < p->n; i++)
		if (memcmp(p->v[i - 1].name, p->v[i].name, 32) == 0)
			return 0;
	out->kind = FINGERPRINT_ARCHIVE;
	return digest_of(DIGEST_SHA256, p->n ? (void *)p->v : "",
			 p->n * sizeof *p->v, &out->digest, err) < 0
		       ? -1
		       : 1;
}

/* PEP 552: magic, flags 0, mtime and size of the source, code. Before Python
 * 3.7 (3390) there were no flags. */
static int of_bytecode(struct str s, struct fingerprint *out, struct err *err)
{
	enum { STAMP = 8, CODE = 16, FIRST_MAGIC = 3390, LAST_MAGIC = 4095 };
	scoped(hasher_done) struct hasher h = HASHER_INIT;
	struct cur c = cur_of(s.p, s.n);
	uint32_t magic = cur_u32(&c), flags = cur_u32(&c);
	if (s.n <= CODE || magic >> 16 != ('\r' | '\n' << 8) ||
	    (magic & 0xffff) < FIRST_MAGIC || (magic & 0xffff) > LAST_MAGIC ||
	    flags != 0)
		return 0;
	out->kind = FINGERPRINT_BYTECODE;
	if (hasher_start(&h, DIGEST_SHA256, err) < 0 ||
	    hasher_add(&h, s.p, STAMP, err) < 0 ||
	    hasher_add(&h, s.p + CODE, s.n - CODE, err) < 0 ||
	    hasher_end(&h, DIGEST_SHA256, &out->digest, err) < 0)
		return -1;
	return 1;
}

static uint16_t u16(struct cur *c)
{
	const uint8_t *p = cur_take(c, 2);
	return p ? (uint16_t)((unsigned)p[1] << 8 | p[0]) : 0;
}

/* APPNOTE 4.3.16: the end of a zip, its comment behind it. */
struct zip_end {
	uint16_t n;
	uint32_t size, offset;
	struct str comment;
};

/* A comment of any length ends a zip, so its end is looked for backwards. A
 * comment may hold what looks like an end: the first that is found has to fit,
 * or the file has no fingerprint. Zips of several disks and zip64 have none. */
static bool find_zip_end(struct str s, struct zip_end *out)
{
	enum { END = 22, COMMENT_MAX = 65535 };
	for (size_t back = END; back <= s.n && back <= END + COMMENT_MAX;
	     back++) {
		struct cur c = cur_of(s.p + s.n - back, back);
		if (cur_u32(&c) != 0x06054b50)
			continue;
		uint16_t disk = u16(&c), first = u16(&c), here = u16(&c);
		out->n = u16(&c);
		out->size = cur_u32(&c);
		out->offset = cur_u32(&c);
		uint16_t n = u16(&c);
		out->comment = (struct str){ (const char *)c.p, n };
		return n == cur_left(&c) && disk == 0 && first == 0 &&
		       here == out->n && out->n != UINT16_MAX &&
		       (uint64_t)out->offset + out->size <= s.n - back;
	}
	return false;
}

/* APPNOTE 4.3.12: one entry of the directory; false: none that is known. */
static bool next_zip_entry(struct cur *c, struct str *name, uint32_t said[3])
{
	bool ok = cur_u32(c) == 0x02014b50;
	cur_take(c, 4);		  /* versions */
	ok = ok && !(u16(c) & 1); /* encrypted */
	cur_take(c, 6);		  /* method, time, date */
	said[0] = cur_u32(c);
	cur_take(c, 4); /* compressed size */
	said[1] = cur_u32(c);
	uint16_t n_name = u16(c), n_extra = u16(c), n_comment = u16(c);
	cur_take(c, 4); /* disk, internal attributes */
	said[2] = cur_u32(c);
	ok = ok && cur_u32(c) != UINT32_MAX && said[1] != UINT32_MAX;
	name->p = (const char *)cur_take(c, n_name);
	name->n = n_name;
	cur_take(c, (size_t)n_extra + n_comment);
	return ok && !c->ran_out;
}

/* The central directory alone is read: it has the CRC-32 and the size of each
 * member. Equal CRC-32s are no proof that the contents are equal; what is made
 * of this is a report on transfers, never a decision on what an image holds. */
static int of_zip(struct str s, struct fingerprint *out, struct err *err)
{
	scoped(parts_done) struct parts parts = { 0 };
	scoped(buf_done) struct buf said = BUF_INIT(1 << 18);
	struct zip_end end;
	if (!find_zip_end(s, &end))
		return 0;
	struct cur c = cur_of(s.p + end.offset, end.size);
	for (uint32_t i = 0; i < end.n; i++) {
		struct str name;
		uint32_t facts[3];
		if (!next_zip_entry(&c, &name, facts))
			return 0;
		buf_reset(&said);
		if (buf_str_add(&said, name, err) < 0 ||
		    buf_byte(&said, 0, err) < 0 ||
		    buf_add(&said, facts, sizeof facts, err) < 0 ||
		    parts_add(&parts, name.n, &said, err) < 0)
			return -1;
	}
	buf_reset(&said);
	if (buf_byte(&said, 0, err) < 0 ||
	    buf_str_add(&said, end.comment, err) < 0 ||
	    parts_add(&parts, 0, &said, err) < 0)
		return -1;
	return parts_end(&parts, out, err);
}

/* Lengths stand in front of what may hold any bytes, so that two members that
 * differ never give the same text. */
static int put_member(const struct tar_entry *e, const struct digest *content,
		      struct buf *said, struct err *err)
{
	if (buf_str_add(said, e->name, err) < 0 ||
	    buf_addf(said, err, "%c%d %o %u %u %u %u %llu ", 0, (int)e->type,
		     e->mode, e->uid, e->gid, e->devmajor, e->devminor,
		     (unsigned long long)e->size) < 0 ||
	    buf_str_add(said, e->target, err) < 0 ||
	    buf_add(said, content->bytes, 32, err) < 0)
		return -1;
	for (size_t i = 0; i < e->n_xattrs; i++)
		if (buf_addf(said, err, "%c%zu %zu ", 0, e->xattrs[i].name.n,
			     e->xattrs[i].value.n) < 0 ||
		    buf_str_add(said, e->xattrs[i].name, err) < 0 ||
		    buf_str_add(said, e->xattrs[i].value, err) < 0)
			return -1;
	return 0;
}

static int hash_content(struct tar_reader *t, struct hasher *h,
			struct digest *out, struct err *err)
{
	static const uint8_t zeros[4096];
	struct tar_run run;
	int r;
	if (hasher_start(h, DIGEST_SHA256, err) < 0)
		return -1;
	while ((r = tar_content(t, &run, err)) > 0)
		while (run.n) {
			uint64_t n = run.p ? run.n : MIN(run.n, sizeof zeros);
			if (hasher_add(h, run.p ? run.p : zeros, (size_t)n,
				       err) < 0)
				return -1;
			run.n -= n;
		}
	return r < 0 ? -1 : hasher_end(h, DIGEST_SHA256, out, err);
}

static int of_tar(struct stream *in, const struct limits *lim,
		  struct fingerprint *out, struct err *err)
{
	scoped(tar_close) struct tar_reader *t = NULL;
	scoped(parts_done) struct parts parts = { 0 };
	scoped(hasher_done) struct hasher h = HASHER_INIT;
	scoped(buf_done) struct buf said = BUF_INIT(1 << 24);
	struct tar_entry e;
	struct digest content;
	int r;
	if (tar_open(in, lim, &t, err) < 0)
		return -1;
	while ((r = tar_next(t, &e, err)) > 0) {
		buf_reset(&said);
		if (parts.n == FINGERPRINT_MEMBERS_MAX || e.type == TAR_OTHER)
			return 0;
		/* Names are borrowed: said before the content is read. */
		if (put_member(&e, &(struct digest){ 0 }, &said, err) < 0)
			return -1;
		size_t n_name = e.name.n;
		if (hash_content(t, &h, &content, err) < 0 ||
		    buf_add(&said, content.bytes, 32, err) < 0 ||
		    parts_add(&parts, n_name, &said, err) < 0)
			return -1;
	}
	if (r < 0 || stream_drain(in, NULL, err) < 0)
		return -1;
	return parts_end(&parts, out, err);
}

/* A tar, compressed or not, or any other file that is compressed. */
static int of_stream(struct stream *in, bool compressed,
		     const struct limits *lim, struct fingerprint *out,
		     struct err *err)
{
	enum { MAGIC_AT = 257, MAGIC = 5 };
	const uint8_t *p;
	size_t n;
	int r = stream_peek(in, 512, &p, &n, err);
	if (r < 0)
		return -1;
	if (r > 0 && n >= MAGIC_AT + MAGIC &&
	    memcmp(p + MAGIC_AT, "ustar", MAGIC) == 0)
		return of_tar(in, lim, out, err);
	if (!compressed)
		return 0;
	scoped(hasher_done) struct hasher h = HASHER_INIT;
	if (hasher_start(&h, DIGEST_SHA256, err) < 0)
		return -1;
	while ((r = stream_peek(in, 1, &p, &n, err)) > 0) {
		if (hasher_add(&h, p, n, err) < 0)
			return -1;
		stream_skip(in, n);
	}
	out->kind = FINGERPRINT_COMPRESSED;
	if (r < 0 || hasher_end(&h, DIGEST_SHA256, &out->digest, err) < 0)
		return -1;
	return 1;
}

/* A file that is broken, or past a limit, has no fingerprint: it is the
 * image's, and no failure of ours. */
static int forgive(int r, struct err *err)
{
	if (r >= 0 || (err->code != ERR_CORRUPT && err->code != ERR_LIMIT &&
		       err->code != ERR_UNSUPPORTED))
		return r;
	err_clear(err);
	return 0;
}

int analyze_fingerprint(struct str content, const struct limits *lim,
			struct fingerprint *out, struct err *err)
{
	scoped(stream_close) struct stream *raw = NULL, *s = NULL;
	struct fingerprint e = { 0 };
	int r = of_bytecode(content, &e, err);
	if (r == 0 && str_starts(content, STR("PK\x03\x04")))
		r = of_zip(content, &e, err);
	enum codec c = codec_taste((const uint8_t *)content.p, content.n);
	if (r == 0) {
		if (mem_open(content.p, content.n, &raw, err) < 0)
			return -1;
		r = codec_open(c, &raw, lim, NULL, &s, err);
		if (r == 0)
			r = of_stream(s, c != CODEC_NONE, lim, &e, err);
		if (r > 0 && stream_finish(s, err) < 0)
			r = -1;
	}
	r = forgive(r, err);
	if (r > 0)
		*out = e;
	return r;
}
