/* SPDX-License-Identifier: Apache-2.0 */
/* The index of a layer as a file: a magic, chunks, and a SHA-256 over all
 * before it. docs/index-format.md has the drawing.
 *
 * A file of the cache is believed no more than one from a registry: a disk may
 * be damaged, and a machine may stop in the middle of a write. Every length is
 * held against what it may be, the sum is checked over all of it, and any
 * failure means only that the layer is read again.
 *
 *	"PAREIDX" 3 | HEAD | RECS .. RECS | MARK | SUM
 *	chunk: tag of 4 bytes, length of 8, bytes */
#include <stdlib.h>

#include "base/cursor.h"
#include "layer/index.h"

/* Raise the last byte when a chunk changes its meaning. New chunks need no
 * new number: a reader skips what it does not know. */
static const char magic[8] = { 'P', 'A', 'R', 'E', 'I', 'D', 'X', 3 };

/* Chunks are read whole: a broken length must not ask for all memory. A RECS
 * chunk is a piece (RECORD_PIECE, 1 MiB) and at most a record more. */
enum { HEAD_BYTES = 32 + 32 + 4 * 8 + 1, CHUNK_MAX = 64 << 20 };

/* Numbers are written as they lie in memory: little-endian, as the format asks,
 * on all that pare is built for. */
static int put_chunk(struct sink *to, const char *tag, const void *p, size_t n,
		     struct err *err)
{
	uint64_t len = n;
	if (sink_write(to, tag, 4, err) < 0 ||
	    sink_write(to, &len, sizeof len, err) < 0)
		return -1;
	return n ? sink_write(to, p, n, err) : 0;
}

static int put_head(struct sink *to, const struct layer_index *ix,
		    struct err *err)
{
	scoped(buf_done) struct buf b = BUF_INIT(HEAD_BYTES);
	if (buf_add(&b, ix->blob.bytes, 32, err) < 0 ||
	    buf_add(&b, ix->diff_id.bytes, 32, err) < 0 ||
	    buf_u64(&b, ix->blob_size, err) < 0 ||
	    buf_u64(&b, ix->tar_size, err) < 0 ||
	    buf_u64(&b, ix->n_records, err) < 0 ||
	    buf_u64(&b, ix->trailing, err) < 0 ||
	    buf_byte(&b, (char)ix->codec, err) < 0)
		return -1;
	return put_chunk(to, "HEAD", b.p, b.n, err);
}

static int put_records(struct sink *to, const struct record_list *l,
		       struct err *err)
{
	for (uint32_t i = 0; i < l->n; i++)
		if (put_chunk(to, "RECS", l->pieces[i].p, l->pieces[i].n, err) <
		    0)
			return -1;
	return 0;
}

int layer_index_save(const struct layer_index *ix, struct sink *to,
		     struct err *err)
{
	struct digest sum;
	scoped(sink_close) struct sink *h = NULL;
	if (hash_sink_open(to, &sum, NULL, &h, err) < 0 ||
	    sink_write(h, magic, sizeof magic, err) < 0 ||
	    put_head(h, ix, err) < 0 || put_records(h, &ix->records, err) < 0 ||
	    put_chunk(h, "MARK", ix->marks.v, ix->marks.n * sizeof *ix->marks.v,
		      err) < 0 ||
	    sink_finish(h, err) < 0)
		return -1;
	return put_chunk(to, "SUM ", sum.bytes, 32, err);
}

static int bad(struct err *err, const char *why)
{
	return err_set(err, ERR_CORRUPT, "layer index file: %s", why);
}

/* A file on its way in; every byte but the last chunk's is hashed. */
struct loading {
	struct stream *from;
	struct hasher hash;
};

static void loading_done(struct loading *l)
{
	hasher_done(&l->hash);
}

static int get(struct loading *l, void *to, size_t n, struct err *err)
{
	size_t got;
	if (stream_read(l->from, to, n, &got, err) < 0)
		return -1;
	return got == n ? 0 : bad(err, "it ends early");
}

static int get_hashed(struct loading *l, void *to, size_t n, struct err *err)
{
	if (get(l, to, n, err) < 0)
		return -1;
	return hasher_add(&l->hash, to, n, err);
}

static int load_head(struct loading *l, uint64_t n, struct layer_index *ix,
		     struct err *err)
{
	uint8_t head[HEAD_BYTES];
	/* blob.alg: this is a second HEAD. */
	if (n != sizeof head || ix->blob.alg)
		return bad(err, "broken HEAD");
	if (get_hashed(l, head, sizeof head, err) < 0)
		return -1;
	struct cur c = cur_of(head, sizeof head);
	ix->blob.alg = ix->diff_id.alg = DIGEST_SHA256;
	memcpy(ix->blob.bytes, cur_take(&c, 32), 32);
	memcpy(ix->diff_id.bytes, cur_take(&c, 32), 32);
	ix->blob_size = cur_u64(&c);
	ix->tar_size = cur_u64(&c);
	ix->n_records = cur_u64(&c);
	ix->trailing = cur_u64(&c);
	uint8_t codec = cur_u8(&c);
	if (codec > CODEC_BZIP2)
		return bad(err, "broken HEAD");
	ix->codec = (enum codec)codec;
	return 0;
}

/* Records are decoded later, when they are asked for; a broken one that a right
 * sum covers is found then. */
static int load_records(struct loading *l, uint64_t n, struct layer_index *ix,
			struct err *err)
{
	char *to;
	if (layer_record_list_piece(&ix->records, (size_t)n, &to, err) < 0)
		return -1;
	return get_hashed(l, to, (size_t)n, err);
}

static int load_marks(struct loading *l, uint64_t n, struct codec_marks *m,
		      struct err *err)
{
	/* m->v: a second MARK would leak the first. */
	if (n % sizeof *m->v || m->v)
		return bad(err, "broken MARK");
	if (n == 0)
		return 0;
	m->v = malloc((size_t)n);
	if (!m->v)
		return err_nomem(err, n);
	m->n = m->cap = (size_t)n / sizeof *m->v;
	return get_hashed(l, m->v, (size_t)n, err);
}

/* A chunk of a later version is hashed, too: the sum is over all. */
static int skip_chunk(struct loading *l, uint64_t n, struct err *err)
{
	char piece[4096];
	for (; n; n -= MIN(n, (uint64_t)sizeof piece))
		if (get_hashed(l, piece, (size_t)MIN(n, (uint64_t)sizeof piece),
			       err) < 0)
			return -1;
	return 0;
}

/* The last chunk: the sum of all before it, and nothing behind. */
static int check_sum(struct loading *l, uint64_t n, struct err *err)
{
	struct digest sum;
	uint8_t want[32];
	const uint8_t *p;
	size_t left;
	if (n != sizeof want)
		return bad(err, "broken SUM");
	if (get(l, want, sizeof want, err) < 0 ||
	    hasher_end(&l->hash, DIGEST_SHA256, &sum, err) < 0)
		return -1;
	if (memcmp(want, sum.bytes, sizeof want) != 0)
		return bad(err, "checksum differs");
	int r = stream_peek(l->from, 1, &p, &left, err);
	return r > 0 ? bad(err, "bytes behind its end") : r;
}

/* 1: one more; 0: it was the last. */
static int load_chunk(struct loading *l, struct layer_index *ix,
		      struct err *err)
{
	struct {
		char tag[4];
		uint8_t n[8];
	} head;
	uint64_t n;
	if (get(l, &head, sizeof head, err) < 0)
		return -1;
	memcpy(&n, head.n, sizeof n);
	if (memcmp(head.tag, "SUM ", 4) == 0)
		return check_sum(l, n, err);
	if (n > CHUNK_MAX)
		return bad(err, "a chunk is too long");
	if (hasher_add(&l->hash, &head, sizeof head, err) < 0)
		return -1;
	int r = memcmp(head.tag, "HEAD", 4) == 0   ? load_head(l, n, ix, err)
		: memcmp(head.tag, "RECS", 4) == 0 ? load_records(l, n, ix, err)
		: memcmp(head.tag, "MARK", 4) == 0
			? load_marks(l, n, &ix->marks, err)
			: skip_chunk(l, n, err);
	return r < 0 ? -1 : 1;
}

/* *out is set when the sum was right, and not before: what was read until then
 * is thrown away. */
int layer_index_load(struct stream *from, struct layer_index *out,
		     struct err *err)
{
	scoped(layer_index_done) struct layer_index ix = { 0 };
	scoped(loading_done) struct loading l = { from, HASHER_INIT };
	char start[sizeof magic];
	int r;
	if (hasher_start(&l.hash, DIGEST_SHA256, err) < 0 ||
	    get_hashed(&l, start, sizeof start, err) < 0)
		return -1;
	if (memcmp(start, magic, sizeof magic) != 0)
		return bad(err, "another format or version");
	while ((r = load_chunk(&l, &ix, err)) > 0)
		;
	if (r < 0)
		return -1;
	if (ix.blob.alg == DIGEST_NONE)
		return bad(err, "no HEAD");
	*out = ix;
	ix = (struct layer_index){ 0 };
	return 0;
}
