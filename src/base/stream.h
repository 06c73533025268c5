/* SPDX-License-Identifier: Apache-2.0 */
/* base/stream.h - bytes pulled from somewhere, without copies.
 *
 * peek shows the next bytes where they lie, skip moves past them. Codecs,
 * checks and limits are wrappers that take over the stream they read. After
 * an error a stream stays failed and repeats it. One thread at a time. */
#pragma once
#include <stdint.h>

#include "base/limits.h"
#include "base/str.h"

struct stream;
struct digest;
struct hasher;

struct stream_ops {
	/* 1: (*p)[0..*n) are the next bytes, at least want (or all that are
	 * left, when the end is nearer); 0: the end; -1: err. Valid until the
	 * next call on the stream. want is at most STREAM_WANT_MAX. */
	int (*peek)(struct stream *s, size_t want, const uint8_t **p, size_t *n,
		    struct err *err);
	void (*skip)(struct stream *s, size_t n); /* n <= the last *n */
	/* Drains what is left and checks what stands at the end: trailers,
	 * digests, sizes. A blob counts only after this. */
	int (*finish)(struct stream *s, struct err *err);
	void (*close)(struct stream *s); /* closes what it wraps, too */
	/* Moves past n bytes that need not be read, whatever was peeked; NULL
	 * where every byte counts. Who skips the last byte reads it, so that a
	 * source that is too short is noticed (see stream_skip_n). */
	int (*leap)(struct stream *s, uint64_t n, struct err *err);
	/* stream_hash; NULL where the bytes are not hashed on their way. */
	int (*hash)(struct stream *s, struct hasher *h, const uint8_t *p,
		    size_t n, struct err *err);
};

/* First member of every stream; zeroed but for ops. */
struct stream {
	const struct stream_ops *ops;
	struct err failed; /* what stream_peek and stream_finish repeat */
};

enum { STREAM_WANT_MAX = 64 << 10 };

static inline int stream_peek(struct stream *s, size_t want, const uint8_t **p,
			      size_t *n, struct err *err)
{
	if (s->failed.code) {
		*err = s->failed;
		return -1;
	}
	int r = s->ops->peek(s, want, p, n, err);
	if (r < 0)
		s->failed = *err;
	return r;
}
static inline void stream_skip(struct stream *s, size_t n)
{
	s->ops->skip(s, n);
}
static inline int stream_finish(struct stream *s, struct err *err)
{
	if (s->failed.code) {
		*err = s->failed;
		return -1;
	}
	int r = s->ops->finish(s, err);
	if (r < 0)
		s->failed = *err;
	return r;
}
/* Adds to *h the n bytes at p, which are the first that the last peek showed.
 * A stream that hashes what passes, or one below it, hashes them now instead of
 * when they are skipped, both in one pass (hasher_add_both). */
must_check int stream_hash(struct stream *s, struct hasher *h, const uint8_t *p,
			   size_t n, struct err *err);
void stream_close(struct stream **s);

/* Reads up to n bytes into buf; *got < n only at the end. */
must_check int stream_read(struct stream *s, void *buf, size_t n, size_t *got,
			   struct err *err);
/* Moves past n bytes; ERR_CORRUPT when the end is nearer. */
must_check int stream_skip_n(struct stream *s, uint64_t n, struct err *err);
/* Moves past all that is left. *n may be NULL. */
must_check int stream_drain(struct stream *s, uint64_t *n, struct err *err);
/* Appends all that is left; past b->max is ERR_LIMIT. */
must_check int stream_slurp(struct stream *s, struct buf *b, struct err *err);

/* Borrowed memory. */
must_check int mem_open(const void *p, size_t n, struct stream **out,
			struct err *err);
/* Bytes [offset, offset + size) of a seekable file, by pread; the descriptor
 * is borrowed and must outlive the stream. A file that ends early is
 * ERR_CORRUPT. name is for errors, copied;
 * empty where the caller names the file. Many streams may read one fd. */
must_check int fd_range_open(int fd, uint64_t offset, uint64_t size,
			     const char *name, struct stream **out,
			     struct err *err);
/* All of a pipe or file from where it stands; takes the descriptor over,
 * whatever happens: when it fails the descriptor is closed. */
must_check int fd_open(int fd, const char *name, struct stream **out,
		       struct err *err);

/* Wrappers: take *inner over on success (it becomes NULL). */

/* At most max bytes, else limits_exceeded(lim, field). */
must_check int limit_open(struct stream **inner, const struct limits *lim,
			  const uint64_t *field, struct stream **out,
			  struct err *err);
/* The content of a descriptor: exactly size bytes whose digest is want.
 * Stops at size + 1. peek hands bytes out before they are verified; they
 * count only after stream_finish. */
must_check int verify_open(struct stream **inner, const struct digest *want,
			   uint64_t size, struct stream **out, struct err *err);
/* Passes all through; after stream_finish *digest (sha256) and *size tell what
 * went by. Both may be NULL; they are borrowed until the close. */
must_check int hash_tee_open(struct stream **inner, struct digest *digest,
			     uint64_t *size, struct stream **out,
			     struct err *err);
