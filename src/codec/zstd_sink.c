/* SPDX-License-Identifier: Apache-2.0 */
/* zstd as one frame. The frame's header does not know the content's size, which
 * is not known before the last byte; decoders need the window's size alone. */
#include "codec/internal.h"

#include <stdlib.h>
#include <zstd.h>

#include "base/cancel.h"

/* What is compressed already takes as long at a high level as text does, and is
 * no smaller for it. A job of nothing else goes by the fastest level. 4 KiB in
 * 64 are tried: a sixteenth of the job, by a level that takes a twentieth of
 * the time of those that it is to save. */
enum {
	PROBE = 4 << 10,
	PROBE_STRIDE = 64 << 10,
	PROBE_BOUND = PROBE + 512,
	DENSE_LEVEL = 1,
	OUT_BUFFER = 128 << 10,
};

struct zstd_sink {
	struct sink s;
	struct sink *next;
	ZSTD_CCtx *z, *probe;
	size_t job; /* bytes; 0: one stream */
	size_t at;  /* of the job at hand */
	int level, level_now;
	bool probing; /* nothing of this job was found to compress */
	bool alone;   /* the caller waits while a worker works */
	size_t n_probe;
	char piece[PROBE];
	char out[OUT_BUFFER];
};

/* Until the input is taken, or, at a flush or the end, until nothing is left
 * inside: with jobs on other threads a call may take input and give nothing. */
static int run(struct zstd_sink *z, const void *p, size_t n,
	       ZSTD_EndDirective how, struct err *err)
{
	ZSTD_inBuffer in = { p, n, 0 };
	size_t left;
	do {
		ZSTD_outBuffer out = { z->out, sizeof z->out, 0 };
		left = ZSTD_compressStream2(z->z, &out, &in, how);
		if (ZSTD_isError(left))
			return err_set(err, ERR_NOMEM, "zstd: %s",
				       ZSTD_getErrorName(left));
		if (out.pos && sink_write(z->next, z->out, out.pos, err) < 0)
			return -1;
	} while (how == ZSTD_e_continue ? in.pos < in.size : left > 0);
	return 0;
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

/* Does a probe lose as much as a 256th part? */
static bool compresses(struct zstd_sink *z)
{
	char packed[PROBE_BOUND];
	size_t n = ZSTD_compressCCtx(z->probe, packed, sizeof packed, z->piece,
				     PROBE, DENSE_LEVEL);
	return ZSTD_isError(n) || n <= PROBE - PROBE / 256;
}

/* Gathers the probes of a job. They lie at the same places however the caller
 * cuts what it writes, as the bytes must not depend on that. */
static void look(struct zstd_sink *z, const char *p, size_t n)
{
	while (n && z->probing) {
		size_t in = z->at % PROBE_STRIDE, step;
		if (in >= PROBE) {
			step = MIN(n, PROBE_STRIDE - in);
		} else {
			step = MIN(n, PROBE - in);
			memcpy(z->piece + in, p, step);
			if (in + step == PROBE && compresses(z))
				z->probing = false;
		}
		z->at += step;
		p += step;
		n -= step;
	}
	z->at += n;
}

/* Between the last byte but one of a job and its last: by then libzstd has
 * begun the job, so the one before is on its way with its own level. A short
 * job is not worth the question. */
static int choose_level(struct zstd_sink *z, struct err *err)
{
	bool dense = z->probing && z->at >= PROBE_STRIDE;
	int level = dense ? DENSE_LEVEL : z->level;
	z->probing = z->level > DENSE_LEVEL;
	if (level == z->level_now)
		return 0;
	z->level_now = level;
	return set(z, ZSTD_c_compressionLevel, level, err);
}

static int end_job(struct zstd_sink *z, const char *last, struct err *err)
{
	if (choose_level(z, err) < 0 ||
	    run(z, last, 1, ZSTD_e_continue, err) < 0)
		return -1;
	z->at = 0;
	return z->alone ? run(z, NULL, 0, ZSTD_e_flush, err) : 0;
}

static int zstd_write(struct sink *s, const void *p, size_t n, struct err *err)
{
	struct zstd_sink *z = (struct zstd_sink *)s;
	const char *from = p;
	while (n && z->job) {
		size_t step = MIN(n, z->job - 1 - z->at);
		look(z, from, step);
		if (step && run(z, from, step, ZSTD_e_continue, err) < 0)
			return -1;
		from += step;
		n -= step;
		if (n && end_job(z, from, err) < 0)
			return -1;
		from += n > 0;
		n -= n > 0;
	}
	return run(z, from, n, ZSTD_e_continue, err);
}

static int zstd_finish(struct sink *s, struct err *err)
{
	struct zstd_sink *z = (struct zstd_sink *)s;
	if (z->at && choose_level(z, err) < 0)
		return -1;
	return run(z, NULL, 0, ZSTD_e_end, err);
}

/* Held for those who look for what was lost: it is still in use. */
static ZSTD_CCtx *volatile left_to_the_end __attribute__((used));

/* Workers cannot be told to stop: freeing waits for the jobs at hand, which at
 * the highest levels take ten seconds and more. After a signal the program ends,
 * so they are left to end with it; what they touch is the context's alone. */
static void zstd_close(struct sink *s)
{
	struct zstd_sink *z = (struct zstd_sink *)s;
	ZSTD_freeCCtx(z->probe);
	if (z->job && cancel_signal())
		left_to_the_end = z->z;
	else
		ZSTD_freeCCtx(z->z);
	free(z);
}

static int configure_long(struct zstd_sink *z, const struct codec_spec *spec,
			  const struct codec_zstd_jobs *jobs, struct err *err)
{
	if (set(z, ZSTD_c_enableLongDistanceMatching, 1, err) < 0 ||
	    set(z, ZSTD_c_windowLog, (int)spec->long_window_log, err) < 0)
		return -1;
	if (!jobs->far_min)
		return 0;
	if (set(z, ZSTD_c_ldmMinMatch, (int)jobs->far_min, err) < 0 ||
	    set(z, ZSTD_c_ldmHashLog, (int)jobs->far_hash_log, err) < 0)
		return -1;
	return set(z, ZSTD_c_ldmHashRateLog, (int)jobs->far_rate_log, err);
}

/* libzstd gives a job at most as much history as the level's tables can hold,
 * and reckons that by chainLog when the frame begins. The tables themselves are
 * made a job at a time, by the parameters of then: so chainLog says how much
 * history there is to be, and goes back to the level's own before the first
 * job. zstd.h names it among those that may change in the midst of a frame. */
static int begin_with_history(struct zstd_sink *z, unsigned chain_log,
			      struct err *err)
{
	if (set(z, ZSTD_c_chainLog, (int)chain_log, err) < 0 ||
	    run(z, NULL, 0, ZSTD_e_continue, err) < 0)
		return -1;
	return set(z, ZSTD_c_chainLog, 0, err);
}

static int configure_jobs(struct zstd_sink *z,
			  const struct codec_zstd_jobs *jobs, unsigned threads,
			  struct err *err)
{
	unsigned max =
		(unsigned)ZSTD_cParam_getBounds(ZSTD_c_nbWorkers).upperBound;
	unsigned workers = MIN(MAX(threads, 1u), max);
	z->job = jobs->size;
	z->alone = workers == 1;
	z->probing = z->level > DENSE_LEVEL;
	if (set(z, ZSTD_c_nbWorkers, (int)workers, err) < 0 ||
	    set(z, ZSTD_c_jobSize, (int)jobs->size, err) < 0 ||
	    set(z, ZSTD_c_overlapLog, (int)jobs->overlap, err) < 0)
		return -1;
	if (!jobs->history_chain_log)
		return 0;
	return begin_with_history(z, jobs->history_chain_log, err);
}

static int configure(struct zstd_sink *z, const struct codec_spec *spec,
		     unsigned threads, struct err *err)
{
	struct codec_zstd_jobs jobs = codec_zstd_jobs_for(spec);
	z->level = z->level_now = spec->level;
	if (set(z, ZSTD_c_compressionLevel, spec->level, err) < 0)
		return -1;
	/* No checksum: the blob's digest and the DiffID cover every byte, and
	 * each pull would hash all of it once more for nothing. */
	if (set(z, ZSTD_c_checksumFlag, 0, err) < 0)
		return -1;
	if (spec->long_window_log && configure_long(z, spec, &jobs, err) < 0)
		return -1;
	return jobs.size ? configure_jobs(z, &jobs, threads, err) : 0;
}

int codec_zstd_sink_open(const struct codec_spec *spec, unsigned threads,
			 struct sink *next, struct sink **out, struct err *err)
{
	static const struct sink_ops ops = { zstd_write, zstd_finish,
					     zstd_close };
	struct zstd_sink *z = malloc(sizeof *z);
	if (!z)
		return err_nomem(err, sizeof *z);
	memset(z, 0, offsetof(struct zstd_sink, piece));
	z->s.ops = &ops;
	z->next = next;
	z->z = ZSTD_createCCtx();
	z->probe = ZSTD_createCCtx();
	if (!z->z || !z->probe) {
		zstd_close(&z->s);
		return err_nomem(err, ZSTD_CStreamOutSize());
	}
	if (configure(z, spec, threads, err) < 0) {
		zstd_close(&z->s);
		return -1;
	}
	*out = &z->s;
	return 0;
}
