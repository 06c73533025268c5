/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/contents.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/ahead.h"
#include "codec/codec.h"
#include "layer/effort.h"
#include "layer/spill.h"
#include "tar/reader.h"

/* A source layer being read: the next member is number `next`. */
struct reading {
	struct stream *stream;
	struct tar_reader *tar;
	uint32_t next;
	uint64_t told; /* to progress */
};

struct shrink_contents {
	const struct loaded_image *src;
	const struct limits *lim;
	unsigned threads, n_ahead; /* layers that another thread inflates */
	struct progress *progress;
	struct reading *layers; /* one a source layer, opened when needed */
	struct layer_spill spill;
	uint8_t *wanted; /* source entries whose content is still to come */
	/* The layer at hand, and the content that was begun last: it comes
	 * from the spill where spilled is not NULL, else from tar. */
	struct layer_contents contents;
	const struct plan_layer *layer;
	struct tar_reader *tar; /* borrowed */
	struct stream *spilled;
	size_t peeked; /* of spilled: seen, not yet skipped */
};

void shrink_contents_close(struct shrink_contents **cp)
{
	struct shrink_contents *c = take(cp);
	if (!c)
		return;
	for (size_t i = 0; c->layers && i < c->src->n_layers; i++) {
		tar_close(&c->layers[i].tar);
		stream_close(&c->layers[i].stream);
	}
	free(c->layers);
	stream_close(&c->spilled);
	layer_spill_done(&c->spill);
	free(c->wanted);
	free(c);
}

/* A layer may write what a lower one stores (a hard-link group goes to its
 * highest name), and a content may be passed long before its turn, so all that
 * the plan wants is known before the first layer is read. */
static void mark_wanted(struct shrink_contents *c, const struct plan *plan)
{
	for (uint32_t i = 0; i < plan->n_layers; i++) {
		const struct plan_layer *l = &plan->layers[i];
		for (uint32_t k = 0; k < l->draft.index.n_records; k++)
			if (l->draft.inodes[k] != TREE_NONE)
				c->wanted[l->draft.inodes[k]] = 1;
	}
}

/* A byte for each entry of the source and a reader for each layer: nothing is
 * opened yet, for a dry run or a plan that keeps all reads nothing. */
int shrink_contents_open(const struct loaded_image *src,
			 const struct plan *plan,
			 const struct shrink_options *opt,
			 struct shrink_contents **out, struct err *err)
{
	scoped(shrink_contents_close) struct shrink_contents *c =
		calloc(1, sizeof *c);
	if (!c)
		return err_nomem(err, sizeof *c);
	*c = (struct shrink_contents){ .src = src,
				       .lim = opt->load.limits,
				       .threads = opt->load.threads,
				       .progress = opt->load.progress };
	layer_spill_init(&c->spill, opt->tmpdir);
	c->layers = calloc(src->n_layers + 1, sizeof *c->layers);
	c->wanted = calloc(tree_n_entries(src->tree), 1);
	if (!c->layers || !c->wanted)
		return err_nomem(err, tree_n_entries(src->tree));
	mark_wanted(c, plan);
	*out = take(&c);
	return 0;
}

/* What is inflated comes from another thread, for as many layers as there are
 * threads besides this one: each stays open to the end. */
static int read_ahead(struct shrink_contents *c, struct reading *r,
		      struct err *err)
{
	if (c->n_ahead + 1 >= c->threads)
		return 0;
	struct stream *inner = take(&r->stream);
	if (ahead_open(&inner, &r->stream, err) < 0) {
		stream_close(&inner);
		return -1;
	}
	c->n_ahead++;
	return 0;
}

/* Once for all that is drawn from the layer, and left open until the end: what
 * a later layer wants may stand behind what this one took. The stream checks
 * limits and digest as at the first reading.
 *
 * Codecs cannot go back, so a layer is opened once and read on; a second
 * opening for a content that was passed would inflate all in front of it again,
 * for each such content. */
static int open_layer(struct shrink_contents *c, uint16_t position,
		      struct reading **out, struct err *err)
{
	struct reading *r = &c->layers[position];
	const struct image *img = c->src->image;
	scoped(stream_close) struct stream *blob = NULL;
	if (!r->stream) {
		enum codec codec = c->src->layers[position].codec;
		if (source_open_layer(img, position, &blob, err) < 0 ||
		    codec_open(codec, &blob, c->lim, NULL, &r->stream, err) <
			    0 ||
		    (codec != CODEC_NONE && read_ahead(c, r, err) < 0) ||
		    tar_open(r->stream, c->lim, &r->tar, err) < 0)
			return -1;
	}
	*out = r;
	return 0;
}

/* Only stored runs are kept: holes are in the sparse map. */
static int put_in_spill(struct shrink_contents *c, uint32_t entry,
			const struct tar_entry *e, struct tar_reader *tar,
			struct err *err)
{
	struct tar_run run;
	int r;
	if (layer_spill_begin(&c->spill, entry, e, err) < 0)
		return -1;
	while ((r = tar_content(tar, &run, err)) > 0)
		if (run.p &&
		    layer_spill_add(&c->spill, run.p, (size_t)run.n, err) < 0)
			return -1;
	return r;
}

/* Reads on to a member of its layer; what is wanted on the way is spilled.
 */
static int read_to(struct shrink_contents *c, uint32_t entry,
		   struct reading **out, struct tar_entry *e, struct err *err)
{
	const struct tree *t = c->src->tree;
	uint16_t position = tree_entry(t, entry)->born;
	uint32_t first = tree_layer(t, position)->first;
	struct reading *r;
	if (open_layer(c, position, &r, err) < 0)
		return -1;
	for (;;) {
		int got = tar_next(r->tar, e, err);
		if (got < 0)
			return -1;
		if (got == 0)
			/* It was there when the layer was indexed, and its
			 * digest is checked only at the end: somebody exchanges
			 * the file while it is read. */
			return err_set(err, ERR_CORRUPT,
				       "layer %u changed while it was read",
				       position + 1u);
		progress_work(c->progress,
			      (tar_offset(r->tar) - r->told) * EFFORT_UNPACK);
		r->told = tar_offset(r->tar);
		/* A layer's entries are its members, in order, so that a number
		 * is all it takes to know what was passed. */
		uint32_t id = first + r->next++;
		if (id == entry)
			break;
		if (c->wanted[id] && put_in_spill(c, id, e, r->tar, err) < 0)
			return -1;
	}
	*out = r;
	return 0;
}

/* A content that is not in the spill is still ahead in its layer: contents are
 * passed once, and those that are wanted later are spilled then. */
static int begin_from_layer(struct shrink_contents *c, uint32_t entry,
			    struct tar_entry *out, struct err *err)
{
	struct reading *from = NULL;
	struct tar_entry e;
	if (read_to(c, entry, &from, &e, err) < 0)
		return -1;
	out->is_sparse = e.is_sparse;
	out->sparse = e.sparse;
	out->n_sparse = e.n_sparse;
	c->tar = from->tar;
	return 0;
}

static int begin(struct layer_contents *self, uint32_t i, struct tar_entry *e,
		 struct err *err)
{
	struct shrink_contents *c =
		container_of(self, struct shrink_contents, contents);
	uint32_t entry = c->layer->draft.inodes[i];
	/* From here on it is no content that would have to be spilled. */
	c->wanted[entry] = 0;
	c->tar = NULL;
	stream_close(&c->spilled);
	if (layer_spill_has(&c->spill, entry))
		return layer_spill_open(&c->spill, entry, e, &c->spilled, err);
	return begin_from_layer(c, entry, e, err);
}

/* A peeked run stays valid until it is skipped, so it is skipped at the next
 * call. */
static int next_from_spill(struct shrink_contents *c, const uint8_t **p,
			   size_t *n, struct err *err)
{
	int r;
	stream_skip(c->spilled, c->peeked);
	c->peeked = 0;
	r = stream_peek(c->spilled, 1, p, n, err);
	if (r > 0)
		c->peeked = *n;
	return r;
}

/* Runs without bytes are holes, which the sparse map tells of. */
static int next(struct layer_contents *self, const uint8_t **p, size_t *n,
		struct err *err)
{
	struct shrink_contents *c =
		container_of(self, struct shrink_contents, contents);
	struct tar_run run;
	int r;
	if (c->spilled)
		return next_from_spill(c, p, n, err);
	while ((r = tar_content(c->tar, &run, err)) > 0) {
		if (!run.p)
			continue;
		*p = run.p;
		*n = (size_t)run.n;
		return 1;
	}
	return r;
}

struct layer_contents *shrink_contents_of(struct shrink_contents *c,
					  const struct plan_layer *l)
{
	static const struct layer_contents_ops ops = { begin, next };
	c->contents.ops = &ops;
	c->layer = l;
	return &c->contents;
}
