/* SPDX-License-Identifier: Apache-2.0 */
/* A fate is a way to a blob: a rewritten layer is encoded from its draft; a
 * kept, reused or laid one passes bit for bit, unless its compression has to
 * change; a vanished one has none. */
#include "shrink/write.h"

#include <stdlib.h>

#include "base/ahead.h"
#include "codec/donors.h"
#include "layer/effort.h"
#include "shrink/blob.h"
#include "shrink/contents.h"
#include "shrink/emit.h"
#include "shrink/layer_codec.h"

/* One image being written. The layers come lowest first: the plan may draw a
 * content from any source layer, and each of those is read once, front to back
 * (contents.h). */
struct emitter {
	struct image_result *r;
	struct dest *dst;
	const struct shrink_options *opt;
	struct shrink_contents *contents;
	struct codec_donors *donors;
};

static void emitter_done(struct emitter *e)
{
	codec_donors_close(&e->donors);
	shrink_contents_close(&e->contents);
}

/* OCI image-spec, layer.md: tar, tar+gzip and tar+zstd are all there are. What
 * is compressed otherwise was given one of these before it came here
 * (layer_codec.h). */
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

static struct layer_style style_for(const struct emitter *e,
				    const struct plan_layer *l)
{
	const struct load_options *load = &e->opt->load;
	struct codec_spec spec = shrink_codec_for(e->r, l, e->opt);
	return (struct layer_style){
		.spec = spec,
		.threads =
			codec_threads_within(&spec, load->threads,
					     load->limits->compress_memory_max),
		.progress = load->progress,
		.donors = e->donors,
	};
}

/* The descriptor of a blob that was made here. The DiffID is the hash of the
 * tar that went into the codec, so it is right even where the codec would fail
 * to give the tar back; that it does is what the proof finds out. */
static void describe(const struct shrink_blob *b, enum codec codec,
		     const struct layer_encoded *done, struct layer_result *out)
{
	out->desc = b->desc;
	out->desc.media_type = media_type_of(codec);
	out->codec = codec;
	out->diff_id = codec == CODEC_NONE ? b->desc.digest : done->diff_id;
	out->tar_after = done->tar_size;
}

static int emit_rewritten(struct emitter *e, const struct plan_layer *l,
			  struct layer_result *out, struct err *err)
{
	scoped(shrink_blob_done) struct shrink_blob b = { 0 };
	struct layer_style style = style_for(e, l);
	struct layer_encoded done;
	if (shrink_blob_begin(&b, e->dst, err) < 0 ||
	    layer_encode(&l->draft.index, shrink_contents_of(e->contents, l),
			 &style, b.sink, &done, err) < 0 ||
	    shrink_blob_end(&b, err) < 0)
		return -1;
	describe(&b, style.spec.codec, &done, out);
	return 0;
}

static int emit_recompressed(struct emitter *e, const struct plan_layer *l,
			     struct layer_result *out, struct err *err)
{
	scoped(shrink_blob_done) struct shrink_blob b = { 0 };
	scoped(stream_close) struct stream *blob = NULL, *inner = NULL;
	scoped(stream_close) struct stream *tar = NULL;
	const struct layer_origin from = shrink_holder(e->r, l);
	const struct layer_index *ix = &from.image->layers[from.position];
	struct layer_style style = style_for(e, l);
	struct layer_encoded done;
	if (source_open_layer(from.image->image, from.position, &blob, err) <
		    0 ||
	    codec_open(ix->codec, &blob, e->opt->load.limits, NULL, &tar, err) <
		    0)
		return -1;
	if (ix->codec != CODEC_NONE && e->opt->load.threads > 1) {
		inner = take(&tar);
		if (ahead_open(&inner, &tar, err) < 0)
			return -1;
	}
	if (shrink_blob_begin(&b, e->dst, err) < 0 ||
	    layer_reencode(tar, ix, &style, b.sink, &done, err) < 0)
		return -1;
	progress_work(style.progress, ix->tar_size * EFFORT_UNPACK);
	if (shrink_blob_end(&b, err) < 0)
		return -1;
	describe(&b, style.spec.codec, &done, out);
	return 0;
}

/* Bit for bit: the digest must stay, since other images and every node that has
 * the layer know it by that. The source's stream checks the digest while it is
 * copied, so bytes that changed since they were indexed end the run. A dry run
 * tells what the index knows and reads nothing. */
static int emit_kept(struct emitter *e, const struct plan_layer *l,
		     struct layer_result *out, struct err *err)
{
	scoped(shrink_blob_done) struct shrink_blob b = { 0 };
	scoped(stream_close) struct stream *blob = NULL, *in = NULL;
	const struct layer_origin from = shrink_holder(e->r, l);
	const struct image *img = from.image->image;
	const struct source_layer *src = &img->layers[from.position];
	const struct layer_index *ix = &from.image->layers[from.position];
	out->diff_id = ix->diff_id;
	out->codec = ix->codec;
	out->tar_after = ix->tar_size;
	if (e->dst) {
		progress_weight(e->opt->load.progress, EFFORT_COPY);
		if (source_open_layer(from.image->image, from.position, &blob,
				      err) < 0 ||
		    count_open(&blob, e->opt->load.progress, &in, err) < 0 ||
		    shrink_blob_begin(&b, e->dst, err) < 0 ||
		    sink_pump(b.sink, in, NULL, err) < 0 ||
		    stream_finish(in, err) < 0 || shrink_blob_end(&b, err) < 0)
			return -1;
		out->desc = b.desc;
	} else {
		out->desc.digest = ix->blob;
		out->desc.size = ix->blob_size;
	}
	/* Annotations of the descriptor stay with the blob that they speak of.
	 */
	if (src->has_desc) {
		out->desc.json = src->desc.json;
		out->stated = src->desc.media_type;
	}
	out->desc.media_type = media_type_of(ix->codec);
	return 0;
}

/* What stood where this layer stands. A laid layer stands for none of the
 * source, so nothing is counted for it: its bytes are in the delta's range. */
static void sum_sources(const struct image_result *r,
			const struct plan_layer *l, struct layer_result *out)
{
	for (uint32_t i = l->from; l->fate != LAYER_LAID && i <= l->to; i++) {
		out->stored_before += tree_layer(r->loaded.tree, i)->stored;
		out->size_before += r->loaded.layers[i].blob_size;
		out->tar_before += r->loaded.layers[i].tar_size;
	}
	out->stored_after = l->stored;
}

/* Are blobs before and after both compressed, or both not? "docker save" stores
 * tars as they are: to call a gzipped result half as large would be to praise
 * gzip. A laid layer is held against all of the source. */
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

/* A layer that vanished keeps its line in the result, for reports, but has no
 * blob: the documents leave it out. */
static int emit_layer(struct emitter *e, const struct plan_layer *l,
		      struct layer_result *out, struct err *err)
{
	*out = (struct layer_result){ .fate = l->fate,
				      .from = l->from,
				      .to = l->to,
				      .previous = l->previous.position };
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

/* Not summed over the plan: what a previous result covers is a layer of no
 * range of the source. */
static void sum_before(struct image_result *r)
{
	for (size_t i = 0; i < r->image->n_layers; i++) {
		r->size_before += r->loaded.layers[i].blob_size;
		r->tar_before += r->loaded.layers[i].tar_size;
	}
}

/* Layers of the source, then of the previous result. */
static const struct loaded_image *donor_image(const struct image_result *r,
					      size_t *number)
{
	if (*number < r->loaded.n_layers)
		return &r->loaded;
	*number -= r->loaded.n_layers;
	return &r->previous;
}

static int open_donor(void *self, size_t number, struct stream **out,
		      struct err *err)
{
	const struct emitter *e = self;
	const struct loaded_image *from = donor_image(e->r, &number);
	return source_open_layer(from->image, number, out, err);
}

static bool writes_gzip(const struct emitter *e)
{
	for (uint32_t i = 0; i < e->r->plan.n_layers; i++) {
		const struct plan_layer *l = &e->r->plan.layers[i];
		bool written = l->fate == LAYER_REWRITTEN ||
			       (l->fate != LAYER_VANISHED &&
				shrink_is_recompressed(e->r, l, e->opt));
		if (written &&
		    shrink_codec_for(e->r, l, e->opt).codec == CODEC_GZIP)
			return true;
	}
	return false;
}

/* What pare compressed before may be copied: in a layer of the source that is
 * rewritten, and in any of the previous result. A dry run measures, too. */
static int find_donors(struct emitter *e, struct err *err)
{
	static const struct codec_donor_ops ops = { open_donor };
	const struct image_result *r = e->r;
	size_t n = r->loaded.n_layers + r->previous.n_layers;
	if (!writes_gzip(e))
		return 0;
	if (codec_donors_new(&ops, e, &e->donors, err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		size_t at = i;
		const struct loaded_image *from = donor_image(r, &at);
		if (from->layers[at].codec == CODEC_GZIP &&
		    codec_donors_add(e->donors, i, err) < 0)
			return -1;
	}
	return 0;
}

static int write_layers(struct image_result *r, struct dest *dst,
			const struct shrink_options *opt, struct err *err)
{
	scoped(emitter_done) struct emitter e = { r, dst, opt, NULL, NULL };
	r->alike = true;
	r->layers = calloc((size_t)r->plan.n_layers + 1, sizeof *r->layers);
	if (!r->layers)
		return err_nomem(err, r->plan.n_layers * sizeof *r->layers);
	r->n_layers = r->plan.n_layers;
	sum_before(r);
	if (shrink_contents_open(&r->loaded, &r->plan, opt, &e.contents, err) <
	    0)
		return -1;
	if (find_donors(&e, err) < 0)
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
