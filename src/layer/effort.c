/* SPDX-License-Identifier: Apache-2.0 */
/* Progress is told in work, not in bytes: a gigabyte that is copied takes a
 * second, one that is compressed with zstd:19 half an hour. The figures need
 * only be right to each other. */
#include "layer/effort.h"

enum { ZSTD_THREADS_MAX = 4 }; /* codec_sink_open */

/* Work a byte by codec and level, from one core at what it was measured at:
 * tenths of a nanosecond. From level 5 on zstd is one stream, whatever -j says
 * (codec/zstd_sink.c). */
static const struct cost {
	enum codec codec;
	int level; /* up to this one */
	unsigned work;
	bool threaded;
} costs[] = {
	{ CODEC_NONE, 0, 10, false },	  { CODEC_GZIP, 6, 200, true },
	{ CODEC_GZIP, 9, 350, true },	  { CODEC_GZIP, 12, 900, true },
	{ CODEC_ZSTD, 4, 130, true },	  { CODEC_ZSTD, 9, 700, false },
	{ CODEC_ZSTD, 12, 2000, false },  { CODEC_ZSTD, 15, 8000, false },
	{ CODEC_ZSTD, 22, 16000, false },
};

unsigned layer_effort_of(const struct codec_spec *spec, unsigned threads)
{
	for (size_t i = 0; i < ARRAY_LEN(costs); i++) {
		const struct cost *c = &costs[i];
		if (c->codec != spec->codec ||
		    (spec->codec != CODEC_NONE && spec->level > c->level))
			continue;
		unsigned n = c->threaded ? threads : 1;
		if (c->codec == CODEC_ZSTD && n > ZSTD_THREADS_MAX)
			n = ZSTD_THREADS_MAX;
		return c->work / (n ? n : 1) + EFFORT_COPY;
	}
	return EFFORT_COPY;
}
