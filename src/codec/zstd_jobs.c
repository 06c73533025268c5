/* SPDX-License-Identifier: Apache-2.0 */
/* Without a long window: small jobs cost bytes at every cut and large ones
 * memory, as a worker holds a job's input and output and the level's tables.
 * Measured with 2 workers on a busy machine of 2 cores, parts of images (217,
 * 101 and 101 MB), against one stream:
 *
 *   level  job     history        CPU     bytes     MiB, one stream
 *   3       2 MiB  as libzstd     + 10 %  + 0.02 %   23      8
 *   9       8 MiB  as libzstd     +  1 %  + 0.29 %   76     21
 *   12      8 MiB  as libzstd     +  3 %  + 0.38 %  152     57
 *   19     16 MiB  1/8 of window  + 12 %  + 0.43 %  234    139
 *
 * libzstd lets the strategies of level 13 and up load the whole window again,
 * and they are the ones for which that is dear.
 *
 * With a long window libzstd's own jobs lose most of what it is for: they find
 * a far match, and where it ends at a byte that differs, they cannot go on
 * behind that at the same distance, as it is outside of their history. So
 *
 *   to 12	half the window is history, 64 MiB at most: loading costs little
 *   to 15	one stream: loading costs more than the job itself
 *   from 16	a quarter of a job is history, and far matches are looked for
 *		closely instead; here a short one spoils nothing, since these
 *		levels weigh it against what else there is
 *
 * Three compilers of 33 MB each that have much in common (the hard case: each
 * is far from the other), and 97 and 869 MB of a distribution's libraries,
 * --long=27, MB:
 *
 *   level  content      one stream   libzstd's jobs   these
 *   3      compilers    24.31        30.50            24.30
 *   9      compilers    22.43        28.22            22.42
 *   19     compilers    16.80        22.35            20.07
 *   19     97 MB        17.48                         17.48
 *   3      869 MB      234.28                        234.32
 *   9      869 MB      208.84                        209.18
 *   12     869 MB      204.87                        205.21
 */
#include "codec/internal.h"

enum {
	FAST_MAX = 4,	/* levels */
	PLAIN_MAX = 12, /* no binary trees */
	TREE_MAX = 15,
	FAST_JOB = 2 << 20,
	PLAIN_JOB = 8 << 20,
	DEAR_JOB = 16 << 20,
	DEAR_OVERLAP = 6,  /* 9 is the window, each less halves it */
	WHOLE_OVERLAP = 9, /* all the history that there may be */
	JOB_LOG_MIN = 20,
	PLAIN_LONG_LOG_MAX = 26,
	DEAR_LONG_LOG_MAX = 25,
};

/* A window is no larger than twice the layer (shrink/layer_codec.c), so that
 * smaller layers have smaller jobs and still several. */
static unsigned job_log(unsigned window_log, unsigned less, unsigned max)
{
	unsigned log = window_log > less ? window_log - less : 0;
	return MIN(MAX(log, (unsigned)JOB_LOG_MIN), max);
}

/* libzstd: history = 2^(chainLog + 1), or 2^chainLog where it is a binary tree
 * (ZSTDMT_computeOverlapSize of 1.5). */
static struct codec_zstd_jobs long_jobs(const struct codec_spec *spec)
{
	unsigned log, window = spec->long_window_log;
	if (spec->level <= PLAIN_MAX) {
		log = job_log(window, 1, PLAIN_LONG_LOG_MAX);
		return (struct codec_zstd_jobs){
			.size = (size_t)1 << log,
			.overlap = WHOLE_OVERLAP,
			.history_chain_log = log - 1,
		};
	}
	if (spec->level <= TREE_MAX)
		return (struct codec_zstd_jobs){ 0 };
	log = job_log(window, 2, DEAR_LONG_LOG_MAX);
	return (struct codec_zstd_jobs){
		.size = (size_t)1 << log,
		.overlap = WHOLE_OVERLAP,
		.history_chain_log = log - 2,
		.far_min = 16,
		.far_hash_log = log - 3,
		.far_rate_log = 4,
	};
}

struct codec_zstd_jobs codec_zstd_jobs_for(const struct codec_spec *spec)
{
	if (spec->long_window_log)
		return long_jobs(spec);
	if (spec->level <= FAST_MAX)
		return (struct codec_zstd_jobs){ .size = FAST_JOB };
	if (spec->level <= PLAIN_MAX)
		return (struct codec_zstd_jobs){ .size = PLAIN_JOB };
	return (struct codec_zstd_jobs){ .size = DEAR_JOB,
					 .overlap = DEAR_OVERLAP };
}

uint64_t codec_zstd_worker_bytes(const struct codec_spec *spec)
{
	/* The level's tables, rounded up. */
	uint64_t tables = spec->level <= FAST_MAX    ? 4 << 20
			  : spec->level <= PLAIN_MAX ? 64 << 20
						     : 100 << 20;
	size_t job = codec_zstd_jobs_for(spec).size;
	return job ? tables + 2 * (uint64_t)job : 0;
}
