/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/essence.h - what a file says, apart from stamps and order.
 *
 * Two files that differ may say the same: Python bytecode that carries the time
 * of its source, archives of the same members in another order or with other
 * times, compressed files of the same content. What cannot be told exactly from
 * the bytes has no essence. */
#pragma once
#include "base/digest.h"
#include "base/limits.h"

enum essence_kind {
	ESSENCE_BYTECODE,   /* .pyc (PEP 552) but for its source's time, size */
	ESSENCE_ARCHIVE,    /* zip: names, sizes, CRC-32s, modes, comment; tar,
			     * compressed or not: names, types, modes, owners,
			     * targets, contents */
	ESSENCE_COMPRESSED, /* gzip, zstd, xz, bzip2: what it inflates to */
};
struct essence {
	enum essence_kind kind;
	struct digest digest;
};
enum { ESSENCE_MAX = 64 << 20, ESSENCE_MEMBERS_MAX = 1 << 17 };

static inline bool essence_eq(const struct essence *a, const struct essence *b)
{
	return a->kind == b->kind && digest_eq(&a->digest, &b->digest);
}

/* 1 and *out; 0: the file has none (broken, encrypted, a name twice, zip64,
 * too many members); -1 for failures of ours alone. */
must_check int essence_of(struct str content, const struct limits *lim,
			  struct essence *out, struct err *err);
