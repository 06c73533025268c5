/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/write.h"

#include <stdlib.h>

#include "shrink/effort.h"
#include "shrink/emit.h"
#include "shrink/encoding.h"
#include "shrink/layer_codec.h"
#include "shrink/rewrite.h"

struct emitter {
	struct image_result *r;
	struct dest *dst;
	const struct shrink_options *opt;
	struct rewriter *rw;
};

static void emitter_done(struct emitter *e)
{
	rewriter_close(&e->rw);
}

static struct str media_type_of(enum codec c)
{
	switch (c) {
	case CODEC_GZIP:
		return STR(MT_OCI_LAYER_GZIP);
	case CODEC_ZSTD:
		return STR(MT_OCI_LAYER_ZSTD);
	default:
		return STR(MT_OCI_LAYER);
	}
}

static int begin_encoding(const struct emitter *e,
			  const struct codec_spec *spec,
			  struct layer_result *out, struct encoding *c,
			  struct err *err)
{
	return encoding_begin(c, e->dst, spec, &e->opt->load, &out->diff_id,
			      err);
}

static int end_encoding(struct encoding *c, enum codec codec,
			struct layer_result *out, struct err *err)
{
	if (encoding_end(c, err) < 0)
		return -1;
	out->desc = c->blob.desc;
	out->desc.media_type = media_type_of(codec);
	out->codec = codec;
	out->tar_after = c->tar_size;
	return 0;
}

static int emit_rewritten(struct emitter *e, const struct plan_layer *l,
			  struct layer_result *out, struct err *err)
{
	scoped(encoding_done) struct encoding c = { 0 };
	struct codec_spec spec = shrink_codec_for(e->r, l, e->opt);
	if (begin_encoding(e, &spec, out, &c, err) < 0 ||
	    rewriter_write(e->rw, l, c.tar, err) < 0)
		return -1;
	return end_encoding(&c, spec.codec, out, err);
}

static int emit_recompressed(struct emitter *e, const struct plan_layer *l,
			     struct layer_result *out, struct err *err)
{
	scoped(encoding_done) struct encoding c = { 0 };
	scoped(stream_close) struct stream *blob = NULL, *tar = NULL;
	uint16_t at;
	const struct loaded_image *li = shrink_holder(e->r, l, &at);
	const struct layer_index *ix = &li->layers[at];
	struct codec_spec spec = shrink_codec_for(e->r, l, e->opt);
	if (source_open_layer(li->image, at, &blob, err) < 0 ||
	    codec_open(ix->codec, &blob, e->opt->load.limits, NULL, &tar, err) <
		    0 ||
	    begin_encoding(e, &spec, out, &c, err) < 0 ||
	    sink_pump(c.tar, tar, NULL, err) < 0 || stream_finish(tar, err) < 0)
		return -1;
	progress_work(e->opt->load.progress, ix->tar_size * EFFORT_UNPACK);
	return end_encoding(&c, spec.codec, out, err);
}

static int emit_kept(struct emitter *e, const struct plan_layer *l,
		     struct layer_result *out, struct err *err)
{
	scoped(blob_done) struct blob b = { 0 };
	scoped(stream_close) struct stream *blob = NULL, *in = NULL;
	uint16_t at;
	const struct loaded_image *li = shrink_holder(e->r, l, &at);
	const struct source_layer *src = &li->image->layers[at];
	const struct layer_index *ix = &li->layers[at];
	out->diff_id = ix->diff_id;
	out->codec = ix->codec;
	out->tar_after = ix->tar_size;
	if (e->dst) {
		progress_weight(e->opt->load.progress, EFFORT_COPY);
		if (source_open_layer(li->image, at, &blob, err) < 0 ||
		    count_open(&blob, e->opt->load.progress, &in, err) < 0 ||
		    blob_begin(&b, e->dst, err) < 0 ||
		    sink_pump(b.sink, in, NULL, err) < 0 ||
		    stream_finish(in, err) < 0 || blob_end(&b, err) < 0)
			return -1;
		out->desc = b.desc;
	} else {
		out->desc.digest = ix->blob;
		out->desc.size = ix->blob_size;
	}
	if (src->has_desc) {
		out->desc.json = src->desc.json;
		out->stated = src->desc.media_type;
	}
	out->desc.media_type = media_type_of(ix->codec);
	return 0;
}

static void sum_sources(const struct image_result *r,
			const struct plan_layer *l, struct layer_result *out)
{
	for (uint32_t i = l->from; l->fate != LAYER_LAID && i <= l->to; i++) {
		out->stored_before += r->loaded.tree->layers[i].stored;
		out->size_before += r->loaded.layers[i].blob_size;
		out->tar_before += r->loaded.layers[i].tar_size;
	}
	out->stored_after = l->stored;
}

/* Are blobs before and after both compressed, or both not? */
static bool is_alike(const struct image_result *r,
		     const struct layer_result *now)
{
	bool laid = now->fate == LAYER_LAID;
	size_t from = laid ? 0 : now->from;
	size_t to = laid ? r->image->n_layers : now->to + 1u;
	bool raw = now->codec == CODEC_NONE;
	for (size_t i = from; now->fate != LAYER_VANISHED && i < to; i++)
		if ((r->loaded.layers[i].codec == CODEC_NONE) != raw)
			return false;
	return true;
}

static int emit_layer(struct emitter *e, const struct plan_layer *l,
		      struct layer_result *out, struct err *err)
{
	*out = (struct layer_result){ .fate = l->fate,
				      .from = l->from,
				      .to = l->to,
				      .previous = l->position };
	sum_sources(e->r, l, out);
	int r = 0;
	if (l->fate == LAYER_REWRITTEN) {
		r = emit_rewritten(e, l, out, err);
	} else if (l->fate != LAYER_VANISHED) {
		out->recompressed = shrink_is_recompressed(e->r, l, e->opt);
		r = out->recompressed ? emit_recompressed(e, l, out, err)
				      : emit_kept(e, l, out, err);
	}
	out->size_after = out->desc.size;
	e->r->size_after += out->size_after;
	e->r->tar_after += out->tar_after;
	e->r->alike &= r < 0 || is_alike(e->r, out);
	e->r->n_layers_after += l->fate != LAYER_VANISHED;
	return r;
}

/* Not summed over the plan: what a previous result covers is a layer of no range
 * of the source. */
static void sum_before(struct image_result *r)
{
	for (size_t i = 0; i < r->image->n_layers; i++) {
		r->size_before += r->loaded.layers[i].blob_size;
		r->tar_before += r->loaded.layers[i].tar_size;
	}
}

static int write_layers(struct image_result *r, struct dest *dst,
			const struct shrink_options *opt, struct err *err)
{
	scoped(emitter_done) struct emitter e = { r, dst, opt, NULL };
	r->alike = true;
	r->layers = calloc((size_t)r->plan.n_layers + 1, sizeof *r->layers);
	if (!r->layers)
		return err_nomem(err, r->plan.n_layers * sizeof *r->layers);
	r->n_layers = r->plan.n_layers;
	sum_before(r);
	if (rewriter_open(&r->loaded, &r->plan, opt->load.limits, opt->tmpdir,
			  opt->load.progress, &e.rw, err) < 0)
		return -1;
	for (uint32_t i = 0; i < r->n_layers; i++)
		if (emit_layer(&e, &r->plan.layers[i], &r->layers[i], err) < 0)
			return err_ctx(err, "%.*s: layer %u of the result",
				       STR_ARG(r->image->name), i + 1u);
	return 0;
}

int shrink_write(const struct image_set *set, struct image_result *r,
		 struct dest *dst, const struct shrink_options *opt,
		 struct err *err)
{
	if (write_layers(r, dst, opt, err) < 0)
		return -1;
	return shrink_emit_documents(set, r, dst, err);
}
