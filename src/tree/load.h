/* SPDX-License-Identifier: Apache-2.0 */
/* tree/load.h - an image's layers read and laid over one another. */
#pragma once
#include "source/source.h"
#include "tree/tree.h"

struct cache;

struct load_options {
	const struct limits *limits;
	unsigned threads;	   /* >= 1 */
	struct cache *cache;	   /* NULL: none */
	bool trust_cache;	   /* read-only commands: a layer whose file has
				    * not changed since it was verified is not
				    * hashed again */
	bool keep_indices;	   /* a rewrite reads them again */
	struct progress *progress; /* may be NULL */
	/* Indices of blobs that were read before: a layer whose stated digest
	 * is one of theirs is verified, not read again. Borrowed. */
	const struct layer_index *known;
	size_t n_known;
};

struct loaded_image {
	const struct image *image;
	struct layer_index *layers;	 /* records empty unless kept */
	const struct layer_index **used; /* a layer's own, or a known one */
	size_t n_layers;
	struct tree *tree;
	struct digest digest; /* of the tree */
};

void loaded_image_done(struct loaded_image *li);
/* One worker a layer, largest first; every digest, size and DiffID checked.
 * Errors begin with the image and the layer. */
must_check int image_load(const struct image *img,
			  const struct load_options *opt,
			  struct loaded_image *out, struct err *err);
