/* SPDX-License-Identifier: Apache-2.0 */
#include "work/diff.h"

#include <stdlib.h>

void work_diff_done(struct work_diff *d)
{
	for (size_t i = 0; i < d->n; i++) {
		tree_loaded_image_done(&d->loaded[2 * i + 1]);
		tree_loaded_image_done(&d->loaded[2 * i]);
		analyze_package_list_done(&d->v[i].packages[0]);
		analyze_package_list_done(&d->v[i].packages[1]);
		analyze_transfer_done(&d->v[i].transfer);
	}
	free(d->loaded);
	free(d->v);
	work_platform_pairs_done(&d->platforms);
	source_close(&d->source[0]);
	source_close(&d->source[1]);
	*d = (struct work_diff){ 0 };
}

static int load_pair(const struct work_session *s,
		     const struct work_diff_options *opt,
		     const struct platform_pair *of, struct work_diff *d,
		     struct err *err)
{
	struct loaded_image *a = &d->loaded[2 * d->n], *b = a + 1;
	struct work_diff_pair *p = &d->v[d->n++];
	p->a = a;
	p->b = b;
	if (d->platforms.n > 1)
		p->platform = of->name;
	/* By their blobs: what a node fetches, and what a file costs there, are
	 * numbers of the blob, and one tar may be compressed in two ways. */
	struct load_options how = s->load;
	how.trust_cache = true;
	how.known_blobs_only = true;
	if (work_platform_pair_load(&how, of, a, b, err) < 0)
		return -1;
	if (opt->transfer && analyze_transfer(a, b, &p->transfer, err) < 0)
		return -1;
	if (!opt->packages)
		return 0;
	if (analyze_list_packages(a, &p->packages[0], err) < 0)
		return -1;
	return analyze_list_packages(b, &p->packages[1], err);
}

static int load_pairs(const struct work_session *s,
		      const struct work_diff_options *opt, struct work_diff *d,
		      struct err *err)
{
	const struct platform_pairs *of = &d->platforms;
	d->loaded = calloc(2 * of->n + 1, sizeof *d->loaded);
	d->v = calloc(of->n + 1, sizeof *d->v);
	if (!d->loaded || !d->v)
		return err_nomem(err, of->n * sizeof *d->loaded);
	for (size_t i = 0; i < of->n; i++)
		if (of->v[i].image[0] && of->v[i].image[1] &&
		    load_pair(s, opt, &of->v[i], d, err) < 0)
			return -1;
	return 0;
}

int work_diff_run(struct work_session *s, const struct work_diff_options *opt,
		  struct work_diff *out, struct err *err)
{
	const struct image_set *a, *b;
	*out = (struct work_diff){ 0 };
	/* Both are opened before either is listed, so that of two names that
	 * are wrong the first is told. */
	if (work_open_source(s, opt->from, &out->source[0], err) < 0 ||
	    work_open_source(s, opt->to, &out->source[1], err) < 0 ||
	    source_images(out->source[0], &a, err) < 0 ||
	    source_images(out->source[1], &b, err) < 0 ||
	    work_platform_pairs_make(a, b, &out->platforms, err) < 0)
		return -1;
	return load_pairs(s, opt, out, err);
}
