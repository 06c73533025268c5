/* SPDX-License-Identifier: Apache-2.0 */
/* gzip on several threads: the input is cut into chunks of about 1 MiB, and
 * each becomes a member of its own (RFC 1952 2.2 lets members be concatenated,
 * and every reader takes them).
 *
 *	write	[chunk 0][chunk 1][chunk 2] ...		submitted in order
 *	pool	 deflate  deflate  deflate		in any order
 *	next	[member 0][member 1][member 2]		taken in order
 *
 * The cuts depend on the input and its borders alone, so the bytes are the same
 * for any number of threads. Chunks go round: when all are in work, the next
 * write waits for the oldest, which bounds memory and keeps the order. What is
 * lost is the window at each cut. */
#include "codec/internal.h"

#include <libdeflate.h>
#include <stdlib.h>

#include "base/pool.h"
#include "codec/donors.h"

/* Cut where files begin once a member has 256 KiB, and in a large file at each
 * MiB of it, whatever the number of threads: same bytes. So a file that changes
 * moves the cuts behind it little or not at all, and the members behind can be
 * copied at the next rewrite (donors.h). Without files to cut at, members have
 * 1 MiB; larger ones win less than 0.1 %, smaller ones lose their window. */
enum {
	MEMBER = 1 << 20,
	MEMBER_MIN = 256 << 10,
	ROOM = MEMBER + MEMBER_MIN, /* the longest there can be */
};

/* What is compressed already (packages, pictures, archives) is stored: deflate
 * takes as long for it as for text and makes it larger, by 49 bytes a MiB at
 * level 6, and each reader would inflate it. 64 KiB of a chunk are tried, and
 * not in one piece: the header of a member and the start of a file compress
 * where the rest does not, and the other way round. */
enum { PROBE = 4 << 10, PROBE_STRIDE = 64 << 10 };

struct chunk {
	struct task task;
	struct libdeflate_compressor *z, *probe, *store;
	int level;
	uint8_t *packed;
	size_t n, n_packed, cap;
	size_t n_copied; /* packed holds a donor's member, maybe the same */
	struct libdeflate_decompressor
		*unzip; /* when the first is to be told */
	uint8_t *unpacked;
	uint8_t plain[ROOM];
};

struct gzip_sink {
	struct sink s;
	struct sink *next;
	struct pool *pool;
	int level;
	struct codec_donors *donors; /* borrowed; may be NULL */
	uint64_t since;		     /* bytes, the file began */
	unsigned n_chunks, chunks_max;
	struct chunk *fill; /* being written to; NULL: none at hand */
	struct chunk *chunks[];
};

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

/* Is the donor's member just what this one is to be? Its header and trailer
 * are, and it inflates to the same bytes. */
static bool is_copy(struct chunk *c)
{
	uint8_t head[GZIP_HEAD], trailer[GZIP_TRAILER];
	const uint8_t *data = c->packed + GZIP_HEAD;
	size_t n = c->n_copied - GZIP_HEAD - GZIP_TRAILER, used;
	codec_gzip_put_head(head, (uint32_t)c->n_copied, c->level);
	codec_gzip_put_trailer(trailer, libdeflate_crc32(0, c->plain, c->n),
			       (uint32_t)c->n);
	return memcmp(c->packed, head, sizeof head) == 0 &&
	       memcmp(data + n, trailer, sizeof trailer) == 0 &&
	       libdeflate_deflate_decompress_ex(c->unzip, data, n, c->unpacked,
						c->n, &used,
						NULL) == LIBDEFLATE_SUCCESS &&
	       used == n && memcmp(c->unpacked, c->plain, c->n) == 0;
}

/* cap is the library's own bound for a member, so data that cannot be
 * compressed fits as well. */
static int compress_chunk(struct task *t, struct err *err)
{
	struct chunk *c = (struct chunk *)t;
	size_t room = c->cap - GZIP_HEAD - GZIP_TRAILER;
	c->n_packed = c->n_copied;
	if (c->n_copied && is_copy(c))
		return 0;
	struct libdeflate_compressor *z = is_dense(c) ? c->store : c->z;
	uint8_t *data = c->packed + GZIP_HEAD;
	size_t n = libdeflate_deflate_compress(z, c->plain, c->n, data, room);
	if (n == 0)
		return err_set(err, ERR_NOMEM, "gzip: a member did not fit");
	c->n_packed = GZIP_HEAD + n + GZIP_TRAILER;
	codec_gzip_put_head(c->packed, (uint32_t)c->n_packed, c->level);
	codec_gzip_put_trailer(data + n, libdeflate_crc32(0, c->plain, c->n),
			       (uint32_t)c->n);
	return 0;
}

static void chunk_free(struct chunk *c)
{
	if (!c)
		return;
	libdeflate_free_compressor(c->z);
	libdeflate_free_compressor(c->probe);
	libdeflate_free_compressor(c->store);
	libdeflate_free_decompressor(c->unzip);
	free(c->unpacked);
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
	/* Content is left as it is: clearing it would touch its pages. */
	memset(c, 0, offsetof(struct chunk, plain));
	c->task = (struct task){ .run = compress_chunk };
	c->level = level;
	c->z = libdeflate_alloc_compressor(level);
	c->probe = libdeflate_alloc_compressor(1);
	c->store = libdeflate_alloc_compressor(0);
	/* One bound for all: without a compressor it is that of any level. */
	c->cap = libdeflate_deflate_compress_bound(NULL, ROOM) + GZIP_HEAD +
		 GZIP_TRAILER;
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

static int ask_donors(struct gzip_sink *g, struct chunk *c, struct err *err)
{
	struct codec_member like = {
		.crc = libdeflate_crc32(0, c->plain, c->n),
		.size = (uint32_t)c->n,
		.level = (uint8_t)c->level,
	};
	size_t n;
	if (!c->unzip)
		c->unzip = libdeflate_alloc_decompressor();
	if (!c->unpacked)
		c->unpacked = malloc(ROOM);
	if (!c->unzip || !c->unpacked)
		return err_nomem(err, ROOM);
	int r = codec_donors_take(g->donors, &like, c->packed, c->cap, &n, err);
	if (r > 0)
		c->n_copied = n;
	return r;
}

/* Donors are asked here and not by a worker: they are read front to back. */
static int end_member(struct gzip_sink *g, struct err *err)
{
	struct chunk *c = take(&g->fill);
	c->n_copied = 0;
	if (g->donors && ask_donors(g, c, err) < 0)
		return -1;
	pool_submit(g->pool, &c->task);
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
		size_t step = MIN(n, MEMBER - (size_t)(g->since % MEMBER));
		memcpy(c->plain + c->n, from, step);
		c->n += step;
		g->since += step;
		from += step;
		n -= step;
		if (g->since % MEMBER == 0 && c->n >= MEMBER_MIN &&
		    end_member(g, err) < 0)
			return -1;
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
	if (g->fill && end_member(g, err) < 0)
		return -1;
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

static const struct sink_ops gzip_ops = { gzip_write, gzip_finish, gzip_close };

int codec_sink_border(struct sink *s, struct err *err)
{
	struct gzip_sink *g = (struct gzip_sink *)s;
	if (s->ops != &gzip_ops)
		return 0;
	g->since = 0;
	if (!g->fill || g->fill->n < MEMBER_MIN)
		return 0;
	return end_member(g, err);
}

void codec_sink_donors(struct sink *s, struct codec_donors *d)
{
	if (s->ops == &gzip_ops)
		((struct gzip_sink *)s)->donors = d;
}

int codec_gzip_sink_open(int level, unsigned threads, struct sink *next,
			 struct sink **out, struct err *err)
{
	/* One compressing on every thread, one being filled, one done. */
	unsigned n = threads > 1 ? threads + 2 : 1;
	struct gzip_sink *g = calloc(1, sizeof *g + n * sizeof *g->chunks);
	if (!g)
		return err_nomem(err, sizeof *g);
	if (pool_new(MAX(threads, 1u), &g->pool, err) < 0) {
		free(g);
		return -1;
	}
	g->s.ops = &gzip_ops;
	g->next = next;
	g->level = level;
	g->chunks_max = n;
	*out = &g->s;
	return 0;
}
