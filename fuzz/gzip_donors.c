/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a blob whose gzip members may be copied: what comes out is gzip
 * that inflates to what went in. */
#include <stdlib.h>

#include "codec/codec.h"
#include "codec/donors.h"
#include "fuzz.h"

enum { HALF = 256 << 10 };

struct blob {
	const uint8_t *p;
	size_t n;
};

static int open_blob(void *self, size_t number, struct stream **out,
		     struct err *err)
{
	const struct blob *b = self;
	(void)number;
	return mem_open(b->p, b->n, out, err);
}

static void must(int r)
{
	if (r < 0)
		abort();
}

static void pack(const char *plain, struct codec_donors *d, struct buf *out)
{
	struct err err = { 0 };
	const struct codec_spec spec = { CODEC_GZIP, 6, 0 };
	scoped(sink_close) struct sink *below = NULL, *s = NULL;
	must(buf_sink_open(out, &below, &err));
	must(codec_sink_open(&spec, 1, below, &s, &err));
	codec_sink_donors(s, d);
	must(sink_write(s, plain, HALF, &err));
	must(codec_sink_border(s, &err));
	must(sink_write(s, plain + HALF, HALF, &err));
	must(sink_finish(s, &err));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct codec_donor_ops ops = { open_blob };
	struct err err = { 0 };
	struct blob blob = { data, size };
	scoped(codec_donors_close) struct codec_donors *d = NULL;
	scoped(buf_done) struct buf out = BUF_INIT(4 << 20);
	scoped(buf_done) struct buf back = BUF_INIT(4 << 20);
	scoped(stream_close) struct stream *in = NULL, *s = NULL;
	char *plain = malloc(2 * HALF);
	if (!plain)
		return 0;
	memset(plain, 'a', HALF);
	memset(plain + HALF, 'b', HALF);
	must(codec_donors_new(&ops, &blob, &d, &err));
	must(codec_donors_add(d, 0, &err));
	pack(plain, d, &out);
	must(mem_open(out.p, out.n, &in, &err));
	must(codec_open(CODEC_GZIP, &in, &limits_default, NULL, &s, &err));
	must(stream_slurp(s, &back, &err));
	must(stream_finish(s, &err));
	if (back.n != 2 * HALF || memcmp(back.p, plain, back.n) != 0)
		abort();
	free(plain);
	return 0;
}
