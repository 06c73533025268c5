/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes are an image of up to three layers: two bytes that say how many
 * blocks the first two tars have, then the tars. They are indexed and laid over
 * one another; each stored byte must be live or dead, and what a plan leaves
 * must show the same tree, to us and to overlay, without a dead byte. The same
 * with a base, and with layers that become one. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shrink/make_plan.h"
#include "tar/header.h"

#include "fuzz.h"

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
			       unsigned seed);
/* libFuzzer's; a replay has none and needs none. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max)
	__attribute__((weak));

enum { LAYERS = 3, HEAD = 2 };

static const struct limits small = {
	.layers_max = 20,
	.entries_max = 200,
	.path_max = 300,
	.name_max = 255,
	.depth_max = 20,
	.pax_max = 8192,
	.xattr_max = 256,
	.xattrs_max = 1 << 16,
	.listed_xattrs_max = 1 << 20,
	.sparse_max = 100,
	.sparse_size_max = 1 << 20,
	.link_chain_max = 5,
	.link_bytes_max = 4096,
	.blob_max = 1 << 20,
	.layer_max = 1 << 20,
	.inflate_ratio_max = 100,
	.window_max = 1 << 20,
};

static int index_layer(const uint8_t *p, size_t n, struct layer_index *out,
		       struct err *err)
{
	scoped(stream_close) struct stream *in = NULL;
	struct index_expect expect = { 0 };
	if (mem_open(p, n, &in, err) < 0)
		return -1;
	return layer_index_build(&in, &expect, &small, out, err);
}

/* The whole of it; -1 when the image is none. */
static int load(const uint8_t *data, size_t size, struct loaded_image *li,
		struct err *err)
{
	size_t at = HEAD;
	li->n_layers = LAYERS;
	li->layers = calloc(LAYERS, sizeof *li->layers);
	if (!li->layers || tree_new(&small, &li->tree, err) < 0)
		return -1;
	for (size_t i = 0; i < LAYERS; i++) {
		size_t n = size - at;
		if (i < HEAD)
			n = MIN(n, (size_t)data[i] * TAR_BLOCK_SIZE);
		if (index_layer(data + at, n, &li->layers[i], err) < 0 ||
		    tree_apply(li->tree, &li->layers[i], err) < 0)
			return -1;
		at += n;
	}
	return tree_digest(li->tree, &li->digest, err);
}

/* A symlink of the layer may lead an entry to a name that begins like a
 * marker. Engines make it; no layer can say it again, and the plan refuses. */
static bool can_be_written(const struct tree *t)
{
	for (uint32_t i = 1; i < tree_n_nodes(t); i++)
		if (tree_top(t, i) && str_starts(tree_name(t, i), STR(".wh.")))
			return false;
	return true;
}

static void must(int r, const struct err *err)
{
	if (r >= 0)
		return;
	fprintf(stderr, "%s\n", err->text);
	abort();
}

/* shrink_make_plan proves what it makes. */
static struct tree_totals plan(const struct loaded_image *li,
			       const struct plan_options *opt)
{
	scoped(shrink_plan_done) struct plan p = { 0 };
	struct err err = { 0 };
	must(shrink_make_plan(li, opt, &p, &err), &err);
	return p.after;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	scoped(tree_loaded_image_done) struct loaded_image li = { 0 };
	struct tree_totals sum, after;
	struct err err = { 0 };
	if (size < HEAD || load(data, size, &li, &err) < 0)
		return 0;
	must(tree_sum(li.tree, 0, &sum, &err), &err);
	assert(sum.stored == sum.live + sum.dead);
	if (!can_be_written(li.tree))
		return 0;
	after = plan(&li, &(struct plan_options){ 0 });
	assert(after.dead == 0);
	assert(after.live == sum.live);
	after = plan(&li, &(struct plan_options){ .n_base = 1 });
	assert(after.dead == after.dead_base);
	for (uint16_t i = 0; i < LAYERS; i++)
		plan(&li,
		     &(struct plan_options){ .merge = true,
					     .merge_range.from = i,
					     .merge_range.to = (uint16_t)MIN(
						     i + 1, LAYERS - 1) });
	return 0;
}

static void mend_checksum(uint8_t *block)
{
	uint8_t *field = block + offsetof(struct tar_raw_header, checksum);
	unsigned sum = 0;
	memset(field, ' ', 8);
	for (size_t i = 0; i < TAR_BLOCK_SIZE; i++)
		sum += block[i];
	for (size_t i = 6; i-- > 0; sum >>= 3)
		field[i] = (uint8_t)('0' + (sum & 7));
	field[6] = 0;
}

static bool is_header(const uint8_t *block)
{
	return memcmp(block + offsetof(struct tar_raw_header, magic), "ustar",
		      5) == 0;
}

/* Few names, so that layers meet. */
static const char *const names[] = {
	"a",
	"b",
	"d",
	"d/a",
	"d/e",
	"d/e/a",
	".wh.a",
	".wh.d",
	"d/.wh.a",
	"d/.wh.e",
	"d/.wh..wh..opq",
	".wh..wh..opq",
	"./",
	"b/a",
	"a/d/e",
	".wh..wh.plnk/1",
	"d/e/.wh.a",
	"../d",
	"/d/e",
	"d/e/.wh..wh..opq",
};

static void set_name(uint8_t *field, unsigned seed)
{
	memset(field, 0, 100);
	const char *name = names[seed % ARRAY_LEN(names)];
	memcpy(field, name, strlen(name));
}

/* Changes a member, or moves, doubles or drops one. */
static size_t mutate_blocks(uint8_t *data, size_t size, size_t max,
			    unsigned seed)
{
	size_t n = (size - HEAD) / TAR_BLOCK_SIZE;
	uint8_t *block = data + HEAD + (seed >> 8) % n * TAR_BLOCK_SIZE;
	size_t behind = size - (size_t)(block - data) - TAR_BLOCK_SIZE;
	bool header = is_header(block);
	switch (seed & 7) {
	case 0:
		memmove(block, block + TAR_BLOCK_SIZE, behind);
		return size - TAR_BLOCK_SIZE;
	case 1:
		if (size + TAR_BLOCK_SIZE > max)
			return size;
		memmove(block + TAR_BLOCK_SIZE, block, behind + TAR_BLOCK_SIZE);
		return size + TAR_BLOCK_SIZE;
	case 2:
		data[seed >> 4 & 1] = (uint8_t)((seed >> 8) % (n + 1));
		return size;
	case 3:
		if (header)
			block[offsetof(struct tar_raw_header, flag)] =
				(uint8_t)("0012222355566"[(seed >> 20) % 13]);
		break;
	case 4:
		if (header)
			set_name(block + offsetof(struct tar_raw_header,
						  linkname),
				 seed >> 20);
		break;
	case 5:
		memcpy(block, data + HEAD + (seed >> 20) % n * TAR_BLOCK_SIZE,
		       TAR_BLOCK_SIZE);
		return size;
	default:
		if (header)
			set_name(block, seed >> 20);
	}
	if (header)
		mend_checksum(block);
	return size;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
			       unsigned seed)
{
	if (size >= HEAD + TAR_BLOCK_SIZE && seed % 4)
		return mutate_blocks(data, size, max, seed / 4);
	size = LLVMFuzzerMutate(data, size, max);
	for (size_t at = HEAD; at + TAR_BLOCK_SIZE <= size;
	     at += TAR_BLOCK_SIZE)
		if (is_header(data + at))
			mend_checksum(data + at);
	return size;
}
