/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/shrink.h"

#include <stdlib.h>

#include "oci/engines.h"
#include "shrink/make_plan.h"
#include "shrink/previous.h"
#include "shrink/remove.h"
#include "shrink/reuse.h"

int shrink_begin(const struct image_set *set, struct optimize_result *out,
		 struct err *err)
{
	struct image_result *images = calloc(set->n + 1, sizeof *images);
	if (!images)
		return err_nomem(err, set->n * sizeof *images);
	for (size_t i = 0; i < set->n; i++)
		images[i].image = set->images[i];
	*out = (struct optimize_result){
		.images = images,
		.n = set->n,
		.n_attestations_dropped = set->n_attestations,
		.lost = BUF_INIT(1 << 20),
	};
	return 0;
}

void shrink_result_done(struct optimize_result *r)
{
	for (size_t i = 0; i < r->n; i++) {
		shrink_plan_done(&r->images[i].plan);
		tree_loaded_image_done(&r->images[i].previous);
		tree_loaded_image_done(&r->images[i].loaded);
		free(r->images[i].layers);
	}
	buf_done(&r->lost);
	free(r->images);
	*r = (struct optimize_result){ 0 };
}

/* A plan is made of the indices, so they are kept. The cache is not trusted: a
 * blob that was exchanged under a kept mtime would be copied into the result
 * under the digest of what it was. */
static int load(const struct image *img, const struct load_options *opt,
		struct loaded_image *out, struct err *err)
{
	struct load_options verified = *opt;
	verified.keep_indices = true;
	verified.trust_cache = false;
	return tree_load_image(img, &verified, out, err);
}

int shrink_load(struct image_result *r, const struct load_options *opt,
		struct err *err)
{
	return load(r->image, opt, &r->loaded, err);
}

int shrink_load_previous(struct image_result *r, const struct image *previous,
			 const struct load_options *opt, struct err *err)
{
	return load(previous, opt, &r->previous, err);
}

static void free_forced(bool **v)
{
	free(*v);
}

/* The base of the previous image: the source's, when both have it. A release
 * on a newer base shares none of it, and then the previous image's own history
 * tells where its base ended. */
static uint32_t previous_base(const struct image_result *r)
{
	const struct loaded_image *a = &r->loaded, *b = &r->previous;
	for (uint32_t i = 0; i < r->n_base; i++)
		if (i >= b->n_layers ||
		    !digest_eq(&a->layers[i].diff_id, &b->layers[i].diff_id))
			return shrink_guess_base(b->image).n_layers;
	return r->n_base;
}

/* Where the two images have too little in common, the plan is the usual one;
 * layers that turn out equal are taken from the previous image in both cases.
 */
static int plan_on_previous(struct image_result *r,
			    const struct plan_options *plan, struct err *err)
{
	struct previous_options prev = { &r->previous, previous_base(r) };
	int planned =
		shrink_plan_on_previous(&r->loaded, &prev, plan, &r->plan, err);
	if (planned < 0 ||
	    (planned == 0 &&
	     shrink_make_plan(&r->loaded, plan, &r->plan, err) < 0))
		return -1;
	return shrink_reuse_blobs(&r->loaded, &r->previous, &r->plan, err);
}

/* Takes out what is to go, and plans what is left. */
static int plan_image(struct image_result *r,
		      const struct shrink_decisions *decided,
		      struct plan_options *plan, struct err *err)
{
	/* One more than there are layers: shrink_remove_nodes adds one on top. */
	scoped(free_forced) bool *forced =
		calloc(r->loaded.n_layers + 1, sizeof *forced);
	if (!forced)
		return err_nomem(err, r->loaded.n_layers * sizeof *forced);
	r->expected = r->loaded.digest;
	r->n_removed = decided->n_removed;
	/* From here on the loaded tree is that of the source with one layer
	 * more on top. */
	if (r->n_removed) {
		if (shrink_remove_nodes(&r->loaded, decided->removed,
					r->n_removed, forced, &r->expected,
					err) < 0)
			return -1;
		plan->forced = forced;
		plan->expected = &r->expected;
	}
	if (!r->previous.image)
		return shrink_make_plan(&r->loaded, plan, &r->plan, err);
	return plan_on_previous(r, plan, err);
}

struct plan_options shrink_plan_options(const struct shrink_options *opt,
					uint32_t n_base)
{
	return (struct plan_options){
		.n_base = n_base,
		.min_gain_bytes = opt->min_gain_bytes,
		.min_gain_ppm = opt->min_gain_ppm,
		.order = opt->order,
		.fold_max = opt->fold_max,
		.layers_max = ENGINES_LAYERS_MAX,
	};
}

int shrink_plan(struct image_result *r, const struct shrink_decisions *decided,
		const struct shrink_options *opt, struct err *err)
{
	r->n_base = decided->base.n_layers;
	r->base_why = decided->base.why;
	struct plan_options plan = shrink_plan_options(opt, r->n_base);
	plan.merge = decided->merge;
	plan.merge_range = decided->range;
	/* The totals are the source's: taken before names are taken out. */
	if (tree_sum(r->loaded.tree, r->n_base, &r->before, err) < 0 ||
	    plan_image(r, decided, &plan, err) < 0)
		return err_ctx(err, "%.*s", STR_ARG(r->image->name));
	r->after = r->plan.after;
	r->digest_after = r->expected;
	return 0;
}
