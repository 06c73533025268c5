/* SPDX-License-Identifier: Apache-2.0 */
/* gzip on several threads: the input is cut into chunks of 1 MiB, and each
 * becomes a member of its own (RFC 1952 2.2 lets members be concatenated, and
 * every reader takes them).
 *
 *	write	[chunk 0][chunk 1][chunk 2] ...		submitted in order
 *	pool	 deflate  deflate  deflate		in any order
 *	next	[member 0][member 1][member 2]		taken in order
 *
 * The cuts depend on the input alone, so the bytes are the same for any number
 * of threads. Chunks go round: when all are in work, the next write waits for
 * the oldest, which bounds memory and keeps the order. What is lost is the
 * window at each cut. */
#include "codec/internal.h"

#include <libdeflate.h>
#include <stdlib.h>

#include "base/pool.h"

/* Members of one size whatever the number of threads: same bytes. Larger ones
 * win less than 0.1 % and cost memory; smaller ones lose their window. */
enum { MEMBER = 1 << 20, HEADER = 10, TRAILER = 8 };

/* What is compressed already (packages, pictures, archives) is stored: deflate
 * takes as long for it as for text and makes it larger, by 49 bytes a MiB at
 * level 6, and each reader would inflate it. 64 KiB of a chunk are tried, and
 * not in one piece: the header of a member and the start of a file compress
 * where the rest does not, and the other way round. */
enum { PROBE = 4 << 10, PROBE_STRIDE = 64 << 10 };

/* RFC 1952 2.3: no name, MTIME 0, XFL 0, OS 255 (unknown). */
static const uint8_t header[HEADER] = { 0x1f, 0x8b, 8, [9] = 0xff };

struct chunk {
	struct task task;
	struct libdeflate_compressor *z, *probe, *store;
	uint8_t *packed;
	size_t n, n_packed, cap;
	uint8_t plain[MEMBER];
};

struct gzip_sink {
	struct sink s;
	struct sink *next;
	struct pool *pool;
	int level;
	unsigned n_chunks, chunks_max;
	struct chunk *fill; /* being written to; NULL: none at hand */
	struct chunk *chunks[];
};

static void put_u32(uint8_t *p, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> (8 * i));
}

/* Does no probe lose as much as a 256th part? They end at the first that does,
 * so text costs one of them. A short chunk is not worth the question. */
static bool is_dense(struct chunk *c)
{
	for (size_t at = 0; at + PROBE <= c->n; at += PROBE_STRIDE)
		if (libdeflate_deflate_compress(c->probe, c->plain + at, PROBE,
						c->packed, PROBE - PROBE / 256))
			return false;
	return c->n >= PROBE_STRIDE;
}

/* cap is the library's own bound for a member, so data that cannot be
 * compressed fits as well. */
static int compress_chunk(struct task *t, struct err *err)
{
	struct chunk *c = (struct chunk *)t;
	size_t room = c->cap - HEADER - TRAILER;
	struct libdeflate_compressor *z = is_dense(c) ? c->store : c->z;
	memcpy(c->packed, header, HEADER);
	size_t n = libdeflate_deflate_compress(z, c->plain, c->n,
					       c->packed + HEADER, room);
	if (n == 0)
		return err_set(err, ERR_NOMEM, "gzip: a member did not fit");
	put_u32(c->packed + HEADER + n, libdeflate_crc32(0, c->plain, c->n));
	put_u32(c->packed + HEADER + n + 4, (uint32_t)c->n);
	c->n_packed = HEADER + n + TRAILER;
	return 0;
}

static void chunk_free(struct chunk *c)
{
	if (!c)
		return;
	libdeflate_free_compressor(c->z);
	libdeflate_free_compressor(c->probe);
	libdeflate_free_compressor(c->store);
	free(c->packed);
	free(c);
}

static struct chunk *chunk_new(int level, struct err *err)
{
	struct chunk *c = malloc(sizeof *c);
	if (!c) {
		err_nomem(err, sizeof *c);
		return NULL;
	}
	c->task = (struct task){ .run = compress_chunk };
	c->packed = NULL;
	c->z = libdeflate_alloc_compressor(level);
	c->probe = libdeflate_alloc_compressor(1);
	c->store = libdeflate_alloc_compressor(0);
	/* One bound for all: without a compressor it is that of any level. */
	c->cap = libdeflate_deflate_compress_bound(NULL, MEMBER) + HEADER +
		 TRAILER;
	c->packed = malloc(c->cap);
	if (!c->z || !c->probe || !c->store || !c->packed) {
		err_nomem(err, c->cap);
		chunk_free(c);
		return NULL;
	}
	return c;
}

/* Writes the oldest member out; its chunk is free again. */
static int write_oldest(struct gzip_sink *g, struct chunk **free_chunk,
			struct err *err)
{
	struct task *t;
	int r = pool_next(g->pool, &t, err);
	if (r <= 0)
		return r;
	struct chunk *c = (struct chunk *)t;
	if (sink_write(g->next, c->packed, c->n_packed, err) < 0)
		return -1;
	*free_chunk = c;
	return 1;
}

/* Chunks are made as they are needed: a small layer on 64 threads has one. */
static int get_chunk(struct gzip_sink *g, struct err *err)
{
	if (g->n_chunks < g->chunks_max) {
		g->fill = chunk_new(g->level, err);
		if (!g->fill)
			return -1;
		g->chunks[g->n_chunks++] = g->fill;
	} else if (write_oldest(g, &g->fill, err) < 0) {
		return -1;
	}
	g->fill->n = 0;
	return 0;
}

static int gzip_write(struct sink *s, const void *p, size_t n, struct err *err)
{
	struct gzip_sink *g = (struct gzip_sink *)s;
	const uint8_t *from = p;
	while (n) {
		if (!g->fill && get_chunk(g, err) < 0)
			return -1;
		struct chunk *c = g->fill;
		size_t step = MIN(n, MEMBER - c->n);
		memcpy(c->plain + c->n, from, step);
		c->n += step;
		from += step;
		n -= step;
		if (c->n == MEMBER)
			pool_submit(g->pool, &take(&g->fill)->task);
	}
	return 0;
}

static int gzip_finish(struct sink *s, struct err *err)
{
	struct gzip_sink *g = (struct gzip_sink *)s;
	struct chunk *written;
	int r;
	/* RFC 1952 knows no empty file: nothing becomes one empty member. */
	if (g->n_chunks == 0 && get_chunk(g, err) < 0)
		return -1;
	if (g->fill)
		pool_submit(g->pool, &take(&g->fill)->task);
	while ((r = write_oldest(g, &written, err)) > 0)
		continue;
	return r;
}

static void gzip_close(struct sink *s)
{
	struct gzip_sink *g = (struct gzip_sink *)s;
	pool_close(&g->pool);
	for (unsigned i = 0; i < g->n_chunks; i++)
		chunk_free(g->chunks[i]);
	free(g);
}

int codec_gzip_sink_open(int level, unsigned threads, struct sink *next,
			 struct sink **out, struct err *err)
{
	static const struct sink_ops ops = { gzip_write, gzip_finish,
					     gzip_close };
	/* One compressing on every thread, one being filled, one done. */
	unsigned n = threads > 1 ? threads + 2 : 1;
	struct gzip_sink *g = calloc(1, sizeof *g + n * sizeof *g->chunks);
	if (!g)
		return err_nomem(err, sizeof *g);
	if (pool_new(MAX(threads, 1u), &g->pool, err) < 0) {
		free(g);
		return -1;
	}
	g->s.ops = &ops;
	g->next = next;
	g->level = level;
	g->chunks_max = n;
	*out = &g->s;
	return 0;
}
