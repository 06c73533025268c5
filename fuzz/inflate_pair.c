/* SPDX-License-Identifier: Apache-2.0 */
/* The same bytes through gunzip over isa-l and over zlib: both give the same
 * bytes, or both fail with the same class of error, having given bytes of
 * which one is the beginning of the other. The first byte says how much one
 * peek of the source shows. */
#include <stdlib.h>

#include "base/test_drip.h"
#include "codec/internal.h"
#include "fuzz.h"

/* 8 KiB inflate to 8 MiB at most: no limit gets in the way. */
enum { INPUT_MAX = 8 << 10, OUTPUT_MAX = 16 << 20 };

extern const struct decoder decoder_gzip_isal, decoder_gzip_zlib;

struct outcome {
	struct buf out;
	struct err err;
};

static void outcome_done(struct outcome *o)
{
	buf_done(&o->out);
}

static void inflate_by(const struct decoder *dec, const uint8_t *data,
		       size_t size, struct outcome *o)
{
	struct drip d = drip_of(data + 1, size - 1, 1u + data[0]);
	struct stream *inner = &d.s;
	scoped(stream_close) struct stream *s = NULL;
	if (codec_decode_open(dec, &inner, &limits_default, NULL, false, &s,
			      &o->err) < 0 ||
	    stream_slurp(s, &o->out, &o->err) < 0)
		return;
	if (stream_finish(s, &o->err) < 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	scoped(outcome_done) struct outcome a = { BUF_INIT(OUTPUT_MAX), { 0 } };
	scoped(outcome_done) struct outcome b = { BUF_INIT(OUTPUT_MAX), { 0 } };
	if (size == 0 || size > INPUT_MAX)
		return 0;
	inflate_by(&decoder_gzip_isal, data, size, &a);
	inflate_by(&decoder_gzip_zlib, data, size, &b);
	if (a.err.code != b.err.code || a.err.code == ERR_LIMIT)
		abort();
	if (!a.err.code && a.out.n != b.out.n)
		abort();
	size_t n = MIN(a.out.n, b.out.n);
	if (n && memcmp(a.out.p, b.out.p, n) != 0)
		abort();
	return 0;
}
