/* SPDX-License-Identifier: Apache-2.0 */
#include "work/platforms.h"

void work_platform_pairs_done(struct platform_pairs *p)
{
	arena_done(&p->arena);
}

static bool is_alike(const struct oci_platform *p, const struct oci_platform *q,
		     bool version)
{
	return str_eq(p->os, q->os) &&
	       str_eq(p->architecture, q->architecture) &&
	       str_eq(p->variant, q->variant) &&
	       (!version || str_eq(p->os_version, q->os_version));
}

/* The index of the image in b with a like platform, or b->n. Windows images
 * differ in os.version alone, so an exact one goes first; but a version that
 * the other side does not have must not keep the rest from being compared. */
static size_t find(const struct image_set *b, const bool *taken,
		   const struct oci_platform *p)
{
	for (int version = 1; version >= 0; version--)
		for (size_t i = 0; i < b->n; i++)
			if (!taken[i] &&
			    is_alike(&b->images[i]->platform, p, version))
				return i;
	return b->n;
}

static int add(struct platform_pairs *out, const struct image *a,
	       const struct image *b, struct err *err)
{
	scoped(buf_done) struct buf name = BUF_INIT(4096);
	struct platform_pair *p = &out->v[out->n];
	if (oci_platform_text(a ? &a->platform : &b->platform, &name, err) < 0)
		return -1;
	p->image[0] = a;
	p->image[1] = b;
	out->n++;
	out->n_both += a && b;
	return arena_str(&out->arena, name.n ? buf_str(&name) : STR("unknown"),
			 &p->name, err);
}

int work_platform_pairs_make(const struct image_set *a,
			     const struct image_set *b,
			     struct platform_pairs *out, struct err *err)
{
	bool *taken = arena_array(&out->arena, b->n, sizeof *taken, err);
	out->v = arena_array(&out->arena, a->n + b->n, sizeof *out->v, err);
	if (!taken || !out->v)
		return -1;
	if (a->n == 1 && b->n == 1)
		return add(out, a->images[0], b->images[0], err);
	for (size_t i = 0; i < a->n; i++) {
		size_t k = find(b, taken, &a->images[i]->platform);
		if (k < b->n)
			taken[k] = true;
		if (add(out, a->images[i], k < b->n ? b->images[k] : NULL,
			err) < 0)
			return -1;
	}
	for (size_t i = 0; i < b->n; i++)
		if (!taken[i] && add(out, NULL, b->images[i], err) < 0)
			return -1;
	return 0;
}

/* Has y a layer that x has, by its tar? What an image says of itself is enough
 * to ask: whoever lies is found out when the bytes are hashed. */
static bool is_shared(const struct image *x, const struct image *y)
{
	for (size_t i = 0; i < x->n_layers; i++)
		for (size_t k = 0; k < y->n_layers; k++)
			if (x->layers[i].diff_id.alg &&
			    digest_eq(&x->layers[i].diff_id,
				      &y->layers[k].diff_id))
				return true;
	return false;
}

/* x keeps its indices for y, which cost memory, and only where y wants one. */
int work_platform_pair_load(const struct load_options *how,
			    const struct platform_pair *of,
			    struct loaded_image *x, struct loaded_image *y,
			    struct err *err)
{
	struct load_options first = *how, second = *how;
	first.keep_indices = is_shared(of->image[0], of->image[1]);
	if (tree_load_image(of->image[0], &first, x, err) < 0)
		return -1;
	if (first.keep_indices)
		second.known[0] =
			(struct known_layers){ x->layers, x->n_layers };
	return tree_load_image(of->image[1], &second, y, err);
}
