/* SPDX-License-Identifier: Apache-2.0 */
/* Which codec a blob has is tasted, never believed: media types are wrong often
 * enough, docker save calls every layer layer.tar, and a hostile manifest may
 * say anything. What begins like no codec is a raw tar or garbage; the tar
 * reader tells which. */
#include "codec/codec.h"

#include <stdlib.h>

#include "base/digest.h"
#include "codec/internal.h"

struct codec_info {
	const char *name;
	const char *magic;
	size_t n_magic;
	const struct decoder *dec;
	int level_default, level_max; /* 0: cannot be written */
};

static const struct codec_info table[] = {
	[CODEC_NONE] = { "none", "", 0, NULL, 0, 0 },
	/* RFC 1952 2.3.1: ID1, ID2, CM = deflate */
	[CODEC_GZIP] = { "gzip", "\x1f\x8b\x08", 3, &decoder_gzip, 6, 12 },
	/* RFC 8878 3.1.1; its skippable frames are told apart below */
	[CODEC_ZSTD] = { "zstd", "\x28\xb5\x2f\xfd", 4, &decoder_zstd, 3, 19 },
	[CODEC_XZ] = { "xz",
		       "\xfd"
		       "7zXZ\0",
		       6, &decoder_xz, 0, 0 },
	[CODEC_BZIP2] = { "bzip2", "BZh", 3, &decoder_bzip2, 0, 0 },
};

const char *codec_name(enum codec c)
{
	return table[c].name;
}

/* The magics differ in their first byte, so the order of the table does not
 * matter. A tar begins with a member's name: one that is named "BZh" is taken
 * for bzip2 and fails there, which no writer of layers does. */
enum codec codec_taste(const uint8_t *p, size_t n)
{
	for (enum codec c = CODEC_GZIP; c <= CODEC_BZIP2; c++)
		if (n >= table[c].n_magic &&
		    memcmp(p, table[c].magic, table[c].n_magic) == 0)
			return c;
	/* RFC 8878 3.1.2: 0x184D2A5? */
	if (n >= 4 && (p[0] & 0xf0) == 0x50 &&
	    memcmp(p + 1, "\x2a\x4d\x18", 3) == 0)
		return CODEC_ZSTD;
	return CODEC_NONE;
}

int codec_digest(struct stream **inner, const struct limits *lim,
		 struct digest *out, struct err *err)
{
	scoped(stream_close) struct stream *in = take(inner);
	scoped(stream_close) struct stream *plain = NULL, *hashed = NULL;
	const uint8_t *p = NULL;
	size_t n = 0; /* a blob may be empty */
	if (stream_peek(in, 512, &p, &n, err) < 0 ||
	    codec_open(codec_taste(p, n), &in, lim, NULL, &plain, err) < 0 ||
	    hash_tee_open(&plain, out, NULL, &hashed, err) < 0)
		return -1;
	return stream_finish(hashed, err);
}

void codec_marks_done(struct codec_marks *m)
{
	free(m->v);
	*m = (struct codec_marks){ 0 };
}

int codec_open(enum codec c, struct stream **inner, const struct limits *lim,
	       struct codec_marks *marks, struct stream **out, struct err *err)
{
	if (c == CODEC_NONE) {
		*out = take(inner);
		return 0;
	}
	return codec_decode_open(table[c].dec, inner, lim, marks, false, out,
				 err);
}

int codec_open_file(enum codec c, struct stream **inner,
		    const struct limits *lim, struct stream **out,
		    struct err *err)
{
	if (c == CODEC_NONE) {
		*out = take(inner);
		return 0;
	}
	return codec_decode_open(table[c].dec, inner, lim, NULL, true, out,
				 err);
}

/* "best" of zstd looks back 128 MiB, which every decoder follows without being
 * asked to. */
static int parse_level(struct str text, const struct codec_info *info,
		       struct codec_spec *out, struct err *err)
{
	uint64_t level;
	if (str_eqz(text, "best")) {
		out->level = info->level_max;
		if (out->codec == CODEC_ZSTD)
			out->long_window_log = CODEC_BEST_LOG;
		return 0;
	}
	if (!str_to_u64(text, &level) || level < 1 ||
	    level > (uint64_t)info->level_max)
		return err_set(err, ERR_USAGE,
			       "%s has levels 1 to %d and best, not \"%s\"",
			       info->name, info->level_max,
			       str_quoted(text).text);
	out->level = (int)level;
	return 0;
}

/*	gzip		level 6		zstd:best	level 19, long window
 *	zstd:7		level 7		none:3		refused: no levels
 */
int codec_spec_parse(struct str text, struct codec_spec *out, struct err *err)
{
	static const enum codec written[] = { CODEC_NONE, CODEC_GZIP,
					      CODEC_ZSTD };
	struct str name, level;
	bool has_level = str_cut(text, ':', &name, &level);
	if (!has_level)
		name = text;
	for (size_t i = 0; i < ARRAY_LEN(written); i++) {
		const struct codec_info *info = &table[written[i]];
		struct codec_spec spec = { written[i], info->level_default, 0 };
		if (!str_eqz(name, info->name) ||
		    (has_level && !info->level_max))
			continue;
		if (has_level && parse_level(level, info, &spec, err) < 0)
			return -1;
		*out = spec;
		return 0;
	}
	return err_set(err, ERR_USAGE,
		       "compression is none, gzip[:1-12] or zstd[:1-19], "
		       "not \"%s\"",
		       str_quoted(text).text);
}

/* A chunk of gzip, what comes of it and a donor's, with libdeflate's tables:
 * those of level 10 and up weigh every way to code 300 KiB. */
static uint64_t gzip_worker_bytes(int level)
{
	return (uint64_t)(level < 10 ? 6 : 14) << 20;
}

unsigned codec_threads_within(const struct codec_spec *spec, unsigned threads,
			      uint64_t memory)
{
	uint64_t each = 0;
	if (spec->codec == CODEC_GZIP)
		each = gzip_worker_bytes(spec->level);
	else if (spec->codec == CODEC_ZSTD)
		each = codec_zstd_worker_bytes(spec);
	if (each)
		threads = (unsigned)MIN((uint64_t)threads, memory / each);
	return MAX(threads, 1u);
}

int codec_sink_open(const struct codec_spec *spec, unsigned threads,
		    struct sink *next, struct sink **out, struct err *err)
{
	switch (spec->codec) {
	case CODEC_NONE:
		return hash_sink_open(next, NULL, NULL, out, err);
	case CODEC_GZIP:
		return codec_gzip_sink_open(spec->level, threads, next, out,
					    err);
	case CODEC_ZSTD:
		return codec_zstd_sink_open(spec, threads, next, out, err);
	default:
		return err_set(err, ERR_UNSUPPORTED, "%s is not written",
			       codec_name(spec->codec));
	}
}
