/* SPDX-License-Identifier: Apache-2.0 */
/* tar/reader.h - members of one tar stream, in order.
 *
 * Reads v7, ustar, PAX (POSIX.1-2024, pax "pax Interchange Format": x and g
 * headers, every key, sparse 0.0, 0.1, 1.0) and GNU (long names and links,
 * base-256 numbers, old sparse). Precedence: PAX over GNU over the header;
 * a PAX size rules what is read and what is skipped. Knows nothing of layers
 * or whiteouts (see tree/). One thread at a time. */
#pragma once
#include "base/stream.h"
#include "tar/tar.h"

struct tar_reader;

/* Borrows the stream, which stays the caller's; it is read to just behind the
 * end-of-archive blocks (or to its end, when they are missing at a member's
 * boundary, as many writers do). What follows is left to the caller: a DiffID
 * covers it. */
must_check int tar_open(struct stream *in, const struct limits *lim,
			struct tar_reader **out, struct err *err);
void tar_close(struct tar_reader **t);

/* Moves to the next member; unread content of the last one is skipped.
 * 1 with *out borrowed until the next call; 0 at the end; -1: ERR_CORRUPT,
 * ERR_LIMIT or ERR_UNSUPPORTED (multi-volume), its text beginning with
 * "tar entry N at OFFSET: ", or the stream's own error. A header that
 * announces a member that never comes (a long name, a PAX header at the end)
 * is ERR_CORRUPT. Content is not needed for the next call to be right. */
must_check int tar_next(struct tar_reader *t, struct tar_entry *out,
			struct err *err);

/* A run of the current member's logical content. p == NULL: n zero bytes (a
 * hole). */
struct tar_run {
	const uint8_t *p;
	uint64_t n;
};
/* 1: *run, borrowed until the next call; 0: the content ended; -1. */
must_check int tar_content(struct tar_reader *t, struct tar_run *run,
			   struct err *err);
/* Where the reader stands, in bytes of the tar. */
uint64_t tar_offset(const struct tar_reader *t);
