/* SPDX-License-Identifier: Apache-2.0 */
/* tar/input.h - a borrowed stream that knows where it stands. */
#pragma once
#include "base/stream.h"
#include "base/checked.h"
#include "tar/header.h"

struct tar_input {
	struct stream *in;
	uint64_t at;	/* bytes taken, those shown last included */
	size_t pending; /* shown by tar_input_show, not yet skipped */
	bool broke;	/* the last error came from the stream itself */
};

/* Up to max of the next bytes, valid until the next call here. 1, 0 at the
 * end, -1. */
must_check int tar_input_show(struct tar_input *t, uint64_t max,
			      const uint8_t **p, size_t *n, struct err *err);
/* Copies up to n bytes; *got < n only at the end. */
must_check int tar_input_read(struct tar_input *t, void *to, size_t n,
			      size_t *got, struct err *err);
/* Moves past n bytes of content; a source that can leaps over them. */
must_check int tar_input_skip(struct tar_input *t, uint64_t n, struct err *err);
/* Moves past up to n bytes of padding, which may be missing at the end. */
must_check int tar_input_padding(struct tar_input *t, uint64_t n,
				 struct err *err);
/* The archive ended within content: -1. */
int tar_input_ended(struct err *err);
/* One block, whole: 1; 0: the end stood here; -1, also when it is cut. */
must_check int tar_input_block(struct tar_input *t, union tar_block *b,
			       struct err *err);

/* Bytes between n bytes of payload and the next block. */
static inline uint64_t tar_padding(uint64_t n)
{
	return -n & (TAR_BLOCK_SIZE - 1);
}
