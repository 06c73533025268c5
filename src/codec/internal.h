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

must_check int codec_gzip_sink_open(int level, unsigned threads,
				    struct sink *next, struct sink **out,
				    struct err *err);
must_check int codec_zstd_sink_open(const struct codec_spec *spec,
				    unsigned threads, struct sink *next,
				    struct sink **out, struct err *err);
