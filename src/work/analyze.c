/* SPDX-License-Identifier: Apache-2.0 */
#include "work/analyze.h"

#include <stdlib.h>

#include "work/wins.h"

void work_analyzed_done(struct work_analyzed *a)
{
	for (size_t i = 0; i < a->n; i++) {
		analyze_done(&a->v[i]);
		tree_loaded_image_done(&a->loaded[i]);
	}
	free(a->v);
	free(a->loaded);
	*a = (struct work_analyzed){ 0 };
}

static int analyze_one(const struct work_session *s, const struct image *img,
		       const struct work_analyze_options *opt,
		       struct work_analyzed *a, struct err *err)
{
	struct load_options load = s->load;
	struct base_guess base;
	size_t i = a->n;
	load.trust_cache = true;
	load.keep_indices = opt->wins; /* plans are made of them */
	if (tree_load_image(img, &load, &a->loaded[i], err) < 0)
		return -1;
	a->n++;
	if (work_base_find(&opt->base, img, &base, err) < 0 ||
	    analyze_image(&a->loaded[i], base.n_layers, base.why, &a->v[i],
			  err) < 0)
		return -1;
	return opt->wins ? work_wins_find(&a->loaded[i], &a->v[i],
					  s->load.threads, err)
			 : 0;
}

int work_analyze_run(const struct work_session *s, const struct image_set *set,
		     const struct work_analyze_options *opt,
		     struct work_analyzed *out, struct err *err)
{
	*out = (struct work_analyzed){
		.loaded = calloc(set->n + 1, sizeof *out->loaded),
		.v = calloc(set->n + 1, sizeof *out->v),
	};
	if (!out->loaded || !out->v)
		return err_nomem(err, set->n * sizeof *out->loaded);
	for (size_t i = 0; i < set->n; i++)
		if (analyze_one(s, set->images[i], opt, out, err) < 0)
			return -1;
	return 0;
}
