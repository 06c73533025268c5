/* SPDX-License-Identifier: Apache-2.0 */
/* layer/encode.h - a layer's blob from its index.
 *
 *	index, contents -> tar -> SHA-256, the DiffID -> codec -> blob
 *
 * The index says what the layer will hold, in tar order, and decides every
 * byte of the headers; the contents of its files come from a supply. Equal
 * index, contents and codec give equal bytes, for any number of threads. */
#pragma once
#include "codec/codec.h"
#include "layer/index.h"

struct progress;

/* How the blob is made of the tar. */
struct layer_style {
	struct codec_spec spec;
	unsigned threads;	     /* >= 1 */
	struct progress *progress;   /* told of the tar's bytes; may be NULL */
	struct codec_donors *donors; /* gzip members to copy; may be NULL */
};

/* Contents of a layer's files. They are asked for in the index's order, one at
 * a time. */
struct layer_contents;
struct layer_contents_ops {
	/* The file of record number i is next: sets is_sparse, sparse and
	 * n_sparse of *e, which stay valid until its last byte was read. */
	int (*begin)(struct layer_contents *c, uint32_t i, struct tar_entry *e,
		     struct err *err);
	/* 1 and its next stored bytes, valid until the next call; 0 at its
	 * end. Of a sparse file these are its regions, one behind the other. */
	int (*next)(struct layer_contents *c, const uint8_t **p, size_t *n,
		    struct err *err);
};
struct layer_contents {
	const struct layer_contents_ops *ops;
};

struct layer_encoded {
	/* DIGEST_NONE where the codec is CODEC_NONE: then it is the digest of
	 * the blob, which the caller's sink has, and the same bytes are not
	 * hashed twice. */
	struct digest diff_id;
	uint64_t tar_size;
};

/* Writes the layer's tar, its end included; does not finish the sink. */
must_check int layer_write_tar(const struct layer_index *ix,
			       struct layer_contents *from, struct sink *to,
			       struct err *err);
/* The blob of that tar; does not finish the sink. */
must_check int layer_encode(const struct layer_index *ix,
			    struct layer_contents *from,
			    const struct layer_style *style, struct sink *blob,
			    struct layer_encoded *out, struct err *err);
/* A tar as it is, encoded in another way: reads all that is left of it. ix is
 * the tar's. */
must_check int layer_reencode(struct stream *tar, const struct layer_index *ix,
			      const struct layer_style *style,
			      struct sink *blob, struct layer_encoded *out,
			      struct err *err);
