/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/optimize.h"

#include <stdlib.h>

#include "oci/engines.h"
#include "shrink/effort.h"
#include "shrink/emit.h"
#include "shrink/lost.h"
#include "shrink/previous.h"
#include "shrink/prove.h"
#include "shrink/remove.h"

void optimize_result_done(struct optimize_result *r)
{
	for (size_t i = 0; i < r->n; i++) {
		plan_done(&r->images[i].plan);
		loaded_image_done(&r->images[i].previous);
		loaded_image_done(&r->images[i].loaded);
		free(r->images[i].layers);
	}
	buf_done(&r->lost);
	free(r->images);
	*r = (struct optimize_result){ 0 };
}

/* Which layers the plan is to make one; the base ends below them. */
static int choose_range(struct image_result *r,
			const struct optimize_options *opt,
			struct plan_options *plan, struct err *err)
{
	struct layer_range range;
	if (!opt->find_range)
		return 0;
	int found = opt->find_range(opt->find_range_self, r->image, r->n_base,
				    &range, err);
	if (found < 0)
		return -1;
	if (found == 0) {
		plan->n_base = (uint32_t)r->image->n_layers;
		return 0;
	}
	plan->merge = true;
	plan->merge_from = range.from;
	plan->merge_to = range.to;
	r->n_base = plan->n_base = MIN(r->n_base, (uint32_t)range.from);
	return 0;
}

static void free_forced(bool **v)
{
	free(*v);
}

/* The base of the previous image: the source's, when both have it. */
static uint32_t previous_base(const struct image_result *r)
{
	const struct loaded_image *a = &r->loaded, *b = &r->previous;
	for (uint32_t i = 0; i < r->n_base; i++)
		if (i >= b->n_layers ||
		    !digest_eq(&a->layers[i].diff_id, &b->layers[i].diff_id))
			return base_guess(b->image).n_layers;
	return r->n_base;
}

static int load_previous(struct image_result *r,
			 const struct optimize_options *opt,
			 const struct load_options *load, struct err *err)
{
	const struct image *prev = NULL;
	if (!opt->find_previous)
		return 0;
	if (opt->find_previous(opt->find_previous_self, r->image, &prev, err) <
	    0)
		return -1;
	return prev ? image_load(prev, load, &r->previous, err) : 0;
}

static int plan_on_previous(struct image_result *r,
			    const struct plan_options *plan, struct err *err)
{
	struct previous_options prev = { &r->previous, previous_base(r) };
	int planned = previous_plan(&r->loaded, &prev, plan, &r->plan, err);
	if (planned < 0 ||
	    (planned == 0 && plan_make(&r->loaded, plan, &r->plan, err) < 0))
		return -1;
	return previous_blobs(&r->loaded, &r->previous, &r->plan, err);
}

/* Takes out what the user named, and plans. */
static int plan_image(struct image_result *r,
		      const struct optimize_options *opt,
		      struct plan_options *plan, struct err *err)
{
	const uint32_t *nodes = NULL;
	uint32_t n = 0;
	scoped(free_forced) bool *forced =
		calloc(r->loaded.n_layers + 1, sizeof *forced);
	if (!forced)
		return err_nomem(err, r->loaded.n_layers * sizeof *forced);
	if (opt->find_removals &&
	    opt->find_removals(opt->find_removals_self, &r->loaded, r->n_base,
			       &nodes, &n, err) < 0)
		return -1;
	r->expected = r->loaded.digest;
	r->n_removed = n;
	if (n) {
		if (remove_nodes(&r->loaded, nodes, n, forced, &r->expected,
				 err) < 0)
			return -1;
		plan->forced = forced;
		plan->expected = &r->expected;
	}
	if (!r->previous.image)
		return plan_make(&r->loaded, plan, &r->plan, err);
	return plan_on_previous(r, plan, err);
}

struct plan_options optimize_plan_options(const struct optimize_options *opt,
					  uint32_t n_base)
{
	return (struct plan_options){
		.n_base = n_base,
		.min_gain_bytes = opt->min_gain_bytes,
		.min_gain_pct = opt->min_gain_pct,
		.order = opt->order,
		.fold_max = opt->fold_max,
		.layers_max = ENGINES_LAYERS_MAX,
	};
}

static int optimize_image(const struct image_set *set, struct image_result *r,
			  struct dest *dst, uint64_t later,
			  const struct optimize_options *opt, struct err *err)
{
	struct load_options load = opt->load;
	load.keep_indices = true;
	load.trust_cache = false;
	struct base_guess base;
	if (opt->find_base(opt->find_base_self, r->image, &base, err) < 0 ||
	    image_load(r->image, &load, &r->loaded, err) < 0)
		return -1;
	if (load_previous(r, opt, &load, err) < 0)
		return err_ctx(err, "--previous");
	r->n_base = base.n_layers;
	r->base_why = base.why;
	struct plan_options plan = optimize_plan_options(opt, r->n_base);
	if (choose_range(r, opt, &plan, err) < 0)
		return -1;
	if (tree_sum(r->loaded.tree, r->n_base, &r->before, err) < 0 ||
	    plan_image(r, opt, &plan, err) < 0)
		return err_ctx(err, "%.*s", STR_ARG(r->image->name));
	r->after = r->plan.after;
	r->digest_after = r->expected;
	if (emit_layers(r, dst, later, opt, err) < 0)
		return -1;
	return emit_documents(set, r, dst, err);
}

static int finish(struct dest *dst, const struct image_set *set,
		  const struct optimize_options *opt,
		  struct optimize_result *res, struct err *err)
{
	scoped(buf_done) struct buf index = BUF_INIT(64 << 20);
	scoped(arena_done) struct arena a = { 0 };
	struct dest_image *images =
		arena_array(&a, res->n, sizeof *images, err);
	if (!images || (set->is_index && dest_takes_index(dst) &&
			emit_index(set, res, &index, err) < 0))
		return -1;
	for (size_t i = 0; i < res->n; i++) {
		struct image_result *r = &res->images[i];
		struct desc *layers =
			arena_array(&a, r->n_layers, sizeof *layers, err);
		struct digest *ids =
			arena_array(&a, r->n_layers, sizeof *ids, err);
		size_t n = 0;
		if (!layers || !ids)
			return -1;
		for (uint32_t k = 0; k < r->n_layers; k++) {
			if (r->layers[k].fate == LAYER_VANISHED)
				continue;
			layers[n] = r->layers[k].desc;
			ids[n++] = r->layers[k].diff_id;
		}
		images[i] = (struct dest_image){
			.manifest = r->manifest,
			.config = r->config,
			.layers = layers,
			.diff_ids = ids,
			.n_layers = n,
		};
	}
	const struct dest_around around = { &set->entry, set->layout };
	int choice = dest_docker_choice(dst, images, res->n);
	res->docker_image = choice < 0 ? NULL : set->images[choice];
	return dest_finish(dst, images, res->n, buf_str(&index), opt->tag,
			   &around, err);
}

static int refuse_several(const struct image_set *set, const struct dest *dst,
			  struct err *err)
{
	scoped(buf_done) struct buf seen = BUF_INIT(1 << 20);
	for (size_t i = 0; i < set->n; i++)
		if ((i && buf_str_add(&seen, STR(", "), err) < 0) ||
		    oci_platform_text(&set->images[i]->platform, &seen, err) <
			    0)
			return -1;
	const char *z = buf_cstr(&seen);
	return err_set(err, ERR_USAGE,
		       "%s holds one platform: pick one with --platform "
		       "(%.200s), or write an OCI layout",
		       dest_kind(dst), z ? z : "");
}

/* The work of an image of which nothing is known but its size: read it, write
 * about as much, read that. */
static uint64_t guess_work(const struct image *img, const struct dest *dst,
			   const struct optimize_options *opt)
{
	struct codec_spec spec = { .codec = CODEC_GZIP, .level = 6 };
	uint64_t size = 0;
	if (!opt->keep_codec)
		spec = opt->spec;
	for (size_t i = 0; i < img->n_layers; i++)
		size += img->layers[i].blob_size;
	return size * ((dst ? 2 : 1) * PROGRESS_READ +
		       effort_of(&spec, opt->load.threads));
}

static uint64_t proof_work(const struct optimize_result *res)
{
	uint64_t size = 0;
	for (size_t i = 0; i < res->n; i++)
		size += res->images[i].size_after;
	return size * PROGRESS_READ;
}

int optimize_run(struct source *src, struct dest *dst,
		 const struct optimize_options *opt,
		 struct optimize_result *out, struct err *err)
{
	scoped(optimize_result_done) struct optimize_result res = {
		.lost = BUF_INIT(1 << 20)
	};
	const struct image_set *set;
	if (source_images(src, &set, err) < 0)
		return -1;
	if (dst && set->n > 1 && !dest_takes_index(dst))
		return refuse_several(set, dst, err);
	res.images = calloc(set->n + 1, sizeof *res.images);
	if (!res.images)
		return err_nomem(err, set->n * sizeof *res.images);
	res.n = set->n;
	res.n_attestations_dropped = set->n_attestations;
	uint64_t later = 0;
	for (size_t i = 0; i < set->n; i++)
		later += guess_work(set->images[i], dst, opt);
	progress_rest(opt->load.progress, later);
	for (size_t i = 0; i < set->n; i++) {
		res.images[i].image = set->images[i];
		later -= guess_work(set->images[i], dst, opt);
		if (optimize_image(set, &res.images[i], dst, later, opt, err) <
		    0)
			return -1;
	}
	enum dest_holds holds = dst ? dest_holds(dst) : DEST_HOLDS_LAYOUT;
	if (lost_list(set, holds, &res, err) < 0)
		return -1;
	if (dst) {
		progress_rest(opt->load.progress, proof_work(&res));
		if (finish(dst, set, opt, &res, err) < 0 ||
		    prove_staged(dst, &res, opt, err) < 0)
			return -1;
		progress_rest(opt->load.progress, 0);
		progress_phase(opt->load.progress, "finishing", 0, 0);
		if (dest_commit(dst, err) < 0)
			return -1;
		res.written = true;
	}
	*out = res;
	res = (struct optimize_result){ 0 };
	return 0;
}
