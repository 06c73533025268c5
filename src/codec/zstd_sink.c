/* SPDX-License-Identifier: Apache-2.0 */
/* zstd as one frame. The frame's header does not know the content's size, which
 * is not known before the last byte; decoders need the window's size alone. */
#include "codec/internal.h"

#include <stdlib.h>
#include <zstd.h>

/* Fast levels are cut into jobs, always, so that their bytes are the same for
 * any number of workers (libzstd: nbWorkers >= 1 and one job size). Measured
 * on a layer of 217 MB at level 3 with 2 cores, best of six:
 *
 *                      CPU s  wall s  peak MiB  bytes
 *   one stream          1.53    1.53      7.5   75,494,196
 *   1 worker,  1 MiB    1.52    1.30     11.3   75,582,906
 *   2 workers, 1 MiB    1.73    1.05     14.6   75,582,906
 *   2 workers, 2 MiB    1.68    0.97     23.3   75,513,088
 *
 * From level 5 on, jobs cost 17 to 26 % more CPU (each loads its own window)
 * and twice the memory: there one stream is better, as it is for --long,
 * whose window no job should be cut from. */
enum {
	JOBS_LEVEL_MAX = 4,
	JOB_SIZE = 2 << 20,
	WORKERS_MAX = 4, /* each costs 8 MiB */
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

static int configure(struct zstd_sink *z, const struct codec_spec *spec,
		     unsigned threads, struct err *err)
{
	if (set(z, ZSTD_c_compressionLevel, spec->level, err) < 0)
		return -1;
	/* No checksum: the blob's digest and the DiffID cover every byte, and
	 * each pull would hash all of it once more for nothing. */
	if (set(z, ZSTD_c_checksumFlag, 0, err) < 0)
		return -1;
	if (spec->long_window_log) {
		if (set(z, ZSTD_c_enableLongDistanceMatching, 1, err) < 0)
			return -1;
		return set(z, ZSTD_c_windowLog, (int)spec->long_window_log,
			   err);
	}
	if (spec->level > JOBS_LEVEL_MAX)
		return 0;
	int workers = (int)MIN(MAX(threads, 1u), (unsigned)WORKERS_MAX);
	if (set(z, ZSTD_c_nbWorkers, workers, err) < 0)
		return -1;
	return set(z, ZSTD_c_jobSize, JOB_SIZE, err);
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
