/* SPDX-License-Identifier: Apache-2.0 */
/* codec/donors.h - gzip members that were written before and may be copied.
 *
 * A gzip blob of ours is a row of members whose headers say how long they are
 * (gzip_sink.c), so all of them are found by their headers and trailers alone.
 * A member that holds what is to be compressed now is copied instead. Nothing
 * in a donor is believed: what is copied was inflated and compared. */
#pragma once
#include "base/stream.h"

struct codec_donors;

/* Opens a blob from its first byte; called twice at most. */
struct codec_donor_ops {
	int (*open)(void *self, size_t number, struct stream **out,
		    struct err *err);
};

/* ops and self are borrowed until the close. */
must_check int codec_donors_new(const struct codec_donor_ops *ops, void *self,
				struct codec_donors **out, struct err *err);
void codec_donors_close(struct codec_donors **d);
/* Lists the members of blob `number` (the caller's own). A blob of another
 * writer, or the rest of one where its headers end to make sense, gives none. */
must_check int codec_donors_add(struct codec_donors *d, size_t number,
				struct err *err);

/* What the trailer of a member says of its content, and its header of how it
 * was made. */
struct codec_member {
	uint32_t crc, size;
	uint8_t level;
};
/* 1: the bytes of a member like that are in buf[0..*n); 0: there is none, or it
 * was passed: blobs are read front to back, once. */
must_check int codec_donors_take(struct codec_donors *d,
				 const struct codec_member *like, uint8_t *buf,
				 size_t cap, size_t *n, struct err *err);
