/* SPDX-License-Identifier: Apache-2.0 */
/* codec/codec.h - compressed streams, read and written.
 *
 * What a stream is compressed with is told by tasting its first bytes, never
 * by a name or a media type. Reading: gzip with all its members (RFC 1952),
 * zstd with all frames and skippable frames (RFC 8878), xz and bzip2 with all
 * their streams. Bytes behind the last member that begin no other one are
 * ERR_CORRUPT. */
#pragma once
#include "base/digest.h"
#include "base/sink.h"
#include "base/stream.h"

enum codec {
	CODEC_NONE, /* anything that begins like none of the others */
	CODEC_GZIP,
	CODEC_ZSTD,
	CODEC_XZ,
	CODEC_BZIP2,
};

const char *codec_name(enum codec c); /* "none", "gzip", "zstd", ... */
/* At least 6 bytes, or all there are. A zstd skippable frame counts as zstd. */
enum codec codec_taste(const uint8_t *p, size_t n);

/* Where inflating stood: after `in` compressed bytes, `out` plain ones were
 * known. Rising in both; used to attribute compressed bytes to entries. */
struct codec_mark {
	uint64_t out, in;
};
/* Owned by the caller; a mark is added about every 256 KiB of output, and one
 * at the end. */
struct codec_marks {
	struct codec_mark *v;
	size_t n, cap;
};
void codec_marks_done(struct codec_marks *m);

/* Inflates *inner (taken over on success). Limits: layer (bytes out),
 * inflate_ratio (past inflate_free bytes out, a quarter of that for xz and
 * bzip2), window. marks may be NULL; it is filled as
 * the stream is read. CODEC_NONE hands *inner through as it is. Errors name
 * the codec and the compressed offset. */
must_check int codec_open(enum codec c, struct stream **inner,
			  const struct limits *lim, struct codec_marks *marks,
			  struct stream **out, struct err *err);
/* The same for a file that is compressed as a whole: bytes behind its last
 * member are left alone, as gzip(1) and docker load do. */
must_check int codec_open_file(enum codec c, struct stream **inner,
			       const struct limits *lim, struct stream **out,
			       struct err *err);

/* The SHA-256 of what a stream (taken over) inflates to, whatever it is
 * compressed with: of a layer's blob, the DiffID. */
must_check int codec_digest(struct stream **inner, const struct limits *lim,
			    struct digest *out, struct err *err);

/* How a layer is to be written. */
struct codec_spec {
	enum codec codec;	  /* NONE, GZIP or ZSTD */
	int level;		  /* gzip 1..12 (libdeflate), zstd 1..19 */
	unsigned long_window_log; /* zstd: 0 = as the level says, 10..31 */
};
/* Default levels: gzip 6, zstd 3. Reads "gzip", "gzip:9", "zstd:12",
 * "none"; "gzip:best" is the highest level, "zstd:best" also looks as far back
 * as every decoder follows (CODEC_BEST_LOG); ERR_USAGE otherwise. */
enum { CODEC_BEST_LOG = 27 };
must_check int codec_spec_parse(struct str text, struct codec_spec *out,
				struct err *err);

/* So many of the threads that what they hold for one sink, a long window apart,
 * stays within memory (limits.compress_memory_max); one at least. */
unsigned codec_threads_within(const struct codec_spec *spec, unsigned threads,
			      uint64_t memory);

/* Compresses into next (borrowed, not finished). The bytes depend on spec
 * (and on borders and donors, below), never on threads. gzip: members of 1 MiB
 * of content, or cut at a border, mtime 0, OS 255, no name, compressed by up to
 * `threads` ordered workers, or stored where nothing compresses. zstd: one frame without a checksum, compressed by
 * `threads` workers beside the caller, which waits while a single one works;
 * levels 13 to 15 with a long window by the caller alone (zstd_jobs.c). */
must_check int codec_sink_open(const struct codec_spec *spec, unsigned threads,
			       struct sink *next, struct sink **out,
			       struct err *err);
/* A file begins with the next byte: a member of gzip may end here. */
must_check int codec_sink_border(struct sink *codec, struct err *err);
/* From here on members of gzip may be copied from donors (borrowed). */
struct codec_donors;
void codec_sink_donors(struct sink *codec, struct codec_donors *d);
