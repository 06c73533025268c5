/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/result.h - what an optimization is asked for, and what came of it. */
#pragma once
#include "shrink/base.h"
#include "shrink/plan.h"
#include "shrink/range.h"

struct optimize_options {
	struct load_options load;
	const char *tmpdir;
	/* How many lowest layers of an image are kept, and why. */
	int (*find_base)(void *self, const struct image *img,
			 struct base_guess *out, struct err *err);
	void *find_base_self;
	/* NULL: every layer above the base that gains enough is rewritten, for
	 * itself. Else the layers that become one; 0: none. */
	int (*find_range)(void *self, const struct image *img, uint32_t n_base,
			  struct layer_range *out, struct err *err);
	void *find_range_self;
	/* NULL, or the names to be taken out, as remove_nodes wants them;
	 * borrowed. */
	int (*find_removals)(void *self, const struct loaded_image *li,
			     uint32_t n_base, const uint32_t **nodes,
			     uint32_t *n, struct err *err);
	void *find_removals_self;
	/* NULL, or the image whose layers are to be kept for those who have
	 * it; *out NULL: none for this platform. */
	int (*find_previous)(void *self, const struct image *img,
			     const struct image **out, struct err *err);
	void *find_previous_self;
	uint64_t min_gain_bytes;
	unsigned min_gain_pct;
	uint64_t fold_max;	/* see struct plan_options */
	bool keep_codec;	/* each layer as it was; else spec */
	struct codec_spec spec; /* long window and levels hold for both */
	bool recompress;	/* kept layers, too (their DiffIDs stay) */
	enum layer_order order; /* of what is rewritten */
	struct str tag;
	/* NULL, or told before a rewrite that takes minutes: so many bytes of
	 * tar will be compressed at this level. */
	void (*slow)(void *self, uint64_t bytes, const struct codec_spec *spec);
	void *slow_self;
};

struct layer_result {
	enum layer_fate fate;
	uint16_t from, to; /* source layers, inclusive; none when laid */
	uint16_t previous; /* when reused or laid: the layer of that image */
	bool recompressed; /* kept but for that */
	struct str stated; /* media type that the kept blob's holder states */
	uint64_t stored_before, stored_after;
	uint64_t size_before, size_after; /* of the blobs */
	uint64_t tar_before, tar_after;
	enum codec codec; /* of the blob; of one that vanished CODEC_NONE */
	struct desc desc;
	struct digest diff_id;
};

struct image_result {
	const struct image *image;
	struct loaded_image loaded;
	struct loaded_image previous; /* image NULL: none */
	struct plan plan;
	uint32_t n_base;
	const char *base_why;
	struct layer_result *layers;
	uint32_t n_layers;
	struct tree_totals before, after;
	uint64_t size_before, size_after; /* blobs of all layers */
	uint64_t tar_before, tar_after;
	/* Each source layer's blob is compressed where that in its place is, and
	 * raw where it is raw; else only the tars can be compared. */
	bool alike;
	uint32_t n_layers_after;
	uint32_t n_removed;
	struct digest expected;	    /* the source's, but for the removals */
	struct digest digest_after; /* read back, or of the plan (dry run) */
	struct desc config, manifest;
};

struct optimize_result {
	struct image_result *images;
	size_t n;
	size_t n_attestations_dropped;
	/* What the source's documents said and the result cannot; see
	 * shrink/lost.h. Empty: nothing. */
	struct buf lost;
	/* Of several images, the one that manifest.json of the result names;
	 * NULL: there is nothing to tell. */
	const struct image *docker_image;
	bool written;
};
