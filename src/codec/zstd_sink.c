/* SPDX-License-Identifier: Apache-2.0 */
/* zstd as one frame. The frame's header does not know the content's size, which
 * is not known before the last byte; decoders need the window's size alone. */
#include "codec/internal.h"

#include <stdlib.h>
#include <zstd.h>

/* A frame is cut into jobs of one size, always, so that its bytes are the same
 * for any number of workers (libzstd: nbWorkers >= 1 and one job size). Each job
 * loads the end of the one before as its history (the overlap), so small jobs
 * cost bytes at every cut and large ones memory: a worker holds a job's input
 * and output and the level's tables.
 *
 * Measured with 2 workers on a busy machine of 2 cores, parts of images (217,
 * 101, 101 and 50 MB), against one stream; the rows of level 19 with --long=27,
 * which has little to find in 50 MB but adds a window to the memory:
 *
 *   level  job     overlap        CPU     bytes     MiB, one stream
 *   3       2 MiB  as libzstd     + 10 %  + 0.02 %   23      8
 *   9       8 MiB  as libzstd     +  1 %  + 0.29 %   76     21
 *   12      8 MiB  as libzstd     +  3 %  + 0.38 %  152     57
 *   19      8 MiB  as libzstd     + 57 %  + 0.00 %  230    139
 *   19     16 MiB  1/8 of window  + 12 %  + 0.43 %  234    139
 *
 * libzstd lets the strategies of level 13 and up load the whole window again,
 * and they are the ones for which that is dear.
 *
 * --long is one stream: with jobs libzstd 1.5.4 loses most of what a long window
 * is for. Three compilers of 30 MB each that have much in common, level 3 and
 * --long=27: 29.1 MB as one stream, 35.4 MB in jobs of 8 MiB or of 32. */
enum {
	FAST_MAX = 4,
	FAST_JOB = 2 << 20,
	PLAIN_MAX = 12,
	PLAIN_JOB = 8 << 20,
	DEAR_JOB = 16 << 20,
	DEAR_OVERLAP = 6, /* 9 is the window, each less halves it */
	OUT_BUFFER = 128 << 10,
};

struct zstd_sink {
	struct sink s;
	struct sink *next;
	ZSTD_CCtx *z;
	char out[OUT_BUFFER];
};

/* Until the input is taken, or, at the end, until nothing is left inside: with
 * jobs on other threads a call may take input and give nothing. */
static int run(struct zstd_sink *z, ZSTD_inBuffer *in, ZSTD_EndDirective how,
	       struct err *err)
{
	size_t left;
	do {
		ZSTD_outBuffer out = { z->out, sizeof z->out, 0 };
		left = ZSTD_compressStream2(z->z, &out, in, how);
		if (ZSTD_isError(left))
			return err_set(err, ERR_NOMEM, "zstd: %s",
				       ZSTD_getErrorName(left));
		if (out.pos && sink_write(z->next, z->out, out.pos, err) < 0)
			return -1;
	} while (how == ZSTD_e_end ? left > 0 : in->pos < in->size);
	return 0;
}

static int zstd_write(struct sink *s, const void *p, size_t n, struct err *err)
{
	ZSTD_inBuffer in = { p, n, 0 };
	return run((struct zstd_sink *)s, &in, ZSTD_e_continue, err);
}

static int zstd_finish(struct sink *s, struct err *err)
{
	ZSTD_inBuffer in = { NULL, 0, 0 };
	return run((struct zstd_sink *)s, &in, ZSTD_e_end, err);
}

static void zstd_close(struct sink *s)
{
	struct zstd_sink *z = (struct zstd_sink *)s;
	ZSTD_freeCCtx(z->z);
	free(z);
}

static int set(struct zstd_sink *z, ZSTD_cParameter name, int value,
	       struct err *err)
{
	size_t r = ZSTD_CCtx_setParameter(z->z, name, value);
	if (ZSTD_isError(r))
		return err_set(err, ERR_USAGE, "zstd: %s",
			       ZSTD_getErrorName(r));
	return 0;
}

static int configure_jobs(struct zstd_sink *z, const struct codec_spec *spec,
			  unsigned threads, struct err *err)
{
	bool fast = spec->level <= FAST_MAX;
	bool dear = spec->level > PLAIN_MAX;
	unsigned max =
		(unsigned)ZSTD_cParam_getBounds(ZSTD_c_nbWorkers).upperBound;
	unsigned workers = MIN(MAX(threads, 1u), max);
	if (set(z, ZSTD_c_nbWorkers, (int)workers, err) < 0)
		return -1;
	if (dear && set(z, ZSTD_c_overlapLog, DEAR_OVERLAP, err) < 0)
		return -1;
	return set(z, ZSTD_c_jobSize,
		   fast	  ? FAST_JOB
		   : dear ? DEAR_JOB
			  : PLAIN_JOB,
		   err);
}

static int configure(struct zstd_sink *z, const struct codec_spec *spec,
		     unsigned threads, struct err *err)
{
	if (set(z, ZSTD_c_compressionLevel, spec->level, err) < 0)
		return -1;
	/* No checksum: the blob's digest and the DiffID cover every byte, and
	 * each pull would hash all of it once more for nothing. */
	if (set(z, ZSTD_c_checksumFlag, 0, err) < 0)
		return -1;
	if (!spec->long_window_log)
		return configure_jobs(z, spec, threads, err);
	if (set(z, ZSTD_c_enableLongDistanceMatching, 1, err) < 0)
		return -1;
	return set(z, ZSTD_c_windowLog, (int)spec->long_window_log, err);
}

int codec_zstd_sink_open(const struct codec_spec *spec, unsigned threads,
			 struct sink *next, struct sink **out, struct err *err)
{
	static const struct sink_ops ops = { zstd_write, zstd_finish,
					     zstd_close };
	struct zstd_sink *z = malloc(sizeof *z);
	if (!z)
		return err_nomem(err, sizeof *z);
	z->s = (struct sink){ .ops = &ops };
	z->next = next;
	z->z = ZSTD_createCCtx();
	if (!z->z) {
		free(z);
		return err_nomem(err, ZSTD_CStreamOutSize());
	}
	if (configure(z, spec, threads, err) < 0) {
		zstd_close(&z->s);
		return -1;
	}
	*out = &z->s;
	return 0;
}
