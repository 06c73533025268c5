/* SPDX-License-Identifier: Apache-2.0 */
/* One pass over a layer: stored bytes -> inflate -> SHA-256 -> tar -> records
 * with content digests. No byte is read twice and none is kept.
 *
 * The streams of a compressed layer, from the stored bytes up:
 *
 *	blob	verify(limit(bytes)), or hashed here when no digest is known
 *	codec	inflates, drops marks; where the caller has a thread to spare,
 *		ahead of the rest (base/ahead.h)
 *	hash	the DiffID
 *	tar	members; content goes to a second hasher, in the same pass as
 *		the first (stream_hash)
 *
 * A raw layer has no codec and its blob is its tar, so one hash stands for
 * both. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/ahead.h"
#include "base/checked.h"
#include "base/path.h"
#include "tar/reader.h"
#include "layer/index.h"

struct build {
	const struct index_expect *expect;
	const struct limits *lim;
	struct layer_index *ix;
	struct tar_reader *tar;
	struct hasher content;
	struct record_state prev;
	struct buf path, target, xattrs;
	struct digest sha256;
};

static void build_done(struct build *b)
{
	tar_close(&b->tar);
	hasher_done(&b->content);
	layer_record_state_done(&b->prev);
	buf_done(&b->path);
	buf_done(&b->target);
	buf_done(&b->xattrs);
}

static const uint8_t zeros[64 << 10];

/* A hole of a sparse file is hashed as the zeros that it reads as, so that a
 * sparse file and a plain one of the same content have one digest. */
static int hash_run(struct stream *tar, struct hasher *h,
		    const struct tar_run *run, struct err *err)
{
	/* A run lies where the stream showed it last (tar/input.c). */
	if (run->p)
		return stream_hash(tar, h, run->p, (size_t)run->n, err);
	for (uint64_t left = run->n; left;) {
		size_t n = (size_t)MIN(left, (uint64_t)sizeof zeros);
		if (hasher_add(h, zeros, n, err) < 0)
			return -1;
		left -= n;
	}
	return 0;
}

static int hash_content(struct build *b, struct stream *tar, struct err *err)
{
	struct tar_run run;
	int r;
	if (hasher_start(&b->content, DIGEST_SHA256, err) < 0)
		return -1;
	while ((r = tar_content(b->tar, &run, err)) > 0)
		if (hash_run(tar, &b->content, &run, err) < 0)
			return -1;
	if (r < 0)
		return -1;
	return hasher_end(&b->content, DIGEST_SHA256, &b->sha256, err);
}

/* The tar reader's own errors say the same already. */
static int at_entry(const struct tar_entry *e, struct err *err)
{
	if (strncmp(err->text, "tar entry ", 10) == 0)
		return -1;
	return err_ctx(err, "tar entry %" PRIu64 " at %" PRIu64 " (\"%s\")",
		       e->number, e->offset, str_quoted(e->name).text);
}

/* Names and targets, cleaned and held against the limits.
 *
 * "./usr//bin/" and "/usr/bin" are usr/bin, "../x" is refused. A symlink's
 * target is not a path of the image and stays as it is, as its bytes are what
 * readlink(2) gives. */
static int clean_names(struct build *b, const struct tar_entry *e,
		       struct err *err)
{
	/* Engines take a directory without a name for the root; any other type
	 * there would replace the whole file system and is refused below. */
	struct str name = e->name.n || e->type != TAR_DIR ? e->name : STR(".");
	if (path_clean(name, b->lim, &b->path, err) < 0)
		return -1;
	buf_reset(&b->target);
	if (b->path.n == 0 && e->type != TAR_DIR && e->type != TAR_OTHER)
		return err_set(err, ERR_CORRUPT,
			       "the root entry is not a directory");
	if (e->type == TAR_HARDLINK) {
		if (path_clean(e->target, b->lim, &b->target, err) < 0)
			return err_ctx(err, "link target \"%s\"",
				       str_quoted(e->target).text);
	} else if (e->type == TAR_SYMLINK) {
		if (e->target.n > b->lim->path_max)
			return limits_exceeded(b->lim, &b->lim->path_max,
					       e->target.n, err);
		return buf_str_add(&b->target, e->target, err);
	}
	return 0;
}

static int add_entry(struct build *b, struct stream *tar,
		     const struct tar_entry *e, struct err *err)
{
	if (clean_names(b, e, err) < 0)
		return -1;
	buf_reset(&b->xattrs);
	if (layer_xattr_code(e->xattrs, e->n_xattrs, &b->xattrs, err) < 0)
		return -1;
	if (e->type == TAR_FILE && e->size && hash_content(b, tar, err) < 0)
		return -1;
	uint64_t end;
	if (!round_up_u64(e->payload_offset + e->payload, 512, &end))
		return err_set(err, ERR_CORRUPT, "size overflows");
	struct index_record r = {
		.path = buf_str(&b->path),
		.target = buf_str(&b->target),
		.type = e->type,
		.flag = e->flag,
		.is_sparse = e->is_sparse,
		.has_global = e->has_global,
		.odd = e->odd,
		.mode = e->mode,
		.uid = e->uid,
		.gid = e->gid,
		.mtime = e->mtime,
		.devmajor = e->devmajor,
		.devminor = e->devminor,
		.size = e->size,
		.payload = e->payload,
		/* Not e->offset: global headers and extended headers in front
		 * belong to the member as well, so that members tile the tar
		 * and their costs add up. */
		.offset = b->prev.offset,
		.end = end,
		.sha256 = b->sha256.bytes,
		.xattrs = buf_str(&b->xattrs),
	};
	b->prev.offset = end;
	return layer_index_add(b->ix, &b->prev, &r, err);
}

static int read_members(struct build *b, struct stream *tar, struct err *err)
{
	struct tar_entry e;
	int r;
	if (tar_open(tar, b->lim, &b->tar, err) < 0)
		return -1;
	while ((r = tar_next(b->tar, &e, err)) > 0) {
		if (add_entry(b, tar, &e, err) < 0)
			return at_entry(&e, err);
	}
	return r;
}

/* The DiffID covers what stands behind the end of the archive, too.
 *
 * Zeros are the rest of a tape block (tar's blocking factor). Anything else is
 * hidden from who unpacks and is told (ENGINE_TRAILING); a rewrite does not
 * keep it. */
static int read_rest(struct build *b, struct stream *tar, struct err *err)
{
	const uint8_t *p;
	size_t n;
	int r;
	while ((r = stream_peek(tar, 1, &p, &n, err)) > 0) {
		for (size_t i = 0; i < n; i++)
			b->ix->trailing += p[i] != 0;
		stream_skip(tar, n);
	}
	return r < 0 ? -1 : stream_finish(tar, err);
}

/* A blob's own digest says that the bytes are those of the manifest; the DiffID
 * says that the tar is the one of the config. A manifest of someone else's
 * layer passes the first and not the second. */
static int check_diff_id(const struct digest *want, const struct digest *is,
			 struct err *err)
{
	if (!want || want->alg != DIGEST_SHA256 || digest_eq(want, is))
		return 0;
	return err_set(err, ERR_CORRUPT, "DiffID is %s, but the config says %s",
		       digest_text(is).text, digest_text(want).text);
}

/* The chain of streams. A raw layer is hashed once: its blob digest and its
 * DiffID are the same. */
static int build_run(struct build *b, struct stream **blob, struct err *err)
{
	struct layer_index *ix = b->ix;
	scoped(stream_close) struct stream *in = take(blob);
	scoped(stream_close) struct stream *next = NULL;
	const uint8_t *p = NULL;
	size_t n = 0; /* a blob may be empty */
	if (stream_peek(in, 512, &p, &n, err) < 0)
		return -1;
	ix->codec = codec_taste(p, n);
	bool blob_known =
		b->expect->blob && b->expect->blob->alg == DIGEST_SHA256;
	if (ix->codec != CODEC_NONE) {
		if (!blob_known) {
			if (hash_tee_open(&in, &ix->blob, &ix->blob_size, &next,
					  err) < 0)
				return -1;
			in = take(&next);
		}
		if (codec_open(ix->codec, &in, b->lim, &ix->marks, &next, err) <
		    0)
			return -1;
		in = take(&next);
		if (b->expect->ahead) {
			if (ahead_open(&in, &next, err) < 0)
				return -1;
			in = take(&next);
		}
	} else {
		/* A decoder holds to it, too. */
		if (limit_open(&in, b->lim, &b->lim->layer_max, &next, err) < 0)
			return -1;
		in = take(&next);
	}
	bool hash = ix->codec != CODEC_NONE || !blob_known;
	if (hash) {
		if (hash_tee_open(&in, &ix->diff_id, &ix->tar_size, &next,
				  err) < 0)
			return -1;
		in = take(&next);
	}
	if (read_members(b, in, err) < 0)
		return -1;
	if (read_rest(b, in, err) < 0)
		return -1;
	if (blob_known) {
		ix->blob = *b->expect->blob;
		ix->blob_size = b->expect->blob_size;
	} else if (ix->codec == CODEC_NONE) {
		ix->blob = ix->diff_id;
		ix->blob_size = ix->tar_size;
	}
	if (!hash) {
		ix->diff_id = ix->blob;
		ix->tar_size = ix->blob_size;
	}
	return check_diff_id(b->expect->diff_id, &ix->diff_id, err);
}

int layer_index_build(struct stream **blob, const struct index_expect *expect,
		      const struct limits *lim, struct layer_index *out,
		      struct err *err)
{
	scoped(layer_index_done) struct layer_index ix = { 0 };
	scoped(build_done) struct build b = {
		.expect = expect,
		.lim = lim,
		.ix = &ix,
		.content = HASHER_INIT,
		.prev = RECORD_STATE_INIT,
		.path = BUF_INIT(RECORD_PATH_MAX),
		.target = BUF_INIT(RECORD_PATH_MAX),
		.xattrs = BUF_INIT((size_t)1 << 30),
	};
	if (build_run(&b, blob, err) < 0)
		return -1;
	*out = ix;
	ix = (struct layer_index){ 0 };
	return 0;
}

int layer_index_check(struct stream **blob, const struct digest *diff_id,
		      const struct limits *lim, struct err *err)
{
	struct digest is;
	if (codec_digest(blob, lim, &is, err) < 0)
		return -1;
	return check_diff_id(diff_id, &is, err);
}
