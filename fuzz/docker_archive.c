/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes are an image archive of whatever kind: opened, its documents
 * parsed, its layers read to their ends, with small limits. */
#include <assert.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "source/read/source.h"
#include "tar/header.h"

#include "fuzz.h"

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
			       unsigned seed);
/* libFuzzer's; a replay has none and needs none. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max)
	__attribute__((weak));

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
	.manifest_max = 1 << 16,
	.config_max = 1 << 16,
	.json_depth_max = 16,
	.index_depth_max = 4,
	.manifests_max = 50,
};

static void read_layers(const struct image *img)
{
	assert(img->n_layers == img->config.n_diff_ids);
	assert(img->n_layers <= small.layers_max);
	for (size_t i = 0; i < img->n_layers; i++) {
		scoped(stream_close) struct stream *in = NULL;
		struct err err = { 0 };
		uint64_t n = 0;
		if (source_open_layer(img, i, &in, &err) < 0 ||
		    stream_drain(in, &n, &err) < 0 ||
		    stream_finish(in, &err) < 0)
			continue;
		assert(n == img->layers[i].blob_size);
	}
}

static void look(int fd, enum ref_transport transport)
{
	struct source_options opt = { .limits = &small, .tmpdir = "/tmp" };
	struct ref ref = { .transport = transport,
			   .text = STR("fuzz"),
			   .path = STR("fuzz") };
	scoped(source_close) struct source *s = NULL;
	const struct image_set *set;
	struct err err = { 0 };
	if (source_open_fd(fd, &ref, &opt, &s, &err) < 0 ||
	    source_images(s, &set, &err) < 0) {
		assert(str_starts(str_of(err.text), STR("fuzz: ")));
		return;
	}
	assert(set->n > 0);
	for (size_t i = 0; i < set->n; i++)
		read_layers(set->images[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("archive", MFD_CLOEXEC);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	look(fd, REF_PATH);
	look(fd, REF_DOCKER_ARCHIVE);
	close(fd);
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

/* Without right checksums little would get past the first block. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
			       unsigned seed)
{
	size = LLVMFuzzerMutate(data, size, max);
	if (seed % 16 == 0)
		return size;
	for (size_t at = 0; at + TAR_BLOCK_SIZE <= size; at += TAR_BLOCK_SIZE)
		if (memcmp(data + at + offsetof(struct tar_raw_header, magic),
			   "ustar", 5) == 0)
			mend_checksum(data + at);
	return size;
}
