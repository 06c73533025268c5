/* SPDX-License-Identifier: Apache-2.0 */
/* tar/pax.h - extended headers: records "LENGTH KEY=VALUE\n".
 *
 * POSIX.1-2024, pax, "pax Extended Header". A record that breaks the grammar
 * is ERR_CORRUPT, never skipped; a key that is not known is skipped. An empty
 * value takes back what an earlier record or a global header said, so that the
 * header block's own value counts again; only of an xattr it is a value like
 * others. The last record of a key wins.
 *
 * Global headers: only path, linkpath, uid, gid, mtime and the device numbers
 * may be set for all members. A size, an xattr or a sparse map there is
 * ERR_UNSUPPORTED: nobody writes them, and readers would not agree on what
 * follows (engines ignore global headers). */
#pragma once
#include "tar/sparse.h"
#include "tar/xattr.h"

enum pax_key {
	PAX_PATH,
	PAX_LINKPATH,
	PAX_SPARSE_NAME,
	PAX_SPARSE_MAP,
	PAX_MTIME,
	PAX_SIZE,
	PAX_UID,
	PAX_GID,
	PAX_DEVMAJOR,
	PAX_DEVMINOR,
	PAX_SPARSE_MAJOR,
	PAX_SPARSE_MINOR,
	PAX_SPARSE_SIZE,
	PAX_SPARSE_REALSIZE,
	PAX_SPARSE_BLOCKS,
	PAX_N,
};

union pax_value {
	struct str text; /* borrowed */
	uint64_t number;
	struct instant time;
};

struct pax_values {
	uint32_t set, cleared; /* bit 1 << key */
	union pax_value v[PAX_N];
	struct xattr_list xattrs;
	struct sparse_map pairs; /* sparse 0.0 */
	bool half_pair;		 /* an offset waits for its size */
	uint64_t pair_offset;
};

void tar_pax_done(struct pax_values *v);
void tar_pax_reset(struct pax_values *v);
/* Reads the records of one 'x' header into v, which borrows from bytes; they
 * are changed where xattrs are decoded. */
must_check int tar_pax_parse(struct pax_values *v, const struct limits *lim,
			     struct buf *bytes, struct err *err);

static inline bool pax_has(const struct pax_values *v, enum pax_key k)
{
	return v->set & 1u << k;
}

/* What the 'g' headers so far say; owns its texts. */
struct pax_global {
	struct pax_values v;
	struct buf path, linkpath;
};
void tar_pax_global_done(struct pax_global *g);
/* Takes over what one 'g' header set or cleared. */
must_check int tar_pax_global_merge(struct pax_global *g,
				    const struct pax_values *v,
				    struct err *err);
/* Fills in what v neither sets nor clears; true when it took anything. */
bool tar_pax_inherit(struct pax_values *v, const struct pax_global *g);

/* Decimal seconds with a sign and a fraction, rounded down to nanoseconds
 * (POSIX). NULL, or what is wrong with them, to stand behind their text. */
const char *tar_pax_parse_time(struct str s, struct instant *out);
