/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/result.h - what came of making images smaller. */
#pragma once
#include "shrink/plan.h"

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
