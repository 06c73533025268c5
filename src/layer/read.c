/* SPDX-License-Identifier: Apache-2.0 */
/* Three ways to have a layer's index, the cheapest that is allowed first:
 *
 *	recalled	from the cache. Its blob is hashed again unless the
 *			command only looks and the file is the one that was
 *			hashed then
 *	known		the caller has it, from this blob or from another
 *			encoding of its tar: the bytes are verified, no more
 *	built		inflated, hashed and indexed */
#include "layer/read.h"

#include "base/progress.h"
#include "layer/remember.h"

/* The digest a layer's bytes must have; NULL when only its DiffID is known and
 * it may be compressed. */
static const struct digest *stated_digest(const struct source_layer *l)
{
	if (l->has_desc)
		return &l->desc.digest;
	return l->diff_id.alg ? &l->diff_id : NULL;
}

/* What is read of the layer is told as progress. */
static int open_counted(const struct layer_reading *t, struct stream **out,
			struct err *err)
{
	scoped(stream_close) struct stream *blob = NULL;
	if (source_open_layer(t->image, t->position, &blob, err) < 0)
		return -1;
	return count_open(&blob, t->opt->progress, out, err);
}

/* Takes the index of an earlier run. Unless the file is trusted, its bytes are
 * hashed; a layer that turns out to be another one is left to be read. 1: done;
 * 0: not remembered. */
static int recall_layer(const struct layer_reading *t, struct err *err)
{
	const struct source_layer *l = &t->image->layers[t->position];
	const struct layer_place place = { t->opt->cache, t->opt->limits,
					   t->image, t->position };
	scoped(layer_index_done) struct layer_index ix = { 0 };
	scoped(stream_close) struct stream *in = NULL, *hashed = NULL;
	struct progress *progress = t->opt->progress;
	const struct digest *want = stated_digest(l);
	struct digest noted, seen;
	/* A command that writes an image never trusts: what it proves, it has
	 * read. */
	bool trusted =
		t->opt->trust_cache && layer_remember_digest(&place, &noted);
	if (trusted && (!l->has_desc || digest_eq(&noted, want)))
		want = &noted;
	else
		trusted = false;
	if (!want || !layer_remember_index(&place, want, &ix) ||
	    ix.blob_size != l->blob_size ||
	    (l->diff_id.alg && !digest_eq(&ix.diff_id, &l->diff_id)))
		return 0;
	if (!trusted) {
		if (open_counted(t, &in, err) < 0)
			return -1;
		progress = NULL;
		if (hash_tee_open(&in, &seen, NULL, &hashed, err) < 0 ||
		    stream_finish(hashed, err) < 0)
			return source_layer_ctx(t->image, t->position, err);
		if (!digest_eq(&seen, &ix.blob))
			return 0;
		layer_remember(&place, &ix, false);
	}
	progress_add(progress, l->blob_size);
	*t->out = ix;
	ix = (struct layer_index){ 0 };
	return 1;
}

/* On a format error, check the digest first: a digest mismatch is the better
 * message. Bytes that were cut or changed on the way break the format, too, and
 * then the transfer is to blame, not who made the layer. */
static void blame_digest(const struct layer_reading *t, struct err *err)
{
	const struct source_layer *l = &t->image->layers[t->position];
	scoped(stream_close) struct stream *blob = NULL, *again = NULL;
	struct err why = { 0 };
	if (err->code != ERR_CORRUPT ||
	    source_open_layer(t->image, t->position, &blob, &why) < 0)
		return;
	int r = stream_finish(blob, &why);
	if (r == 0 && l->diff_id.alg &&
	    source_open_layer(t->image, t->position, &again, &why) == 0)
		r = layer_index_check(&again, &l->diff_id, t->opt->limits,
				      &why);
	if (r < 0 && why.code == ERR_CORRUPT)
		*err = why;
}

/* Only here a layer is unpacked; what it says is remembered at once, so that a
 * run that fails at the next layer has not read this one for nothing. */
static int build_layer(const struct layer_reading *t, struct err *err)
{
	const struct source_layer *l = &t->image->layers[t->position];
	const struct layer_place place = { t->opt->cache, t->opt->limits,
					   t->image, t->position };
	scoped(stream_close) struct stream *blob = NULL;
	struct index_expect expect = {
		.blob = l->has_desc ? &l->desc.digest : NULL,
		.diff_id = l->diff_id.alg ? &l->diff_id : NULL,
		.blob_size = l->blob_size,
		.ahead = t->ahead,
	};
	if (open_counted(t, &blob, err) < 0)
		return -1;
	if (layer_index_build(&blob, &expect, t->opt->limits, t->out, err) <
	    0) {
		blame_digest(t, err);
		return source_layer_ctx(t->image, t->position, err);
	}
	layer_remember(&place, t->out, true);
	return 0;
}

/* A layer whose index the caller has. Equal blobs are only verified;
 * of another encoding of the same tar, the DiffID is. */
static int verify_layer(const struct layer_reading *t, struct err *err)
{
	const struct source_layer *l = &t->image->layers[t->position];
	scoped(stream_close) struct stream *in = NULL;
	if (open_counted(t, &in, err) < 0)
		return -1;
	int r = l->has_desc && digest_eq(&l->desc.digest, &t->known->blob)
			? stream_finish(in, err)
			: layer_index_check(&in, &l->diff_id, t->opt->limits,
					    err);
	if (r < 0)
		return source_layer_ctx(t->image, t->position, err);
	return 1;
}

/* The same where the blob itself has to be the known one. A docker-archive
 * states none, and a layer of the right size may still be another encoding: 0,
 * and it is read as any. */
static int verify_blob(const struct layer_reading *t, struct err *err)
{
	const struct layer_place place = { t->opt->cache, t->opt->limits,
					   t->image, t->position };
	scoped(stream_close) struct stream *in = NULL, *hashed = NULL;
	struct digest seen;
	if (t->opt->trust_cache && layer_remember_digest(&place, &seen) &&
	    digest_eq(&seen, &t->known->blob)) {
		progress_add(t->opt->progress, t->known->blob_size);
		return 1;
	}
	if (open_counted(t, &in, err) < 0)
		return -1;
	if (hash_tee_open(&in, &seen, NULL, &hashed, err) < 0 ||
	    stream_finish(hashed, err) < 0)
		return source_layer_ctx(t->image, t->position, err);
	if (!digest_eq(&seen, &t->known->blob))
		return 0;
	layer_remember(&place, t->known, false);
	return 1;
}

int layer_read(const struct layer_reading *t, struct err *err)
{
	int r = 0;
	if (t->known)
		r = t->opt->known_blobs_only ? verify_blob(t, err)
					     : verify_layer(t, err);
	if (r == 0 && t->opt->cache)
		r = recall_layer(t, err);
	return r ? MIN(r, 0) : build_layer(t, err);
}
