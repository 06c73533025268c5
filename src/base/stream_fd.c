/* SPDX-License-Identifier: Apache-2.0 */
#include "base/stream.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/checked.h"
#include "base/io.h"

/* Large enough that a read costs little, small enough for the second-level
 * cache; at least twice STREAM_WANT_MAX, so that a peek moves little. */
enum { FD_BUFFER = 256 << 10 };

struct fd_stream {
	struct stream s;
	int fd;
	bool ranged; /* pread of [at, end), the descriptor is borrowed */
	bool ended;  /* of a pipe: read() gave 0 */
	uint64_t at; /* where the next read begins */
	uint64_t end;
	uint8_t *buf;
	size_t from, to, cap; /* buf[from..to) is not skipped yet */
	char name[];	      /* "NAME: ", what errors begin with; or empty */
};

static bool at_end(const struct fd_stream *f)
{
	return f->ranged ? f->at == f->end : f->ended;
}

/* One read behind what the buffer holds. */
static int fill(struct fd_stream *f, struct err *err)
{
	size_t room = f->cap - f->to;
	ssize_t n;
	if (f->ranged)
		room = (size_t)MIN((uint64_t)room, f->end - f->at);
	n = f->ranged ? io_pread(f->fd, f->buf + f->to, room, f->at, err)
		      : io_read(f->fd, f->buf + f->to, room, err);
	if (n < 0)
		return err_ctx(err, "%sreading at byte %" PRIu64, f->name,
			       f->at);
	if (n == 0 && f->ranged)
		return err_set(err, ERR_CORRUPT,
			       "%sends early, nothing at byte %" PRIu64
			       " of the %" PRIu64 " expected",
			       f->name, f->at, f->end);
	f->ended = n == 0;
	f->at += (size_t)n;
	f->to += (size_t)n;
	return 0;
}

static int fd_peek(struct stream *s, size_t want, const uint8_t **p, size_t *n,
		   struct err *err)
{
	struct fd_stream *f = (struct fd_stream *)s;
	assert(want <= STREAM_WANT_MAX);
	want = MAX(want, (size_t)1);
	if (f->to - f->from < want && !at_end(f)) {
		if (f->from)
			memmove(f->buf, f->buf + f->from, f->to - f->from);
		f->to -= f->from;
		f->from = 0;
		while (f->to < want && !at_end(f))
			if (fill(f, err) < 0)
				return -1;
	}
	if (f->from == f->to)
		return 0;
	*p = f->buf + f->from;
	*n = f->to - f->from;
	return 1;
}

static void fd_skip(struct stream *s, size_t n)
{
	struct fd_stream *f = (struct fd_stream *)s;
	f->from += n;
}

static int fd_leap(struct stream *s, uint64_t n, struct err *err)
{
	struct fd_stream *f = (struct fd_stream *)s;
	size_t held = f->to - f->from;
	if (n <= held) {
		f->from += (size_t)n;
		return 0;
	}
	n -= held;
	f->from = f->to = 0;
	if (n > f->end - f->at)
		return err_set(err, ERR_CORRUPT,
			       "%sends at byte %" PRIu64 ", %" PRIu64
			       " bytes early",
			       f->name, f->end, n - (f->end - f->at));
	f->at += n;
	return 0;
}

static int fd_finish(struct stream *s, struct err *err)
{
	return stream_drain(s, NULL, err);
}

static void fd_stream_close(struct stream *s)
{
	struct fd_stream *f = (struct fd_stream *)s;
	if (!f->ranged)
		close(f->fd);
	free(f->buf);
	free(f);
}

static const struct stream_ops range_ops = {
	.peek = fd_peek,
	.skip = fd_skip,
	.finish = fd_finish,
	.close = fd_stream_close,
	.leap = fd_leap,
};

static const struct stream_ops fd_ops = {
	.peek = fd_peek,
	.skip = fd_skip,
	.finish = fd_finish,
	.close = fd_stream_close,
};

static struct fd_stream *fd_stream_new(int fd, const char *name, size_t cap,
				       struct err *err)
{
	size_t len = strlen(name) + sizeof ": ";
	struct fd_stream *f = calloc(1, sizeof *f + len);
	uint8_t *buf = malloc(MAX(cap, (size_t)1));
	if (!f || !buf) {
		free(f);
		free(buf);
		err_nomem(err, cap);
		return NULL;
	}
	snprintf(f->name, len, "%s%s", name, *name ? ": " : "");
	f->fd = fd;
	f->buf = buf;
	f->cap = cap;
	return f;
}

int fd_range_open(int fd, uint64_t offset, uint64_t size, const char *name,
		  struct stream **out, struct err *err)
{
	uint64_t end;
	if (ckd_add(&end, offset, size) || end > INT64_MAX)
		return err_set(err, ERR_CORRUPT,
			       "%s: no file holds %" PRIu64
			       " bytes at byte %" PRIu64,
			       name, size, offset);
	struct fd_stream *f = fd_stream_new(
		fd, name, (size_t)MIN(size, (uint64_t)FD_BUFFER), err);
	if (!f)
		return -1;
	f->s.ops = &range_ops;
	f->ranged = true;
	f->at = offset;
	f->end = end;
	if (size > FD_BUFFER)
		posix_fadvise(fd, (off_t)offset, (off_t)size,
			      POSIX_FADV_SEQUENTIAL);
	*out = &f->s;
	return 0;
}

int fd_open(int fd, const char *name, struct stream **out, struct err *err)
{
	struct fd_stream *f = fd_stream_new(fd, name, FD_BUFFER, err);
	if (!f) {
		close(fd);
		return -1;
	}
	f->s.ops = &fd_ops;
	*out = &f->s;
	return 0;
}
