/* SPDX-License-Identifier: Apache-2.0 */
/* source/write/testcallback.h - a kind of destination without a file: each
 * blob's bytes are handed to a callback as they come, then its digest, and in
 * the end the documents. It takes bare paths that begin with "p". A
 * registry kind needs only these hooks. */
#pragma once
#include "source/write/kind.h"

/* Each returns 0, or -1 with err. */
struct testcallback {
	void *self;
	/* Bytes of the blob in work. */
	int (*bytes)(void *self, const void *p, size_t n, struct err *err);
	/* They were a blob of this digest; keep: false: it is there already. */
	int (*blob)(void *self, const struct digest *d, bool keep,
		    struct err *err);
	/* A manifest, an index or a config, by its digest; index.json and
	 * oci-layout by their names. */
	int (*document)(void *self, const char *name, struct str text,
			struct err *err);
	int (*commit)(void *self, struct err *err);
	/* For the proof, before the commit. */
	int (*stage)(void *self, struct ref *ref,
		     const struct source_options *opt, struct source **out,
		     struct err *err);
	/* The end, committed or not. */
	void (*close)(void *self);
};

extern const struct dest_kind testcallback_kind;
/* It, and what is built in; ends with NULL. */
const struct dest_kind *const *testcallback_kinds(void);

/* Whom the next destination calls; NULL: one that keeps all in memory, in an
 * image of testpipe.h that shows with the commit. */
void testcallback_set(const struct testcallback *to);
