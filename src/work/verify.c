/* SPDX-License-Identifier: Apache-2.0 */
#include "work/verify.h"

#include <stdlib.h>

void work_verified_done(struct work_verified *v)
{
	free(v->v);
	arena_done(&v->arena);
	*v = (struct work_verified){ 0 };
}

/* The sink of one pair. */
struct pair_sink {
	const struct work_verify_sink *to;
	size_t pair;
};

static int pass_on(void *self, const struct tree_difference *d, struct err *err)
{
	const struct pair_sink *p = self;
	return p->to->difference(p->to->self, p->pair, d, err);
}

static int verify_pair(const struct work_session *s,
		       const struct work_verify_options *opt,
		       const struct platform_pair *of,
		       struct work_verified *out, struct err *err)
{
	bool several = out->n_platforms > 1;
	scoped(tree_loaded_image_done) struct loaded_image x = { 0 }, y = { 0 };
	struct work_verified_pair *p = &out->v[out->n];
	struct pair_sink sink = { &opt->sink, out->n++ };
	if (several && arena_str(&out->arena, of->name, &p->platform, err) < 0)
		return -1;
	if (work_platform_pair_load(&s->load, of, &x, &y, err) < 0)
		return -1;
	p->digest[0] = x.digest;
	p->digest[1] = y.digest;
	if (analyze_verify(&x, &y, opt->ignore, opt->ignore_config, pass_on,
			   &sink, &p->n_differences, err) < 0)
		return -1;
	out->n_differences += p->n_differences;
	return 0;
}

/* A platform that one side lacks is a difference of the images as a whole. */
static int tell_alone(const struct work_verify_options *opt,
		      const struct platform_pair *of, struct work_verified *out,
		      struct err *err)
{
	const struct tree_difference d = {
		.field = "platform",
		.a = of->image[0] ? of->name : (struct str){ 0 },
		.b = of->image[1] ? of->name : (struct str){ 0 },
	};
	out->n_differences++;
	return opt->sink.difference(opt->sink.self, SIZE_MAX, &d, err);
}

static int verify_all(const struct work_session *s,
		      const struct work_verify_options *opt,
		      const struct platform_pairs *of,
		      struct work_verified *out, struct err *err)
{
	out->n_platforms = of->n;
	out->v = calloc(of->n + 1, sizeof *out->v);
	if (!out->v)
		return err_nomem(err, of->n * sizeof *out->v);
	for (size_t i = 0; i < of->n; i++) {
		const struct platform_pair *one = &of->v[i];
		bool both = one->image[0] && one->image[1];
		if ((both ? verify_pair(s, opt, one, out, err)
			  : tell_alone(opt, one, out, err)) < 0)
			return -1;
	}
	return 0;
}

int work_verify_run(struct work_session *s,
		    const struct work_verify_options *opt,
		    struct work_verified *out, struct err *err)
{
	scoped(source_close) struct source *a = NULL, *b = NULL;
	scoped(work_platform_pairs_done) struct platform_pairs of = { 0 };
	const struct image_set *x, *y;
	*out = (struct work_verified){ 0 };
	if (work_open_source(s, opt->a, &a, err) < 0 ||
	    work_open_source(s, opt->b, &b, err) < 0 ||
	    source_images(a, &x, err) < 0 || source_images(b, &y, err) < 0 ||
	    work_platform_pairs_make(x, y, &of, err) < 0)
		return -1;
	return verify_all(s, opt, &of, out, err);
}
