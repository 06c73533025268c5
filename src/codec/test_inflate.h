/* SPDX-License-Identifier: Apache-2.0 */
/* codec/test_inflate.h - making compressed bytes and reading them, for the
 * tests of the decoders. */
#pragma once
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/test.h"
#include "base/test_drip.h"
#include "codec/codec.h"

enum { FHCRC = 2, FEXTRA = 4, FNAME = 8, FCOMMENT = 16 };

static inline void add(struct buf *b, const void *p, size_t n)
{
	struct err err = { 0 };
	assert_ok(buf_add(b, p, n, &err), &err);
}

static inline void add_u32(struct buf *b, uint32_t v)
{
	struct err err = { 0 };
	assert_ok(buf_u32(b, v, &err), &err);
}

/* RFC 1952 2.3: one member with the header fields of flags. */
static inline void add_member(struct buf *b, unsigned flags, const void *p,
			      size_t n)
{
	struct libdeflate_compressor *z = libdeflate_alloc_compressor(6);
	size_t start = b->n, cap = libdeflate_deflate_compress_bound(z, n);
	uint8_t head[] = { 0x1f, 0x8b, 8, (uint8_t)flags, 1, 2, 3, 4, 2, 3 };
	char *packed = malloc(cap);
	add(b, head, sizeof head);
	if (flags & FEXTRA)
		add(b,
		    "\x06\x00"
		    "AB\x02\x00xy",
		    8);
	if (flags & FNAME)
		add(b, "layer.tar", 10);
	if (flags & FCOMMENT)
		add(b, "a comment", 10);
	uint32_t crc = libdeflate_crc32(0, b->p + start, b->n - start);
	if (flags & FHCRC)
		add(b, &crc, 2);
	add(b, packed, libdeflate_deflate_compress(z, p, n, packed, cap));
	add_u32(b, libdeflate_crc32(0, p, n));
	add_u32(b, (uint32_t)n);
	libdeflate_free_compressor(z);
	free(packed);
}

/* Text-like bytes: they compress, and each place is told apart. */
static inline void add_plain(struct buf *b, size_t n, unsigned seed)
{
	struct err err = { 0 };
	uint64_t x = seed * 2654435761u + 1;
	char *to;
	assert_ok(buf_room(b, n, &to, &err), &err);
	for (size_t i = 0; i < n; i++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		to[i] = "aaaaaabbbcdefgh\n"[x >> 60];
	}
	b->n += n;
	assert_non_null(buf_cstr(b)); /* even when it is empty */
}

struct run {
	size_t step; /* bytes that one peek of the source shows */
	const struct limits *lim;
	struct codec_marks *marks;
	struct drip source; /* afterwards */
};

/* Tastes and inflates all of in. */
static inline int inflate_all(struct str in, struct run *run, struct buf *out,
			      struct err *err)
{
	run->source = drip_of(in.p, in.n, run->step);
	struct stream *inner = &run->source.s;
	scoped(stream_close) struct stream *s = NULL;
	enum codec c = codec_taste((const uint8_t *)in.p, in.n);
	assert_int_not_equal(c, CODEC_NONE);
	if (codec_open(c, &inner, run->lim ? run->lim : &limits_default,
		       run->marks, &s, err) < 0)
		return -1;
	assert_null(inner);
	buf_reset(out);
	if (stream_slurp(s, out, err) < 0) {
		struct err again = { 0 };
		const uint8_t *p;
		size_t n;
		assert_int_equal(stream_peek(s, 1, &p, &n, &again), -1);
		assert_string_equal(again.text, err->text);
		return -1;
	}
	return stream_finish(s, err);
}

static const size_t steps[] = { 1, 2, 3, 7, 17, 18, 100, 4096, SIZE_MAX };

static inline void assert_inflates(struct str in, struct str plain)
{
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		struct err err = { 0 };
		struct codec_marks marks = { 0 };
		struct run run = { .step = steps[i], .marks = &marks };
		scoped(buf_done) struct buf out = BUF_INIT(64 << 20);
		assert_ok(inflate_all(in, &run, &out, &err), &err);
		assert_int_equal(out.n, plain.n);
		assert_memory_equal(out.n ? out.p : "", plain.p, plain.n);
		assert_int_equal(run.source.finished, 1);
		assert_int_equal(run.source.closed, 1);
		assert_true(marks.n > 0);
		assert_int_equal(marks.v[marks.n - 1].out, plain.n);
		assert_int_equal(marks.v[marks.n - 1].in, in.n);
		codec_marks_done(&marks);
	}
}

/* Fails with this text for every way the source may be cut. */
static inline void assert_broken(struct str in, const struct limits *lim,
				 enum err_code code, const char *text)
{
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		struct err err = { 0 };
		struct run run = { .step = steps[i], .lim = lim };
		scoped(buf_done) struct buf out = BUF_INIT(64 << 20);
		assert_fails(inflate_all(in, &run, &out, &err), &err, code,
			     text);
		assert_int_equal(run.source.finished, 0);
		assert_int_equal(run.source.closed, 1);
	}
}

/* Cut anywhere, it is told where and in which member. */
static inline void assert_cut_everywhere(struct str all, const char *name,
					 size_t first_end)
{
	for (size_t n = 6; n < all.n; n++) {
		char text[100];
		if (n == first_end)
			continue; /* a whole stream */
		snprintf(text, sizeof text,
			 "%s: ends in the middle of member %d at byte %zu",
			 name, n < first_end ? 1 : 2, n);
		assert_broken((struct str){ all.p, n }, NULL, ERR_CORRUPT,
			      text);
	}
}
