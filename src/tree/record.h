/* SPDX-License-Identifier: Apache-2.0 */
/* tree/record.h - how a record of a layer index is coded, for who makes one
 * (docs/index-format.md).
 *
 *	head      type (3 bits), RECORD_* flags
 *	path      varint bytes shared with the path before, varint length and
 *	          bytes of the rest
 *	mode uid gid payload extent      varints
 *	mtime     zigzag varint, unless RECORD_SAME_TIME
 *	xattrs    length and bytes, with RECORD_XATTRS
 *	then      file: varint size when sparse, SHA-256 when size > 0
 *	          links: length and bytes of the target
 *	          devices: varints major, minor;  other: the type flag */
#pragma once
#include "tree/index.h"

enum {
	RECORD_TYPE = 0x07,
	RECORD_SPARSE = 0x08,
	RECORD_XATTRS = 0x10,
	RECORD_SAME_TIME = 0x20,
	RECORD_PATH_MAX = 1 << 20,
};

/* What the next record is coded against. */
struct record_state {
	struct buf path;
	int64_t mtime_ns;
};

must_check int record_put(struct buf *b, const struct index_record *r,
			  struct record_state *prev, struct err *err);
