/* SPDX-License-Identifier: Apache-2.0 */
/* What stands over the images: the index, and the documents of the
 * destination's own form. It comes last, as each of them has digests of all
 * that is below it. */
#include "shrink/finish.h"

#include "shrink/emit.h"

/* An index of as many platforms as anybody builds takes a few KB; the ceiling
 * is for annotations, which may be of any length. */
enum { INDEX_MAX = 64 << 20 };

/* The layers that are there, and what they unpack to. A docker-archive is
 * written from these two lists alone: it has no manifest to name them. */
static int describe(const struct image_result *r, struct arena *a,
		    struct dest_image *out, struct err *err)
{
	struct desc *layers = arena_array(a, r->n_layers, sizeof *layers, err);
	struct digest *ids = arena_array(a, r->n_layers, sizeof *ids, err);
	size_t n = 0;
	if (!layers || !ids)
		return -1;
	for (uint32_t k = 0; k < r->n_layers; k++) {
		if (r->layers[k].fate == LAYER_VANISHED)
			continue;
		layers[n] = r->layers[k].desc;
		ids[n++] = r->layers[k].diff_id;
	}
	*out = (struct dest_image){
		.manifest = r->manifest,
		.config = r->config,
		.layers = layers,
		.diff_ids = ids,
		.n_layers = n,
	};
	return 0;
}

int shrink_finish(const struct image_set *set, struct dest *dst, struct str tag,
		  struct optimize_result *res, struct err *err)
{
	scoped(buf_done) struct buf index = BUF_INIT(INDEX_MAX);
	scoped(arena_done) struct arena a = { 0 };
	const struct dest_around around = { &set->entry, set->layout };
	struct dest_image *images =
		arena_array(&a, res->n, sizeof *images, err);
	if (!images || (set->is_index && dest_takes_index(dst) &&
			shrink_emit_index(set, res, &index, err) < 0))
		return -1;
	for (size_t i = 0; i < res->n; i++)
		if (describe(&res->images[i], &a, &images[i], err) < 0)
			return -1;
	int choice = dest_docker_choice(dst, images, res->n);
	res->docker_image = choice < 0 ? NULL : set->images[choice];
	return dest_finish(dst, images, res->n, buf_str(&index), tag, &around,
			   err);
}
