/* SPDX-License-Identifier: Apache-2.0 */
#include "tree/load.h"

#include <stdlib.h>

#include "base/pool.h"
#include "tree/remember.h"

/* The index of one layer, in the making. */
struct layer_task {
	struct task task;
	const struct image *image;
	const struct load_options *opt;
	size_t position;
	struct layer_index *out;
	const struct layer_index *known; /* NULL: to be read */
};

static int layer_context(const struct image *img, size_t position,
			 struct err *err)
{
	const struct source_layer *l = &img->layers[position];
	const struct digest *d = l->has_desc ? &l->desc.digest : &l->diff_id;
	return err_ctx(err, "%.*s: layer %zu (%s:%s)", STR_ARG(img->name),
		       position + 1, digest_alg_name(d->alg),
		       digest_short(d).text);
}

/* The digest a layer's bytes must have; NULL when only its DiffID is known and
 * it may be compressed. */
static const struct digest *stated_digest(const struct source_layer *l)
{
	if (l->has_desc)
		return &l->desc.digest;
	return l->diff_id.alg ? &l->diff_id : NULL;
}

/* Takes the index of an earlier run. Unless the file is trusted, its bytes are
 * hashed; a layer that turns out to be another one is left to be read. 1: done;
 * 0: not remembered. */
static int recall_layer(const struct layer_task *t, struct err *err)
{
	const struct source_layer *l = &t->image->layers[t->position];
	const struct layer_place place = { t->opt->cache, t->opt->limits,
					   t->image, t->position };
	scoped(layer_index_done) struct layer_index ix = { 0 };
	scoped(stream_close) struct stream *in = NULL, *hashed = NULL;
	const struct digest *want = stated_digest(l);
	struct digest noted, seen;
	bool trusted = t->opt->trust_cache && remember_digest(&place, &noted);
	if (trusted && (!l->has_desc || digest_eq(&noted, want)))
		want = &noted;
	else
		trusted = false;
	if (!want || !remember_index(&place, want, &ix) ||
	    ix.blob_size != l->blob_size ||
	    (l->diff_id.alg && !digest_eq(&ix.diff_id, &l->diff_id)))
		return 0;
	if (!trusted) {
		if (source_open_layer(t->image, t->position, &in, err) < 0)
			return -1;
		if (hash_tee_open(&in, &seen, NULL, &hashed, err) < 0 ||
		    stream_finish(hashed, err) < 0)
			return layer_context(t->image, t->position, err);
		if (!digest_eq(&seen, &ix.blob))
			return 0;
		remember_layer(&place, &ix, false);
	}
	progress_add(t->opt->progress, l->blob_size);
	*t->out = ix;
	ix = (struct layer_index){ 0 };
	return 1;
}

static int build_layer(const struct layer_task *t, struct err *err)
{
	const struct source_layer *l = &t->image->layers[t->position];
	const struct layer_place place = { t->opt->cache, t->opt->limits,
					   t->image, t->position };
	scoped(stream_close) struct stream *blob = NULL;
	struct index_expect expect = {
		.blob = l->has_desc ? &l->desc.digest : NULL,
		.diff_id = l->diff_id.alg ? &l->diff_id : NULL,
		.blob_size = l->blob_size,
		.progress = t->opt->progress,
	};
	if (source_open_layer(t->image, t->position, &blob, err) < 0)
		return -1;
	if (index_build(&blob, &expect, t->opt->limits, t->out, err) < 0)
		return layer_context(t->image, t->position, err);
	remember_layer(&place, t->out, true);
	return 0;
}

/* A blob whose index the caller has: its bytes are verified, no more. */
static int verify_layer(const struct layer_task *t, struct err *err)
{
	scoped(stream_close) struct stream *blob = NULL;
	if (source_open_layer(t->image, t->position, &blob, err) < 0)
		return -1;
	if (stream_finish(blob, err) < 0)
		return layer_context(t->image, t->position, err);
	progress_add(t->opt->progress, t->image->layers[t->position].blob_size);
	return 0;
}

static int read_layer(struct task *task, struct err *err)
{
	struct layer_task *t = container_of(task, struct layer_task, task);
	if (t->known)
		return verify_layer(t, err);
	int r = t->opt->cache ? recall_layer(t, err) : 0;
	return r ? MIN(r, 0) : build_layer(t, err);
}

static const struct layer_index *find_known(const struct load_options *opt,
					    const struct source_layer *l)
{
	for (size_t i = 0; l->has_desc && i < opt->n_known; i++)
		if (digest_eq(&opt->known[i].blob, &l->desc.digest))
			return &opt->known[i];
	return NULL;
}

static int larger_first(const void *a, const void *b)
{
	const struct layer_task *x = a, *y = b;
	uint64_t m = x->image->layers[x->position].blob_size;
	uint64_t n = y->image->layers[y->position].blob_size;
	if (m != n)
		return m < n ? 1 : -1;
	return (x->position > y->position) - (x->position < y->position);
}

static int read_layers(struct loaded_image *li, const struct load_options *opt,
		       struct layer_task *tasks, struct err *err)
{
	scoped(pool_close) struct pool *pool = NULL;
	struct task *done;
	uint64_t total = 0;
	int r;
	for (size_t i = 0; i < li->n_layers; i++) {
		tasks[i] = (struct layer_task){
			.task.run = read_layer,
			.image = li->image,
			.opt = opt,
			.position = i,
			.out = &li->layers[i],
			.known = find_known(opt, &li->image->layers[i]),
		};
		li->used[i] = tasks[i].known ? tasks[i].known : tasks[i].out;
		total += li->image->layers[i].blob_size;
	}
	progress_phase(opt->progress, "reading", total);
	qsort(tasks, li->n_layers, sizeof *tasks, larger_first);
	if (pool_new(opt->threads, &pool, err) < 0)
		return -1;
	for (size_t i = 0; i < li->n_layers; i++)
		pool_submit(pool, &tasks[i].task);
	while ((r = pool_next(pool, &done, err)) > 0)
		;
	return r;
}

static int lay_layers(struct loaded_image *li, const struct load_options *opt,
		      struct err *err)
{
	if (tree_new(opt->limits, &li->tree, err) < 0)
		return -1;
	for (size_t i = 0; i < li->n_layers; i++) {
		if (tree_apply(li->tree, li->used[i], err) < 0)
			return layer_context(li->image, i, err);
		if (!opt->keep_indices)
			buf_done(&li->layers[i].records);
	}
	return tree_digest(li->tree, &li->digest, err);
}

void loaded_image_done(struct loaded_image *li)
{
	for (size_t i = 0; li->layers && i < li->n_layers; i++)
		layer_index_done(&li->layers[i]);
	free(li->layers);
	free(li->used);
	tree_close(&li->tree);
	*li = (struct loaded_image){ 0 };
}

static void free_tasks(struct layer_task **tasks)
{
	free(*tasks);
}

int image_load(const struct image *img, const struct load_options *opt,
	       struct loaded_image *out, struct err *err)
{
	scoped(loaded_image_done) struct loaded_image li = {
		.image = img,
		.n_layers = img->n_layers,
	};
	size_t n = MAX(img->n_layers, (size_t)1);
	scoped(free_tasks) struct layer_task *tasks = calloc(n, sizeof *tasks);
	li.layers = calloc(n, sizeof *li.layers);
	li.used = calloc(n, sizeof *li.used);
	if (!tasks || !li.layers || !li.used)
		return err_nomem(err, n * sizeof *tasks);
	if (read_layers(&li, opt, tasks, err) < 0 ||
	    lay_layers(&li, opt, err) < 0)
		return -1;
	*out = li;
	li = (struct loaded_image){ 0 };
	return 0;
}
