/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/encoding.h - a tar through a codec into a blob of the result. */
#pragma once
#include "source/write/dest.h"
#include "tree/load.h"
#include "codec/codec.h"

/* One blob on its way: to the destination, or in a dry run to nowhere. */
struct blob {
	struct dest *dst;
	struct sink *sink;
	struct desc desc; /* digest and size, after the end */
};
void blob_done(struct blob *b);
must_check int blob_begin(struct blob *b, struct dest *dst, struct err *err);
must_check int blob_end(struct blob *b, struct err *err);

/* The tar is written to tar; its bytes are told as progress. */
struct encoding {
	struct blob blob;
	struct sink *codec, *counted, *tar;
	uint64_t tar_size;
};
void encoding_done(struct encoding *c);
/* dst NULL: a dry run. diff_id is borrowed until encoding_end sets it. */
must_check int encoding_begin(struct encoding *c, struct dest *dst,
			      const struct codec_spec *spec,
			      const struct load_options *load,
			      struct digest *diff_id, struct err *err);
must_check int encoding_end(struct encoding *c, struct err *err);
