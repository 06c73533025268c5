/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "shrink/effort.h"
#include "shrink/emit.h"
#include "shrink/encoding.h"
#include "shrink/rewrite.h"
#include "shrink/room.h"
#include "base/space.h"
#include "base/spool.h"

struct emitter {
	struct image_result *r;
	struct dest *dst;
	const struct optimize_options *opt;
	struct rewriter *rw;
};

static void emitter_done(struct emitter *e)
{
	rewriter_close(&e->rw);
}

/* The image that holds a kept layer's blob, and where. */
static const struct loaded_image *holder(const struct emitter *e,
					 const struct plan_layer *l,
					 uint16_t *position)
{
	bool previous = layer_is_previous(l->fate);
	*position = previous ? l->position : l->from;
	return previous ? l->other : &e->r->loaded;
}

static const struct layer_index *index_of(const struct emitter *e,
					  const struct plan_layer *l)
{
	uint16_t position;
	const struct loaded_image *li = holder(e, l, &position);
	return &li->layers[position];
}

/* No window is larger than what it looks back on: every node that unpacks the
 * layer reserves it. */
static void fit_window(struct codec_spec *spec, uint64_t tar_size)
{
	enum { LEAST = 20 };
	while (spec->long_window_log > LEAST &&
	       1ull << (spec->long_window_log - 1) >= tar_size)
		spec->long_window_log--;
}

/* How a layer is written: as the source layer was, or as the user said. */
static struct codec_spec spec_for(const struct emitter *e,
				  const struct plan_layer *l)
{
	struct codec_spec spec = e->opt->spec;
	fit_window(&spec, layer_is_chosen(l) ? l->tar_estimate
					     : index_of(e, l)->tar_size);
	if (!e->opt->keep_codec)
		return spec;
	spec.codec = layer_is_chosen(l) ? e->r->loaded.layers[l->to].codec
					: index_of(e, l)->codec;
	if (spec.codec != CODEC_NONE && spec.codec != CODEC_ZSTD)
		spec.codec = CODEC_GZIP;
	spec.level = spec.codec == CODEC_ZSTD ? 3 : 6;
	return spec;
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
	struct codec_spec spec = spec_for(e, l);
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
	const struct loaded_image *li = holder(e, l, &at);
	const struct layer_index *ix = &li->layers[at];
	struct codec_spec spec = spec_for(e, l);
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
	const struct loaded_image *li = holder(e, l, &at);
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

/* A kept layer is encoded anew when the user asked for it; when it has no
 * encoding yet and the user named one; and when OCI has no media type for the
 * one it has (xz, bzip2). Its DiffID stays in all cases. */
static bool is_recompressed(const struct emitter *e, const struct plan_layer *l)
{
	const struct optimize_options *o = e->opt;
	enum codec now = index_of(e, l)->codec;
	if (now == CODEC_XZ || now == CODEC_BZIP2)
		return true;
	if (layer_is_previous(l->fate))
		return false;
	if (o->recompress)
		return true;
	return !o->keep_codec && now == CODEC_NONE &&
	       o->spec.codec != CODEC_NONE;
}

static bool came_before(const struct emitter *e, const struct plan_layer *l,
			const struct digest *blob)
{
	const struct layer_index *layers = e->r->loaded.layers;
	for (uint16_t i = 0; l->fate == LAYER_KEPT && i < l->from; i++)
		if (digest_eq(&layers[i].blob, blob))
			return true;
	return dest_has_blob(e->dst, blob);
}

/* The bytes of its blob that are certain to be written; of what is compressed
 * anew none are. */
static uint64_t sure_size(const struct emitter *e, const struct plan_layer *l)
{
	const struct layer_index *ix = index_of(e, l);
	bool raw = spec_for(e, l).codec == CODEC_NONE;
	if (layer_is_chosen(l))
		return raw && l->fate != LAYER_VANISHED ? l->tar_estimate : 0;
	if (is_recompressed(e, l))
		return raw ? ix->tar_size : 0;
	return came_before(e, l, &ix->blob) ? 0 : ix->blob_size;
}

/* Before the first byte is written: is there room for all of them? */
static int check_room(const struct emitter *e, struct err *err)
{
	uint64_t sure = 0, aside;
	if (!e->dst)
		return 0;
	for (uint32_t i = 0; i < e->r->n_layers; i++)
		sure += sure_size(e, &e->r->plan.layers[i]);
	if (dest_check_room(e->dst, sure, err) < 0 ||
	    room_for_stash(e->r->loaded.tree, &e->r->plan, &aside, err) < 0)
		return -1;
	return space_check_temporary(spool_dir(e->opt->tmpdir), aside, err);
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
		out->recompressed = is_recompressed(e, l);
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

/* What is ahead: for progress, and to warn of what takes minutes. */
struct outlook {
	uint64_t bytes, work, proof;
	uint64_t slow, slow_work; /* bytes that are compressed slowly */
	struct codec_spec slow_spec;
};

static void look_at(const struct emitter *e, const struct plan_layer *l,
		    struct outlook *o)
{
	bool rewritten = l->fate == LAYER_REWRITTEN;
	if (l->fate == LAYER_VANISHED)
		return;
	const struct layer_index *ix = rewritten ? NULL : index_of(e, l);
	o->proof += rewritten ? l->tar_estimate / 2 : ix->blob_size;
	if (!rewritten && !is_recompressed(e, l)) {
		o->bytes += e->dst ? ix->blob_size : 0;
		o->work += e->dst ? ix->blob_size * EFFORT_COPY : 0;
		return;
	}
	struct codec_spec spec = spec_for(e, l);
	unsigned effort = effort_of(&spec, e->opt->load.threads);
	uint64_t n = rewritten ? l->tar_estimate : ix->tar_size;
	uint64_t read = rewritten ? 0 : n;
	for (uint32_t i = l->from; rewritten && i <= l->to; i++)
		read += e->r->loaded.layers[i].tar_size;
	o->bytes += n;
	o->work += n * effort + read * EFFORT_UNPACK;
	if (effort >= EFFORT_SLOW) {
		o->slow += n;
		o->slow_work += n * effort;
		o->slow_spec = spec;
	}
}

static void begin(const struct emitter *e, uint64_t later)
{
	const struct optimize_options *opt = e->opt;
	struct outlook o = { 0 };
	for (uint32_t i = 0; i < e->r->n_layers; i++)
		look_at(e, &e->r->plan.layers[i], &o);
	if (e->dst)
		later += o.proof * PROGRESS_READ;
	progress_rest(opt->load.progress, o.work + later);
	progress_phase(opt->load.progress, "writing", o.bytes, EFFORT_COPY);
	if (opt->slow && o.slow_work >= EFFORT_LONG)
		opt->slow(opt->slow_self, o.slow, &o.slow_spec);
}

int emit_layers(struct image_result *r, struct dest *dst, uint64_t later,
		const struct optimize_options *opt, struct err *err)
{
	scoped(emitter_done) struct emitter e = { r, dst, opt, NULL };
	r->alike = true;
	r->layers = calloc((size_t)r->plan.n_layers + 1, sizeof *r->layers);
	if (!r->layers)
		return err_nomem(err, r->plan.n_layers * sizeof *r->layers);
	r->n_layers = r->plan.n_layers;
	/* Not summed over the plan: what a previous result covers is a layer of
	 * no range of the source. */
	for (size_t i = 0; i < r->image->n_layers; i++) {
		r->size_before += r->loaded.layers[i].blob_size;
		r->tar_before += r->loaded.layers[i].tar_size;
	}
	if (check_room(&e, err) < 0)
		return -1;
	begin(&e, later);
	if (rewriter_open(&r->loaded, &r->plan, opt->load.limits, opt->tmpdir,
			  opt->load.progress, &e.rw, err) < 0)
		return -1;
	for (uint32_t i = 0; i < r->n_layers; i++)
		if (emit_layer(&e, &r->plan.layers[i], &r->layers[i], err) < 0)
			return err_ctx(err, "%.*s: layer %u of the result",
				       STR_ARG(r->image->name), i + 1u);
	return 0;
}
