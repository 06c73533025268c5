/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/fingerprint.h - the SHA-256 of what a file says, apart from time
 * stamps and order.
 *
 * Two files whose bytes differ may say the same: Python bytecode that carries
 * the time of its source, archives of the same members in another order or with
 * other times, compressed files of the same content. Their fingerprints are
 * equal. What cannot be told exactly from the bytes has no fingerprint. */
#pragma once
#include "base/digest.h"
#include "base/limits.h"

enum fingerprint_kind {
	FINGERPRINT_BYTECODE, /* .pyc (PEP 552), less its source's time, size */
	FINGERPRINT_ARCHIVE, /* zip: names, sizes, CRC-32s, modes, comment; tar,
			     * compressed or not: names, types, modes, owners,
			     * targets, contents */
	FINGERPRINT_COMPRESSED, /* gzip, zstd, xz, bzip2: what it inflates to */
};
struct fingerprint {
	enum fingerprint_kind kind;
	struct digest digest;
};
enum { FINGERPRINT_MAX = 64 << 20, FINGERPRINT_MEMBERS_MAX = 1 << 17 };

static inline bool analyze_same_fingerprint(const struct fingerprint *a,
					    const struct fingerprint *b)
{
	return a->kind == b->kind && digest_eq(&a->digest, &b->digest);
}

/* 1 and *out; 0: the file has none (broken, encrypted, a name twice, zip64,
 * too many members); -1 for failures of ours alone. */
must_check int analyze_fingerprint(struct str content, const struct limits *lim,
				   struct fingerprint *out, struct err *err);
