/* SPDX-License-Identifier: Apache-2.0 */
/* The index of a layer as a file: a magic, chunks, and a SHA-256 over all
 * before it. docs/index-format.md has the drawing. */
#include <stdlib.h>

#include "base/cursor.h"
#include "tree/index.h"

/* Raise the last byte when a chunk changes its meaning. New chunks need no
 * new number: a reader skips what it does not know. */
static const char magic[8] = { 'P', 'A', 'R', 'E', 'I', 'D', 'X', 2 };

enum { HEAD_BYTES = 32 + 32 + 4 * 8 + 1 };

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

int index_save(const struct layer_index *ix, struct sink *to, struct err *err)
{
	struct digest sum;
	scoped(sink_close) struct sink *h = NULL;
	if (hash_sink_open(to, &sum, NULL, &h, err) < 0 ||
	    sink_write(h, magic, sizeof magic, err) < 0 ||
	    put_head(h, ix, err) < 0 ||
	    put_chunk(h, "RECS", ix->records.p, ix->records.n, err) < 0 ||
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

static int load_head(const uint8_t *p, size_t n, struct layer_index *ix,
		     struct err *err)
{
	struct cur c = cur_of(p, n);
	ix->blob.alg = ix->diff_id.alg = DIGEST_SHA256;
	const uint8_t *blob = cur_take(&c, 32), *diff = cur_take(&c, 32);
	ix->blob_size = cur_u64(&c);
	ix->tar_size = cur_u64(&c);
	ix->n_records = cur_u64(&c);
	ix->trailing = cur_u64(&c);
	uint8_t codec = cur_u8(&c);
	if (c.ran_out || codec > CODEC_BZIP2)
		return bad(err, "broken HEAD");
	ix->codec = (enum codec)codec;
	memcpy(ix->blob.bytes, blob, 32);
	memcpy(ix->diff_id.bytes, diff, 32);
	return 0;
}

static int load_marks(const uint8_t *p, size_t n, struct codec_marks *m,
		      struct err *err)
{
	if (n % sizeof *m->v || m->v)
		return bad(err, "broken MARK");
	if (n == 0)
		return 0;
	m->v = malloc(n);
	if (!m->v)
		return err_nomem(err, n);
	memcpy(m->v, p, n);
	m->n = m->cap = n / sizeof *m->v;
	return 0;
}

static int load_chunk(const uint8_t *tag, const uint8_t *p, size_t n,
		      struct layer_index *ix, struct err *err)
{
	if (memcmp(tag, "HEAD", 4) == 0)
		return load_head(p, n, ix, err);
	if (memcmp(tag, "RECS", 4) == 0)
		return buf_add(&ix->records, p, n, err);
	if (memcmp(tag, "MARK", 4) == 0)
		return load_marks(p, n, &ix->marks, err);
	return 0;
}

/* The checksum stands in the last 44 bytes: "SUM ", a length of 32, itself. */
static int check_sum(struct str file, struct err *err)
{
	struct digest sum;
	if (file.n < sizeof magic + 44 ||
	    memcmp(file.p, magic, sizeof magic) != 0)
		return bad(err, "another format or version");
	if (digest_of(DIGEST_SHA256, file.p, file.n - 44, &sum, err) < 0)
		return -1;
	if (memcmp(file.p + file.n - 44, "SUM ", 4) != 0 ||
	    memcmp(file.p + file.n - 32, sum.bytes, 32) != 0)
		return bad(err, "checksum differs");
	return 0;
}

int index_load(struct stream *from, struct layer_index *out, struct err *err)
{
	scoped(buf_done) struct buf file = BUF_INIT((size_t)1 << 36);
	scoped(layer_index_done) struct layer_index ix = {
		.records = BUF_INIT((size_t)1 << 36),
	};
	if (stream_slurp(from, &file, err) < 0 ||
	    check_sum(buf_str(&file), err) < 0)
		return -1;
	struct cur c =
		cur_of(file.p + sizeof magic, file.n - sizeof magic - 44);
	while (c.p < c.end) {
		const uint8_t *tag = cur_take(&c, 4);
		uint64_t n = cur_u64(&c);
		const uint8_t *p = cur_take(&c, (size_t)n);
		if (c.ran_out)
			return bad(err, "a chunk runs past the end");
		if (load_chunk(tag, p, (size_t)n, &ix, err) < 0)
			return -1;
	}
	if (ix.blob.alg == DIGEST_NONE)
		return bad(err, "no HEAD");
	*out = ix;
	ix = (struct layer_index){ 0 };
	return 0;
}
