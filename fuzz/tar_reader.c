/* SPDX-License-Identifier: Apache-2.0 */
/* Every member and all content of a tar, with small limits. What the reader
 * promises of an entry is asserted. */
#include <assert.h>
#include <stdlib.h>

#include "tar/header.h"
#include "tar/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
			       unsigned seed);
/* libFuzzer's; a replay has none and needs none. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max)
	__attribute__((weak));

static const struct limits small = {
	.entries_max = 1000,
	.path_max = 300,
	.pax_max = 8192,
	.xattr_max = 256,
	.sparse_max = 300,
	.sparse_size_max = 1 << 20,
};

static void check_entry(const struct tar_entry *e)
{
	uint64_t end = 0;
	for (size_t i = 1; i < e->n_xattrs; i++)
		assert(str_cmp(e->xattrs[i - 1].name, e->xattrs[i].name) < 0);
	for (size_t i = 0; i < e->n_sparse; i++) {
		const struct tar_region *r = &e->sparse[i];
		assert(r->size > 0 && (i == 0 || r->offset > end));
		end = r->offset + r->size;
	}
	assert(end <= e->size);
	assert(e->mode <= 07777);
	assert(e->is_sparse == (e->sparse != NULL));
	assert(e->type == TAR_FILE || e->size == 0);
	assert(memchr(e->name.p, 0, e->name.n) == NULL);
}

/* 1 when the content came whole. */
static int read_content(struct tar_reader *t, const struct tar_entry *e,
			struct err *err)
{
	struct tar_run run;
	uint64_t total = 0;
	unsigned sum = 0;
	int r;
	while ((r = tar_content(t, &run, err)) > 0) {
		assert(run.n > 0);
		total += run.n;
		for (uint64_t i = 0; run.p && i < run.n; i++)
			sum += run.p[i];
	}
	assert(r < 0 || total == e->size);
	return r == 0 && sum != 1;
}

static void walk(const uint8_t *data, size_t size, bool content)
{
	scoped(stream_close) struct stream *in = NULL;
	scoped(tar_close) struct tar_reader *t = NULL;
	struct tar_entry e;
	struct err err = { 0 };
	if (mem_open(data, size, &in, &err) < 0 ||
	    tar_open(in, &small, &t, &err) < 0)
		abort();
	while (tar_next(t, &e, &err) > 0) {
		check_entry(&e);
		/* Of every third one a part only, so that the rest is
		 * skipped. */
		if (content && e.number % 3 != 2)
			(void)read_content(t, &e, &err);
		else if (content &&
			 tar_content(t, &(struct tar_run){ 0 }, &err) < 0)
			break;
		if (err.code)
			break;
	}
	assert(tar_offset(t) <= size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	walk(data, size, true);
	walk(data, size, false);
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
