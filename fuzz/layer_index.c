/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes are a layer index file, as one lies in the cache: loaded, read to
 * its end, saved and loaded again. The sum at the end is made right first, or
 * nothing would get past it. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "layer/index.h"

#include "fuzz.h"

enum { SUM_BYTES = 32 };

static void mend_sum(uint8_t *file, size_t size)
{
	struct err err = { 0 };
	struct digest sum;
	size_t tail = SUM_BYTES + 4 + 8;
	if (size < tail ||
	    digest_of(DIGEST_SHA256, file, size - tail, &sum, &err) < 0)
		return;
	memcpy(file + size - SUM_BYTES, sum.bytes, SUM_BYTES);
}

static int load(const void *p, size_t n, struct layer_index *out,
		struct err *err)
{
	scoped(stream_close) struct stream *in = NULL;
	if (mem_open(p, n, &in, err) < 0)
		return -1;
	return layer_index_load(in, out, err);
}

/* Records as they are coded are read or refused, and tile the tar. */
static void read_records(const struct layer_index *ix)
{
	scoped(layer_index_iter_done) struct index_iter it;
	struct index_record r;
	struct str name, value;
	struct err err = { 0 };
	uint64_t at = 0;
	int got;
	layer_index_begin(ix, &it);
	while ((got = layer_index_next(&it, &r, &err)) > 0) {
		assert(r.offset == at && r.end >= at);
		at = r.end;
		assert(!r.sha256 == (r.type != TAR_FILE || r.size == 0));
		struct cur c = cur_of(r.xattrs.p, r.xattrs.n);
		while (layer_xattr_next(&c, &name, &value))
			;
	}
	assert(got == 0 || err.code == ERR_CORRUPT || err.code == ERR_LIMIT);
}

static void save_again(const struct layer_index *ix)
{
	scoped(buf_done) struct buf file = BUF_INIT(64 << 20);
	scoped(sink_close) struct sink *to = NULL;
	scoped(layer_index_done) struct layer_index back = { 0 };
	struct err err = { 0 };
	if (buf_sink_open(&file, &to, &err) < 0 ||
	    layer_index_save(ix, to, &err) < 0 || sink_finish(to, &err) < 0 ||
	    load(file.p, file.n, &back, &err) < 0)
		abort();
	assert(back.n_records == ix->n_records);
	assert(back.marks.n == ix->marks.n);
	assert(digest_eq(&back.diff_id, &ix->diff_id));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	scoped(layer_index_done) struct layer_index ix = { 0 };
	struct err err = { 0 };
	uint8_t *file = malloc(size + 1);
	if (!file)
		return 0;
	if (size)
		memcpy(file, data, size);
	mend_sum(file, size);
	if (load(file, size, &ix, &err) == 0) {
		read_records(&ix);
		save_again(&ix);
	} else {
		assert(err.code == ERR_CORRUPT || err.code == ERR_LIMIT ||
		       err.code == ERR_NOMEM);
	}
	free(file);
	return 0;
}
