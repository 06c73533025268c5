/* SPDX-License-Identifier: Apache-2.0 */
/* layer/record.h - how a record of a layer index is coded, for who makes one
 * (docs/index-format.md).
 *
 *	head      type (3 bits), RECORD_* flags
 *	path      varint bytes shared with the path before, varint length and
 *	          bytes of the rest
 *	mode uid gid payload extent      varints
 *	mtime     zigzag varint of seconds, varint of nanoseconds, unless
 *	          RECORD_SAME_TIME
 *	odd       a byte, with RECORD_ODD
 *	xattrs    length and bytes, with RECORD_XATTRS
 *	then      file: varint size when sparse, SHA-256 when size > 0
 *	          links: length and bytes of the target
 *	          devices: varints major, minor;  other: the type flag */
#pragma once
#include "base/cursor.h"
#include "tar/tar.h"

/* One tar member as the index keeps it. */
struct index_record {
	struct str path;   /* cleaned; empty: the root */
	struct str target; /* hard link: cleaned path; symlink: as stored */
	enum tar_type type;
	char flag;
	bool is_sparse;
	bool has_global; /* a PAX global header changed it */
	uint8_t odd;	 /* enum tar_odd */
	uint32_t mode, uid, gid;
	struct instant mtime;
	uint32_t devmajor, devminor;
	uint64_t size, payload;
	uint64_t offset, end;  /* the member's bytes in the tar, headers and
			       * padding included; members tile the tar */
	const uint8_t *sha256; /* of the content; NULL when size is 0 */
	struct str xattrs;     /* coded, see layer_xattr_next; empty: none */
};

enum {
	RECORD_TYPE = 0x07,
	RECORD_SPARSE = 0x08,
	RECORD_XATTRS = 0x10,
	RECORD_SAME_TIME = 0x20,
	RECORD_GLOBAL = 0x40,
	RECORD_ODD = 0x80,
	RECORD_PATH_MAX = 1 << 20,
};

/* What the next record is coded against. */
struct record_state {
	struct buf path;
	struct instant mtime;
	uint64_t offset; /* where the next member begins */
};
#define RECORD_STATE_INIT                         \
	{                                         \
		.path = BUF_INIT(RECORD_PATH_MAX) \
	}
void layer_record_state_done(struct record_state *s);

must_check int layer_record_put(struct buf *b, const struct index_record *r,
				struct record_state *s, struct err *err);
/* *out borrows from the input and from *s until the next call. ERR_CORRUPT for
 * bytes that are no record. */
must_check int layer_record_get(struct cur *c, struct record_state *s,
				struct index_record *out, struct err *err);

/* Walks coded xattrs: 1 and the next pair, 0 at the end. */
int layer_xattr_next(struct cur *c, struct str *name, struct str *value);
/* Codes pairs sorted by name. */
must_check int layer_xattr_code(const struct tar_xattr *v, size_t n,
				struct buf *out, struct err *err);

/* The records of a layer, in pieces that can be freed one by one. */
struct record_list {
	struct buf *pieces;
	uint32_t n, cap;
};
enum { RECORD_PIECE = 1 << 20 };

void layer_record_list_done(struct record_list *l);
/* Where the next record goes: a record is never cut in two. */
must_check int layer_record_list_end(struct record_list *l, struct buf **out,
				     struct err *err);
/* A piece of n bytes, to be filled by the caller. */
must_check int layer_record_list_piece(struct record_list *l, size_t n,
				       char **out, struct err *err);
