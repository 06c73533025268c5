/* SPDX-License-Identifier: Apache-2.0 */
#include "base/stream.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "base/digest.h"

int stream_hash(struct stream *s, struct hasher *h, const uint8_t *p, size_t n,
		struct err *err)
{
	if (s->ops->hash)
		return s->ops->hash(s, h, p, n, err);
	return hasher_add(h, p, n, err);
}

void stream_close(struct stream **s)
{
	int saved = errno;
	if (*s)
		(*s)->ops->close(*s);
	*s = NULL;
	errno = saved;
}

int stream_read(struct stream *s, void *buf, size_t n, size_t *got,
		struct err *err)
{
	size_t done = 0;
	while (done < n) {
		const uint8_t *p;
		size_t have;
		int r = stream_peek(s, 1, &p, &have, err);
		if (r < 0)
			return -1;
		if (r == 0)
			break;
		have = MIN(have, n - done);
		memcpy((char *)buf + done, p, have);
		stream_skip(s, have);
		done += have;
	}
	*got = done;
	return 0;
}

/* All but the last byte may be leapt over; that one is read, so that a file
 * that is too short is noticed here. */
static int leap(struct stream *s, uint64_t *n, struct err *err)
{
	if (!s->ops->leap || *n < 2)
		return 0;
	if (s->failed.code) {
		*err = s->failed;
		return -1;
	}
	if (s->ops->leap(s, *n - 1, err) < 0) {
		s->failed = *err;
		return -1;
	}
	*n = 1;
	return 0;
}

int stream_skip_n(struct stream *s, uint64_t n, struct err *err)
{
	if (leap(s, &n, err) < 0)
		return -1;
	while (n) {
		const uint8_t *p;
		size_t have;
		int r = stream_peek(s, 1, &p, &have, err);
		if (r < 0)
			return -1;
		if (r == 0)
			return err_set(err, ERR_CORRUPT,
				       "the data ends %" PRIu64 " bytes early",
				       n);
		have = (size_t)MIN((uint64_t)have, n);
		stream_skip(s, have);
		n -= have;
	}
	return 0;
}

int stream_drain(struct stream *s, uint64_t *n, struct err *err)
{
	const uint8_t *p;
	size_t have;
	uint64_t total = 0;
	int r;
	while ((r = stream_peek(s, 1, &p, &have, err)) > 0) {
		stream_skip(s, have);
		total += have;
	}
	if (r < 0)
		return -1;
	if (n)
		*n = total;
	return 0;
}

int stream_slurp(struct stream *s, struct buf *b, struct err *err)
{
	const uint8_t *p;
	size_t have;
	int r;
	while ((r = stream_peek(s, 1, &p, &have, err)) > 0) {
		if (buf_add(b, p, have, err) < 0)
			return -1;
		stream_skip(s, have);
	}
	return r;
}

struct mem_stream {
	struct stream s;
	const uint8_t *p;
	size_t n;
};

static int mem_peek(struct stream *s, size_t want, const uint8_t **p, size_t *n,
		    struct err *err)
{
	struct mem_stream *m = (struct mem_stream *)s;
	(void)want;
	(void)err;
	if (m->n == 0)
		return 0;
	*p = m->p;
	*n = m->n;
	return 1;
}

static void mem_skip(struct stream *s, size_t n)
{
	struct mem_stream *m = (struct mem_stream *)s;
	m->p += n;
	m->n -= n;
}

static int mem_finish(struct stream *s, struct err *err)
{
	struct mem_stream *m = (struct mem_stream *)s;
	(void)err;
	m->n = 0;
	return 0;
}

static void mem_close(struct stream *s)
{
	free(s);
}

static const struct stream_ops mem_ops = {
	.peek = mem_peek,
	.skip = mem_skip,
	.finish = mem_finish,
	.close = mem_close,
};

int mem_open(const void *p, size_t n, struct stream **out, struct err *err)
{
	struct mem_stream *m = calloc(1, sizeof *m);
	if (!m)
		return err_nomem(err, sizeof *m);
	m->s.ops = &mem_ops;
	m->p = p;
	m->n = n;
	*out = &m->s;
	return 0;
}
