/* SPDX-License-Identifier: Apache-2.0 */
/* layer/index.h - what one layer holds, read once and kept small.
 *
 * The index of a layer has one record a tar member, in tar order, with clean
 * names, content digests and the bytes each member takes in the tar. It is
 * read front to back only; names are coded against the one before. Immutable
 * once built. */
#pragma once
#include "base/digest.h"
#include "base/stream.h"
#include "codec/codec.h"
#include "layer/record.h"

struct layer_index {
	struct digest blob;    /* sha256 of the layer as stored */
	struct digest diff_id; /* sha256 of its tar, trailing bytes included */
	uint64_t blob_size, tar_size;
	enum codec codec;
	uint64_t n_records;
	uint64_t trailing; /* non-zero bytes behind the end of the archive */
	struct record_list records;
	struct codec_marks marks; /* empty for CODEC_NONE */
};

void layer_index_done(struct layer_index *ix);

/* Appends a record. state begins as RECORD_STATE_INIT and goes with the index
 * while it is made: each record is coded against the one before. */
must_check int layer_index_add(struct layer_index *ix,
			       struct record_state *state,
			       const struct index_record *r, struct err *err);

struct index_iter {
	const struct layer_index *ix;
	struct layer_index *eaten; /* or NULL */
	struct cur in;
	uint32_t next; /* piece */
	struct record_state state;
};
void layer_index_begin(const struct layer_index *ix, struct index_iter *it);
/* The same, but records are freed once they were read. */
void layer_index_begin_last(struct layer_index *ix, struct index_iter *it);
/* 1 with *out borrowed until the next call, 0 at the end, -1 ERR_CORRUPT for
 * an index that is none (they come from a cache on disk). */
must_check int layer_index_next(struct index_iter *it, struct index_record *out,
				struct err *err);
void layer_index_iter_done(struct index_iter *it);

/* What is known of a layer before it is read. */
struct index_expect {
	const struct digest *blob; /* verified by the stream; NULL: unknown */
	const struct digest *diff_id; /* checked here; NULL: unknown */
	uint64_t blob_size;
	bool ahead; /* another thread may inflate (base/ahead.h) */
};

/* Reads a layer as stored, from first to last byte (takes *blob over), in one
 * pass: inflate, hash, tar, content digests. ERR_CORRUPT when the DiffID is
 * another one. */
must_check int layer_index_build(struct stream **blob,
				 const struct index_expect *expect,
				 const struct limits *lim,
				 struct layer_index *out, struct err *err);

/* Reads a layer as stored for its DiffID alone (takes *blob over). */
must_check int layer_index_check(struct stream **blob,
				 const struct digest *diff_id,
				 const struct limits *lim, struct err *err);

/* The index as a file: docs/index-format.md. */
must_check int layer_index_save(const struct layer_index *ix, struct sink *to,
				struct err *err);
/* ERR_CORRUPT for anything that is not exactly such a file. */
must_check int layer_index_load(struct stream *from, struct layer_index *out,
				struct err *err);
