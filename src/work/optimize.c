/* SPDX-License-Identifier: Apache-2.0 */
#include "work/optimize.h"

#include <stdlib.h>

#include "layer/effort.h"
#include "shrink/finish.h"
#include "shrink/lost.h"
#include "shrink/outlook.h"
#include "shrink/prove.h"
#include "shrink/write.h"

void work_optimized_done(struct work_optimized *o)
{
	for (size_t i = 0; o->dropped && i < o->result.n; i++)
		analyze_drops_done(&o->dropped[i]);
	free(o->dropped);
	shrink_result_done(&o->result);
	*o = (struct work_optimized){ 0 };
}

void work_optimize_defaults(struct shrink_options *how)
{
	how->min_gain_bytes = WORK_MIN_GAIN_BYTES;
	how->min_gain_ppm = WORK_MIN_GAIN_PPM;
	how->fold_max = PLAN_TINY;
}

/* A run: what was asked for and what it has come to. */
struct run {
	const struct work_optimize *job;
	const struct image_set *set;
	struct work_optimized out;
	uint64_t later; /* work of the images that are still to come */
};

static void run_done(struct run *run)
{
	work_optimized_done(&run->out);
}

static int load_previous(const struct work_optimize *job,
			 struct image_result *r, struct err *err)
{
	const struct image *previous = NULL;
	if (job->previous)
		previous =
			source_find_image(job->previous, &r->image->platform);
	if (!previous)
		return 0;
	if (shrink_load_previous(r, previous, &job->how.load, err) < 0)
		return err_ctx(err, "--previous");
	return 0;
}

/* Which layers become one. A base that reaches to the top leaves nothing to
 * merge, and then all layers are kept. A range that reaches into the base ends
 * it there. */
static int decide_range(const struct work_optimize *job,
			const struct image *img, struct shrink_decisions *d,
			struct err *err)
{
	uint32_t n = (uint32_t)img->n_layers;
	switch (job->merge) {
	case WORK_MERGE_NONE:
		return 0;
	case WORK_MERGE_ABOVE_BASE:
		if (d->base.n_layers >= n)
			return 0;
		d->range.from = (uint16_t)d->base.n_layers;
		d->range.to = (uint16_t)(n - 1);
		break;
	case WORK_MERGE_NAMED:
		if (n == 0)
			return 0;
		if (shrink_find_range(img, job->layers, d->base.n_layers,
				      &d->range, err) < 0)
			return -1;
		break;
	}
	d->merge = true;
	d->base.n_layers = MIN(d->base.n_layers, (uint32_t)d->range.from);
	return 0;
}

/* Which names go. Only what stands above the base can: below it the bytes would
 * stay. */
static int decide_removals(const struct run *run, const struct image_result *r,
			   struct shrink_decisions *d, struct err *err)
{
	if (!run->out.dropped)
		return 0;
	struct dropping *drop = &run->out.dropped[r - run->out.result.images];
	if (analyze_find_drops(&r->loaded, run->job->drop, d->base.n_layers,
			       drop, err) < 0)
		return err_ctx(err, "%.*s", STR_ARG(r->image->name));
	d->removed = drop->nodes;
	d->n_removed = drop->n;
	return 0;
}

/* The base is asked for before the layers are read: a policy that does not fit
 * the image fails at once. */
static int load_and_decide(const struct run *run, struct image_result *r,
			   struct shrink_decisions *d, struct err *err)
{
	const struct work_optimize *job = run->job;
	if (work_base_find(&job->base, r->image, &d->base, err) < 0 ||
	    shrink_load(r, &job->how.load, err) < 0 ||
	    load_previous(job, r, err) < 0 ||
	    decide_range(job, r->image, d, err) < 0)
		return -1;
	return decide_removals(run, r, d, err);
}

static int write_image(const struct run *run, struct image_result *r,
		       struct err *err)
{
	const struct work_optimize *job = run->job;
	const struct shrink_options *how = &job->how;
	if (job->dest && shrink_check_space(r, job->dest, how, err) < 0)
		return -1;
	struct shrink_outlook o = shrink_look_ahead(r, job->dest, how);
	progress_rest(how->load.progress, o.work + o.proof_work + run->later);
	progress_phase(how->load.progress, "writing", o.bytes, EFFORT_COPY);
	if (o.slow_bytes)
		work_slow(&job->events, o.slow_bytes, &o.slow_spec);
	return shrink_write(run->set, r, job->dest, how, err);
}

/* One after the other: of an image only its indices and its tree stay in
 * memory, which the proof needs. */
static int shrink_images(struct run *run, struct err *err)
{
	const struct work_optimize *job = run->job;
	struct optimize_result *res = &run->out.result;
	for (size_t i = 0; i < res->n; i++)
		run->later += shrink_guess_work(run->set->images[i], job->dest,
						&job->how);
	progress_rest(job->how.load.progress, run->later);
	for (size_t i = 0; i < res->n; i++) {
		struct image_result *r = &res->images[i];
		struct shrink_decisions d = { 0 };
		run->later -= shrink_guess_work(r->image, job->dest, &job->how);
		if (load_and_decide(run, r, &d, err) < 0 ||
		    shrink_plan(r, &d, &job->how, err) < 0 ||
		    write_image(run, r, err) < 0)
			return -1;
	}
	return 0;
}

/* Writes what stands over the images, proves all of it, and only then lets it
 * appear. */
static int put_in_place(struct run *run, struct err *err)
{
	const struct work_optimize *job = run->job;
	struct progress *progress = job->how.load.progress;
	struct optimize_result *res = &run->out.result;
	progress_rest(progress, shrink_proof_work(res));
	if (shrink_finish(run->set, job->dest, job->tag, res, err) < 0 ||
	    shrink_prove(job->dest, res, &job->how, err) < 0)
		return -1;
	progress_rest(progress, 0);
	progress_phase(progress, "finishing", 0, 0);
	if (dest_commit(job->dest, err) < 0)
		return -1;
	res->written = true;
	return 0;
}

/* Told before a layer is read: the kind of destination decides it. */
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

static int begin(struct run *run, struct err *err)
{
	const struct work_optimize *job = run->job;
	if (source_images(job->source, &run->set, err) < 0)
		return -1;
	if (job->dest && run->set->n > 1 && !dest_takes_index(job->dest))
		return refuse_several(run->set, job->dest, err);
	if (shrink_begin(run->set, &run->out.result, err) < 0)
		return -1;
	/* One answer an image: a rule finds other names in each. */
	if (!job->drop)
		return 0;
	run->out.dropped = calloc(run->set->n + 1, sizeof *run->out.dropped);
	if (!run->out.dropped)
		return err_nomem(err, run->set->n * sizeof *run->out.dropped);
	return 0;
}

int work_optimize_run(const struct work_optimize *job,
		      struct work_optimized *out, struct err *err)
{
	scoped(run_done) struct run run = { .job = job };
	if (begin(&run, err) < 0 || shrink_images(&run, err) < 0)
		return -1;
	enum dest_holds holds =
		job->dest ? dest_holds(job->dest) : DEST_HOLDS_LAYOUT;
	if (shrink_list_lost(run.set, holds, &run.out.result, err) < 0 ||
	    (job->dest && put_in_place(&run, err) < 0))
		return -1;
	*out = run.out;
	run.out = (struct work_optimized){ 0 };
	return 0;
}
