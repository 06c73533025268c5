/* SPDX-License-Identifier: Apache-2.0 */
/* layer/read.h - the index of one layer: remembered, known, or read. */
#pragma once
#include "layer/index.h"
#include "source/read/source.h"

struct cache;

struct known_layers {
	const struct layer_index *v;
	size_t n;
};

struct load_options {
	const struct limits *limits;
	unsigned threads;	   /* >= 1 */
	struct cache *cache;	   /* NULL: none */
	bool trust_cache;	   /* read-only commands: a layer whose file has
				    * not changed since it was verified is not
				    * hashed again */
	bool keep_indices;	   /* a rewrite reads them again */
	struct progress *progress; /* may be NULL */
	const char *phase;	   /* for it; NULL: "reading" */
	/* Indices of blobs that were read before: a layer whose stated digest
	 * is one of theirs is verified, not read again. Borrowed. */
	struct known_layers known[2];
	/* Only of the same blob; else another encoding of the tar will do. */
	bool known_blobs_only;
};

struct layer_reading {
	const struct image *image;
	const struct load_options *opt;
	size_t position;
	struct layer_index *out;
	const struct layer_index *known; /* NULL, or of the same tar */
	bool ahead; /* large enough for a second thread, which inflates */
};
/* Fills *out, unless the layer is the known one: then its bytes are verified,
 * and *out stays as it is. Any thread; errors begin with the image and the
 * layer. */
must_check int layer_read(const struct layer_reading *r, struct err *err);
