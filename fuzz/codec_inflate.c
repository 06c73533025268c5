/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes: tasted, inflated to their end or to an error, within limits.
 * The first byte says how much one peek of the source shows, so that the
 * same bytes are met in pieces of all sizes. */
#include <stdlib.h>

#include "base/test_drip.h"
#include "codec/codec.h"
#include "fuzz.h"

static void check_marks(const struct codec_marks *m, uint64_t out, bool whole)
{
	for (size_t i = 1; i < m->n; i++)
		if (m->v[i].out <= m->v[i - 1].out ||
		    m->v[i].in <= m->v[i - 1].in)
			abort();
	if (whole && (m->n == 0 || m->v[m->n - 1].out != out))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct limits lim = limits_default;
	struct err err = { 0 };
	struct codec_marks marks = { 0 };
	uint64_t n = 0;
	if (size == 0)
		return 0;
	lim.layer_max = 1 << 20;
	lim.window_max = 1 << 20;
	struct drip d = drip_of(data + 1, size - 1, 1u + data[0]);
	struct stream *inner = &d.s;
	scoped(stream_close) struct stream *s = NULL;
	enum codec c = codec_taste(data + 1, size - 1);
	if (codec_open(c, &inner, &lim, &marks, &s, &err) < 0)
		return 0;
	int r = stream_drain(s, &n, &err);
	if (r == 0)
		r = stream_finish(s, &err);
	if (c != CODEC_NONE && n > lim.layer_max)
		abort();
	check_marks(&marks, n, r == 0 && c != CODEC_NONE);
	codec_marks_done(&marks);
	return 0;
}
