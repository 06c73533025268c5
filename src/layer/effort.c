/* SPDX-License-Identifier: Apache-2.0 */
/* Progress is told in work, not in bytes: a gigabyte that is copied takes a
 * second, one that is compressed with zstd:19 half an hour. The figures need
 * only be right to each other. */
#include "layer/effort.h"

/* Work a byte by codec and level, from one core at what it was measured at:
 * tenths of a nanosecond. */
static const struct cost {
	enum codec codec;
	int level; /* up to this one */
	unsigned work;
} costs[] = {
	{ CODEC_NONE, 0, 10 },	   { CODEC_GZIP, 6, 200 },
	{ CODEC_GZIP, 9, 350 },	   { CODEC_GZIP, 12, 900 },
	{ CODEC_ZSTD, 4, 130 },	   { CODEC_ZSTD, 9, 700 },
	{ CODEC_ZSTD, 12, 2000 },  { CODEC_ZSTD, 15, 8000 },
	{ CODEC_ZSTD, 22, 16000 },
};

unsigned layer_effort_of(const struct codec_spec *spec, unsigned threads)
{
	for (size_t i = 0; i < ARRAY_LEN(costs); i++) {
		const struct cost *c = &costs[i];
		if (c->codec != spec->codec ||
		    (spec->codec != CODEC_NONE && spec->level > c->level))
			continue;
		bool shared = c->codec != CODEC_NONE;
		return c->work / (shared ? MAX(threads, 1u) : 1) + EFFORT_COPY;
	}
	return EFFORT_COPY;
}
