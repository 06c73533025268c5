/* SPDX-License-Identifier: Apache-2.0 */
/* base/sink.h - bytes pushed somewhere; the mirror of a stream.
 *
 * Wrappers borrow the sink below them: each is finished, then closed, by
 * who opened it, the outermost first. After an error a sink stays failed. */
#pragma once
#include <stdint.h>

#include "base/str.h"
#include "base/stream.h"

struct sink;
struct digest;

struct sink_ops {
	int (*write)(struct sink *s, const void *p, size_t n, struct err *err);
	/* Writes out what is held back and what ends the format. Once. */
	int (*finish)(struct sink *s, struct err *err);
	void (*close)(struct sink *s);
};

/* First member of every sink; zeroed but for ops. */
struct sink {
	const struct sink_ops *ops;
	struct err failed; /* what sink_write and sink_finish repeat */
};

must_check static inline int sink_write(struct sink *s, const void *p, size_t n,
					struct err *err)
{
	if (s->failed.code) {
		*err = s->failed;
		return -1;
	}
	int r = s->ops->write(s, p, n, err);
	if (r < 0)
		s->failed = *err;
	return r;
}
must_check static inline int sink_finish(struct sink *s, struct err *err)
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
void sink_close(struct sink **s);

/* n zero bytes. */
must_check int sink_zeros(struct sink *s, uint64_t n, struct err *err);
/* All that is left of the stream; *n (or NULL) says how much. */
must_check int sink_pump(struct sink *s, struct stream *from, uint64_t *n,
			 struct err *err);

/* A descriptor, borrowed; buffered; written from its offset on. */
must_check int fd_sink_open(int fd, const char *name, struct sink **out,
			    struct err *err);
/* A buffer, borrowed. */
must_check int buf_sink_open(struct buf *b, struct sink **out, struct err *err);
/* Nowhere. */
must_check int null_sink_open(struct sink **out, struct err *err);
/* Passes all to next (borrowed; NULL: nowhere) and, after finish, has told the
 * sha256 and the size. Both outputs may be NULL. Does not finish next. */
must_check int hash_sink_open(struct sink *next, struct digest *digest,
			      uint64_t *size, struct sink **out,
			      struct err *err);
