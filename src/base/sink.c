/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sink.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/io.h"

void sink_close(struct sink **s)
{
	int saved = errno;
	if (*s)
		(*s)->ops->close(*s);
	*s = NULL;
	errno = saved;
}

int sink_zeros(struct sink *s, uint64_t n, struct err *err)
{
	static const char zeros[16 << 10];
	while (n) {
		size_t step = (size_t)MIN(n, (uint64_t)sizeof zeros);
		if (sink_write(s, zeros, step, err) < 0)
			return -1;
		n -= step;
	}
	return 0;
}

int sink_pump(struct sink *s, struct stream *from, uint64_t *n, struct err *err)
{
	const uint8_t *p;
	size_t have;
	uint64_t total = 0;
	int r;
	while ((r = stream_peek(from, 1, &p, &have, err)) > 0) {
		if (sink_write(s, p, have, err) < 0)
			return -1;
		stream_skip(from, have);
		total += have;
	}
	if (r < 0)
		return -1;
	if (n)
		*n = total;
	return 0;
}

enum { FD_SINK_BUFFER = 256 << 10 };

struct fd_sink {
	struct sink s;
	int fd;
	size_t n;
	char buf[FD_SINK_BUFFER];
	char name[];
};

static int write_all(struct fd_sink *f, const char *p, size_t n,
		     struct err *err)
{
	if (io_write(f->fd, p, n, err) < 0)
		return err_ctx(err, "writing %s", f->name);
	return 0;
}

static int flush(struct fd_sink *f, struct err *err)
{
	size_t n = f->n;
	f->n = 0;
	return write_all(f, f->buf, n, err);
}

static int fd_write(struct sink *s, const void *p, size_t n, struct err *err)
{
	struct fd_sink *f = (struct fd_sink *)s;
	if (n == 0)
		return 0;
	if (n > sizeof f->buf - f->n && flush(f, err) < 0)
		return -1;
	if (n >= sizeof f->buf)
		return write_all(f, p, n, err);
	memcpy(f->buf + f->n, p, n);
	f->n += n;
	return 0;
}

static int fd_finish(struct sink *s, struct err *err)
{
	return flush((struct fd_sink *)s, err);
}

static void free_close(struct sink *s)
{
	free(s);
}

int fd_sink_open(int fd, const char *name, struct sink **out, struct err *err)
{
	static const struct sink_ops ops = { fd_write, fd_finish, free_close };
	size_t len = strlen(name) + 1;
	struct fd_sink *f = malloc(sizeof *f + len);
	if (!f)
		return err_nomem(err, sizeof *f);
	f->s = (struct sink){ .ops = &ops };
	f->fd = fd;
	f->n = 0;
	memcpy(f->name, name, len);
	*out = &f->s;
	return 0;
}

struct buf_sink {
	struct sink s;
	struct buf *b;
};

static int buf_write(struct sink *s, const void *p, size_t n, struct err *err)
{
	return buf_add(((struct buf_sink *)s)->b, p, n, err);
}

static int no_finish(struct sink *s, struct err *err)
{
	(void)s;
	(void)err;
	return 0;
}

int buf_sink_open(struct buf *b, struct sink **out, struct err *err)
{
	static const struct sink_ops ops = { buf_write, no_finish, free_close };
	struct buf_sink *s = calloc(1, sizeof *s);
	if (!s)
		return err_nomem(err, sizeof *s);
	s->s.ops = &ops;
	s->b = b;
	*out = &s->s;
	return 0;
}

static int null_write(struct sink *s, const void *p, size_t n, struct err *err)
{
	(void)s;
	(void)p;
	(void)n;
	(void)err;
	return 0;
}

int null_sink_open(struct sink **out, struct err *err)
{
	static const struct sink_ops ops = { null_write, no_finish,
					     free_close };
	struct sink *s = calloc(1, sizeof *s);
	if (!s)
		return err_nomem(err, sizeof *s);
	s->ops = &ops;
	*out = s;
	return 0;
}

struct hash_sink {
	struct sink s;
	struct sink *next;
	struct hasher hash;
	struct digest *digest;
	uint64_t *size;
	uint64_t passed;
};

static int hash_write(struct sink *s, const void *p, size_t n, struct err *err)
{
	struct hash_sink *h = (struct hash_sink *)s;
	if (h->digest && hasher_add(&h->hash, p, n, err) < 0)
		return -1;
	h->passed += n;
	return h->next ? sink_write(h->next, p, n, err) : 0;
}

static int hash_finish(struct sink *s, struct err *err)
{
	struct hash_sink *h = (struct hash_sink *)s;
	if (h->digest &&
	    hasher_end(&h->hash, DIGEST_SHA256, h->digest, err) < 0)
		return -1;
	if (h->size)
		*h->size = h->passed;
	return 0;
}

static void hash_close(struct sink *s)
{
	struct hash_sink *h = (struct hash_sink *)s;
	hasher_done(&h->hash);
	free(h);
}

int hash_sink_open(struct sink *next, struct digest *digest, uint64_t *size,
		   struct sink **out, struct err *err)
{
	static const struct sink_ops ops = { hash_write, hash_finish,
					     hash_close };
	struct hash_sink *h = calloc(1, sizeof *h);
	if (!h)
		return err_nomem(err, sizeof *h);
	h->s.ops = &ops;
	if (digest && hasher_start(&h->hash, DIGEST_SHA256, err) < 0) {
		hash_close(&h->s);
		return -1;
	}
	h->next = next;
	h->digest = digest;
	h->size = size;
	*out = &h->s;
	return 0;
}
