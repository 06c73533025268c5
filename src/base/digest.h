/* SPDX-License-Identifier: Apache-2.0 */
/* base/digest.h - digests and the hashing behind them.
 *
 * Grammar and registered algorithms: OCI image-spec, descriptor.md "Digests".
 * sha256 and sha512 are read; pare itself makes sha256. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/sha256.h"
#include "base/str.h"

enum digest_alg { DIGEST_NONE = 0, DIGEST_SHA256, DIGEST_SHA512 };

/* A plain value; unused bytes are zero, so memcmp compares. */
struct digest {
	enum digest_alg alg;
	uint8_t bytes[64];
};

enum { DIGEST_TEXT_MAX = 7 + 128 + 1 };
struct digest_text {
	char text[DIGEST_TEXT_MAX];
};

static inline bool digest_eq(const struct digest *a, const struct digest *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}
static inline size_t digest_len(enum digest_alg alg)
{
	return alg == DIGEST_SHA512 ? 64 : alg == DIGEST_SHA256 ? 32 : 0;
}

/* "sha256:<64 lower hex>" or "sha512:<128 lower hex>", nothing else:
 * ERR_UNSUPPORTED for another registered-looking algorithm, ERR_CORRUPT for
 * text that breaks the grammar. */
must_check int digest_parse(struct str text, struct digest *out,
			    struct err *err);
struct digest_text digest_text(const struct digest *d);
/* "sha256" and the hex part alone, for blobs/ALG/HEX. */
const char *digest_alg_name(enum digest_alg alg);
struct digest_text digest_hex(const struct digest *d);
/* The first 12 hex digits, for people. */
struct digest_text digest_short(const struct digest *d);

/* One hash in work; one thread at a time; reusable by hasher_start. SHA-256 is
 * done here where the processor has instructions for it, all else by libcrypto.
 */
struct hasher {
	void *ctx; /* EVP_MD_CTX; NULL until libcrypto is needed */
	bool own;  /* sha256 is in use, not ctx */
	struct sha256 sha256;
};
#define HASHER_INIT \
	{           \
		0   \
	}

must_check int hasher_start(struct hasher *h, enum digest_alg alg,
			    struct err *err);
must_check int hasher_add(struct hasher *h, const void *p, size_t n,
			  struct err *err);
/* The same bytes to both, in one pass where both are done here: that takes two
 * thirds of the time of two calls. */
must_check int hasher_add_both(struct hasher *a, struct hasher *b,
			       const void *p, size_t n, struct err *err);
must_check int hasher_end(struct hasher *h, enum digest_alg alg,
			  struct digest *out, struct err *err);
void hasher_done(struct hasher *h);

must_check int digest_of(enum digest_alg alg, const void *p, size_t n,
			 struct digest *out, struct err *err);
