/* SPDX-License-Identifier: Apache-2.0 */
/* Layers are read in any order, on all threads, and laid one after the other on
 * this one. Reading takes nearly all of the time (it inflates and hashes), and
 * an index depends on nothing but its blob; laying depends on all that is
 * below. A layer that damaged bytes or a limit stop is told by its position,
 * whichever thread met it first: the pool gives errors in the order of
 * submission. */
#include "tree/load.h"

#include <stdlib.h>

#include "base/pool.h"
#include "base/progress.h"
#include "layer/read.h"

/* The index of one layer, in the making. */
struct layer_task {
	struct task task;
	struct layer_reading r;
};

static int run_task(struct task *task, struct err *err)
{
	struct layer_task *t = container_of(task, struct layer_task, task);
	return layer_read(&t->r, err);
}

/* The archives of docker save state no blob: theirs is the tar itself, if its
 * size is that of the layer. */
static const struct layer_index *find_blob(const struct known_layers *k,
					   const struct source_layer *l)
{
	const struct digest *want = l->has_desc ? &l->desc.digest : &l->diff_id;
	for (size_t i = 0; want->alg && i < k->n; i++)
		if (digest_eq(&k->v[i].blob, want) &&
		    k->v[i].blob_size == l->blob_size)
			return &k->v[i];
	return NULL;
}

static const struct layer_index *find_tar(const struct known_layers *k,
					  const struct source_layer *l)
{
	for (size_t i = 0; i < k->n; i++)
		if (digest_eq(&k->v[i].diff_id, &l->diff_id))
			return &k->v[i];
	return NULL;
}

/* The same blob is the better find: it need not be inflated to be verified.
 *
 * The archives of docker save have no descriptors, so there the DiffID is all
 * that names a layer. */
static const struct layer_index *find_known(const struct load_options *opt,
					    const struct source_layer *l)
{
	const struct known_layers *k = opt->known;
	const struct layer_index *found = NULL;
	for (size_t i = 0; !found && i < ARRAY_LEN(opt->known); i++)
		found = find_blob(&k[i], l);
	for (size_t i = 0;
	     !found && !opt->known_blobs_only && i < ARRAY_LEN(opt->known); i++)
		found = find_tar(&k[i], l);
	return found;
}

/* The largest layer decides how long it takes, so it starts first; equal sizes
 * keep their order, so that errors do not depend on the sort. */
static int larger_first(const void *a, const void *b)
{
	const struct layer_task *x = a, *y = b;
	uint64_t m = x->r.image->layers[x->r.position].blob_size;
	uint64_t n = y->r.image->layers[y->r.position].blob_size;
	if (m != n)
		return m < n ? 1 : -1;
	return (x->r.position > y->r.position) -
	       (x->r.position < y->r.position);
}

/* A layer that is more than an even share of the work is what the others wait
 * for, so that it may take a thread more. There are fewer such layers than
 * threads. */
static bool is_largest(const struct load_options *opt, uint64_t size,
		       uint64_t total)
{
	enum { LEAST = 1 << 20 };
	return opt->threads > 1 && size > LEAST && size > total / opt->threads;
}

/* used[i] is the index that the tree is made of: the layer's own, or one of the
 * caller's for the same tar, which is then verified and not made again. */
static int read_layers(struct loaded_image *li, const struct load_options *opt,
		       struct layer_task *tasks, struct err *err)
{
	scoped(pool_close) struct pool *pool = NULL;
	struct task *done;
	uint64_t total = 0;
	int r;
	for (size_t i = 0; i < li->n_layers; i++) {
		tasks[i] = (struct layer_task){
			.task.run = run_task,
			.r = {
				.image = li->image,
				.opt = opt,
				.position = i,
				.out = &li->layers[i],
				.known = find_known(opt, &li->image->layers[i]),
			},
		};
		total += li->image->layers[i].blob_size;
	}
	for (size_t i = 0; i < li->n_layers; i++)
		tasks[i].r.ahead =
			is_largest(opt, li->image->layers[i].blob_size, total);
	progress_phase(opt->progress, opt->phase ? opt->phase : "reading",
		       total, PROGRESS_READ);
	qsort(tasks, li->n_layers, sizeof *tasks, larger_first);
	if (pool_new(opt->threads, &pool, err) < 0)
		return -1;
	for (size_t i = 0; i < li->n_layers; i++)
		pool_submit(pool, &tasks[i].task);
	while ((r = pool_next(pool, &done, err)) > 0)
		;
	for (size_t i = 0; i < li->n_layers; i++) {
		const struct layer_reading *l = &tasks[i].r;
		bool was_read = l->out->diff_id.alg != DIGEST_NONE;
		li->used[l->position] = was_read ? l->out : l->known;
	}
	return r;
}

static int lay_layers(struct loaded_image *li, const struct load_options *opt,
		      struct err *err)
{
	if (tree_new(opt->limits, &li->tree, err) < 0)
		return -1;
	for (size_t i = 0; i < li->n_layers; i++) {
		bool last = !opt->keep_indices && li->used[i] == &li->layers[i];
		if ((last ? tree_apply_last(li->tree, &li->layers[i], err)
			  : tree_apply(li->tree, li->used[i], err)) < 0)
			return source_layer_ctx(li->image, i, err);
	}
	return tree_digest(li->tree, &li->digest, err);
}

void tree_loaded_image_done(struct loaded_image *li)
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

int tree_load_image(const struct image *img, const struct load_options *opt,
		    struct loaded_image *out, struct err *err)
{
	scoped(tree_loaded_image_done) struct loaded_image li = {
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

int tree_lay_again(const struct loaded_image *li, struct tree **out,
		   struct err *err)
{
	scoped(tree_close) struct tree *t = NULL;
	if (tree_new(tree_limits(li->tree), &t, err) < 0)
		return -1;
	for (size_t i = 0; i < li->n_layers; i++)
		if (tree_apply(t, li->used[i], err) < 0)
			return source_layer_ctx(li->image, i, err);
	*out = take(&t);
	return 0;
}
