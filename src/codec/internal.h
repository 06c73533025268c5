/* SPDX-License-Identifier: Apache-2.0 */
/* codec/internal.h - what the driver of decompressors and its codecs share.
 *
 * A compressed stream is a row of members (gzip members, zstd frames, xz
 * and bzip2 streams). The driver (decode.c) owns buffers, limits, marks, the order of
 * members and the texts of errors; a codec only turns bytes into bytes. */
#pragma once
#include "codec/codec.h"

enum begin {
	BEGIN_NOT,    /* these bytes begin no member */
	BEGIN_MEMBER, /* ... or what there is of them may */
	BEGIN_PADDING /* four bytes to skip between members */
};

struct decoder {
	const char *name;
	bool slow; /* a quarter of limits.inflate_free */
	int (*open)(const struct limits *lim, void **state, struct err *err);
	/* Looks at the first bytes of a member (BEGIN_WANT or all there are)
	 * and makes ready for it. Returns enum begin or -1. */
	int (*begin)(void *state, const struct limits *lim, const uint8_t *p,
		     size_t n, struct err *err);
	/* Reads in[0..*n_in), fills out[0..*n_out), tells how much of both.
	 * 1: goes on; 0: the member is at its end; -1: err, without context.
	 * *n_in is told on failure, too. */
	int (*step)(void *state, const uint8_t *in, size_t *n_in, uint8_t *out,
		    size_t *n_out, struct err *err);
	void (*close)(void *state);
};

/* RFC 8878 3.1.1.1: the longest header that a codec wants to see whole. */
enum { BEGIN_WANT = 18 };

extern const struct decoder decoder_gzip, decoder_zstd, decoder_xz,
	decoder_bzip2;

must_check int codec_decode_open(const struct decoder *dec,
				 struct stream **inner,
				 const struct limits *lim,
				 struct codec_marks *marks, bool tail_allowed,
				 struct stream **out, struct err *err);

/* The header of a gzip member of ours and its trailer (gzip_head.c). */
enum { GZIP_HEAD = 21, GZIP_TRAILER = 8 };
void codec_gzip_put_head(uint8_t head[static GZIP_HEAD], uint32_t n, int level);
void codec_gzip_put_trailer(uint8_t trailer[static GZIP_TRAILER], uint32_t crc,
			    uint32_t size);
/* False for a header that put_head would not write. */
bool codec_gzip_parse_head(const uint8_t *p, size_t have, uint32_t *n,
			   uint8_t *level);
void codec_gzip_parse_trailer(const uint8_t trailer[static GZIP_TRAILER],
			      uint32_t *crc, uint32_t *size);

must_check int codec_gzip_sink_open(int level, unsigned threads,
				    struct sink *next, struct sink **out,
				    struct err *err);
must_check int codec_zstd_sink_open(const struct codec_spec *spec,
				    unsigned threads, struct sink *next,
				    struct sink **out, struct err *err);

/* How one zstd frame is cut for several workers (zstd_jobs.c).
 *
 * A job is a stretch of the content that one worker compresses. It sees some of
 * what stands in front of it, its history, which it has to load first; far
 * matches are looked for in the whole window, by one hand, before. The cut
 * depends on the spec alone, so the bytes are the same for any number of
 * workers. */
struct codec_zstd_jobs {
	size_t size;	  /* bytes of content; 0: one stream, no workers */
	unsigned overlap; /* ZSTD_c_overlapLog; 0: as libzstd does */
	/* ZSTD_c_chainLog from which libzstd reckons the history of a long
	 * window; 0: as libzstd does (zstd_sink.c). */
	unsigned history_chain_log;
	/* Far matches: the shortest, and how closely they are looked for; 0: as
	 * libzstd does. */
	unsigned far_min, far_hash_log, far_rate_log;
};

struct codec_zstd_jobs codec_zstd_jobs_for(const struct codec_spec *spec);
/* Bytes that each worker holds, about. 0: there are none. */
uint64_t codec_zstd_worker_bytes(const struct codec_spec *spec);
