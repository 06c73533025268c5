/* SPDX-License-Identifier: Apache-2.0 */
/* A rewritten layer of this release and one of the last release may be of equal
 * members and still of other bytes: another level, another version of the
 * codec. The old blob unpacks to the same files and nodes have it, so it is
 * taken. The proof reads it like any other layer. */
#include "shrink/reuse.h"

/* All that the writer puts into a header, and the content. Where a member lay
 * in its tar does not matter: that follows from the members before it. */
static bool same_record(const struct index_record *a,
			const struct index_record *b)
{
	bool same_content = a->sha256 && b->sha256
				    ? memcmp(a->sha256, b->sha256, 32) == 0
				    : a->sha256 == b->sha256;
	return str_eq(a->path, b->path) && str_eq(a->target, b->target) &&
	       a->type == b->type && a->mode == b->mode && a->uid == b->uid &&
	       a->gid == b->gid && instant_eq(a->mtime, b->mtime) &&
	       a->devmajor == b->devmajor && a->devminor == b->devminor &&
	       a->size == b->size && a->is_sparse == b->is_sparse &&
	       str_eq(a->xattrs, b->xattrs) && same_content;
}

/* 1: the same members in the same order. A layer that some other tool wrote may
 * have global headers or bytes behind its end, which ours would not have; it is
 * not taken. */
static int same_members(const struct layer_index *a,
			const struct layer_index *b, struct err *err)
{
	scoped(layer_index_iter_done) struct index_iter i, k;
	struct index_record x, y;
	int more;
	layer_index_begin(a, &i);
	layer_index_begin(b, &k);
	if (a->n_records != b->n_records || b->trailing)
		return 0;
	while ((more = layer_index_next(&i, &x, err)) > 0) {
		int other = layer_index_next(&k, &y, err);
		if (other <= 0)
			return other; /* fewer than it counts: not the same */
		if (!same_record(&x, &y) || y.has_global)
			return 0;
	}
	return more < 0 ? -1 : 1;
}

/* A rewritten layer has no bytes yet that could be compared. A previous layer
 * with the members that it will have, in their order, unpacks to the same, and
 * nodes have it. */
static int find_layer(const struct loaded_image *src,
		      const struct loaded_image *prev,
		      const struct plan_layer *l, size_t *at, struct err *err)
{
	for (*at = 0; *at < prev->n_layers; ++*at) {
		const struct layer_index *ix = &prev->layers[*at];
		int same = l->fate == LAYER_REWRITTEN
				   ? same_members(&l->draft.index, ix, err)
				   : digest_eq(&src->layers[l->from].diff_id,
					       &ix->diff_id);
		if (same)
			return same;
	}
	return 0;
}

int shrink_reuse_blobs(const struct loaded_image *src,
		       const struct loaded_image *prev, struct plan *p,
		       struct err *err)
{
	for (uint32_t i = 0; i < p->n_layers; i++) {
		struct plan_layer *l = &p->layers[i];
		size_t at;
		if (l->fate != LAYER_KEPT && l->fate != LAYER_REWRITTEN)
			continue;
		int found = find_layer(src, prev, l, &at, err);
		if (found < 0)
			return -1;
		if (found == 0)
			continue;
		shrink_draft_done(&l->draft);
		l->fate = LAYER_REUSED;
		l->previous = (struct layer_origin){ prev, (uint16_t)at };
	}
	return 0;
}
