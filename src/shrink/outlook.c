/* SPDX-License-Identifier: Apache-2.0 */
/* What is ahead, before it is done: room that is certain to be needed, and work
 * for the progress. Both err on one side. Room is a lower bound, so a disk
 * that would have sufficed is never refused; work is a guess that is corrected
 * when more is known. */
#include "shrink/outlook.h"

#include "layer/effort.h"
#include "shrink/layer_codec.h"
#include "shrink/spill_estimate.h"
#include "base/space.h"
#include "base/spool.h"

/* Does the destination have a kept layer's blob by the time its turn comes?
 * Equal layers are stored once (empty ones of several builders are equal). */
static bool came_before(const struct image_result *r, const struct dest *dst,
			const struct plan_layer *l, const struct digest *blob)
{
	const struct layer_index *layers = r->loaded.layers;
	for (uint16_t i = 0; l->fate == LAYER_KEPT && i < l->from; i++)
		if (digest_eq(&layers[i].blob, blob))
			return true;
	return dest_has_blob(dst, blob);
}

/* The bytes of its blob that are certain to be written; of what is
 * recompressed none are, since a tar of zeros may become a few bytes. So
 * shrink_check_space never refuses a disk with enough room, and fails on a full
 * one before hours of work, not after. */
static uint64_t sure_size(const struct image_result *r, const struct dest *dst,
			  const struct plan_layer *l,
			  const struct shrink_options *opt)
{
	bool raw = shrink_codec_for(r, l, opt).codec == CODEC_NONE;
	if (l->fate == LAYER_VANISHED)
		return 0;
	if (l->fate == LAYER_REWRITTEN)
		return raw ? l->draft.index.tar_size : 0;
	const struct layer_index *ix = shrink_held_index(r, l);
	if (shrink_is_recompressed(r, l, opt))
		return raw ? ix->tar_size : 0;
	return came_before(r, dst, l, &ix->blob) ? 0 : ix->blob_size;
}

/* Two places may run full: where the result goes, and where contents are
 * spilled. */
int shrink_check_space(const struct image_result *r, const struct dest *dst,
		       const struct shrink_options *opt, struct err *err)
{
	uint64_t sure = 0, spilled;
	for (uint32_t i = 0; i < r->plan.n_layers; i++)
		sure += sure_size(r, dst, &r->plan.layers[i], opt);
	if (dest_check_room(dst, sure, err) < 0 ||
	    shrink_estimate_spill(r->loaded.tree, &r->plan, &spilled, err) < 0)
		return -1;
	return space_check_temporary(spool_dir(opt->tmpdir), spilled, err);
}

/* What is ahead, with the slow part of it apart. */
struct counting {
	struct shrink_outlook all;
	uint64_t slow_work;
};

/* A blob that passes as it is: in a dry run nothing of it is touched. */
static void count_kept(struct counting *c, const struct layer_index *ix,
		       bool writes)
{
	if (!writes)
		return;
	c->all.bytes += ix->blob_size;
	c->all.work += ix->blob_size * EFFORT_COPY;
}

/* n bytes of tar to be compressed, for which `read` bytes are unpacked. */
static void count_compressed(struct counting *c, uint64_t n, uint64_t read,
			     const struct codec_spec *spec, unsigned threads)
{
	unsigned effort = layer_effort_of(spec, threads);
	c->all.bytes += n;
	c->all.work += n * effort + read * EFFORT_UNPACK;
	if (effort < EFFORT_SLOW)
		return;
	c->all.slow_bytes += n;
	c->all.slow_spec = *spec;
	c->slow_work += n * effort;
}

static void count_layer(struct counting *c, const struct image_result *r,
			const struct plan_layer *l, bool writes,
			const struct shrink_options *opt)
{
	if (l->fate == LAYER_VANISHED)
		return;
	if (l->fate == LAYER_REWRITTEN) {
		uint64_t read = 0;
		struct codec_spec spec = shrink_codec_for(r, l, opt);
		for (uint32_t i = l->from; i <= l->to; i++)
			read += r->loaded.layers[i].tar_size;
		c->all.proof_work +=
			l->draft.index.tar_size / 2 * PROGRESS_READ;
		count_compressed(c, l->draft.index.tar_size, read, &spec,
				 opt->load.threads);
		return;
	}
	const struct layer_index *ix = shrink_held_index(r, l);
	c->all.proof_work += ix->blob_size * PROGRESS_READ;
	if (!shrink_is_recompressed(r, l, opt)) {
		count_kept(c, ix, writes);
		return;
	}
	struct codec_spec spec = shrink_codec_for(r, l, opt);
	count_compressed(c, ix->tar_size, ix->tar_size, &spec,
			 opt->load.threads);
}

struct shrink_outlook shrink_look_ahead(const struct image_result *r,
					bool writes,
					const struct shrink_options *opt)
{
	struct counting c = { 0 };
	for (uint32_t i = 0; i < r->plan.n_layers; i++)
		count_layer(&c, r, &r->plan.layers[i], writes, opt);
	if (!writes)
		c.all.proof_work = 0;
	/* A note on each small image would soon be read by nobody. */
	if (c.slow_work < EFFORT_LONG)
		c.all.slow_bytes = 0;
	return c.all;
}

uint64_t shrink_guess_work(const struct image *img, bool writes,
			   const struct shrink_options *opt)
{
	struct codec_spec spec = { .codec = CODEC_GZIP, .level = 6 };
	uint64_t size = 0;
	if (opt->has_spec)
		spec = opt->spec;
	for (size_t i = 0; i < img->n_layers; i++)
		size += img->layers[i].blob_size;
	return size * ((writes ? 2 : 1) * PROGRESS_READ +
		       layer_effort_of(&spec, opt->load.threads));
}

uint64_t shrink_proof_work(const struct optimize_result *res)
{
	uint64_t size = 0;
	for (size_t i = 0; i < res->n; i++)
		size += res->images[i].size_after;
	return size * PROGRESS_READ;
}
