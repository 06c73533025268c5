/* SPDX-License-Identifier: Apache-2.0 */
/* gzip members (RFC 1952 2.3):
 *
 *	10 bytes | extra: u16 n, n bytes | name NUL | comment NUL | u16 FHCRC |
 *	deflate data | u32 CRC32 | u32 ISIZE */
#include "codec/internal.h"

#include <libdeflate.h>
#include <stdlib.h>

#include "codec/inflate.h"

enum { FHCRC = 2, FEXTRA = 4, FNAME = 8, FCOMMENT = 16, RESERVED = 0xe0 };
enum phase { FIXED, EXTRA_LEN, EXTRA, NAME, COMMENT, HEAD_CRC, DATA, TRAILER };

/* Any field may be cut by the end of a buffer, so the header is a state
 * machine: "held" gathers a field that comes in pieces, head_crc runs along.
 * The deflate library sees raw data alone. It reads ahead, so bytes of the
 * trailer may already be in its bit buffer when it ends; codec_inflater_carry
 * gives them back. */
struct gunzip {
	void *inflater;
	enum phase phase;
	uint8_t flags;
	uint16_t extra_left;
	uint32_t head_crc;
	uint16_t head_crc_want; /* head_crc where FHCRC begins */
	uint32_t crc, size;
	uint8_t held[10]; /* of a field that may come in pieces */
	size_t n_held;
};

/* What is left of the input of one step. */
struct input {
	const uint8_t *p;
	size_t n;
};

static int gz_open(const struct limits *lim, void **state, struct err *err)
{
	(void)lim;
	struct gunzip *g = calloc(1, sizeof *g);
	if (!g)
		return err_nomem(err, sizeof *g);
	if (codec_inflater_new(&g->inflater, err) < 0) {
		free(g);
		return -1;
	}
	*state = g;
	return 0;
}

/* Members follow each other without a mark in between (RFC 1952 2.2): bgzip and
 * gzip_sink.c write hundreds of them into one blob. */
static int gz_begin(void *state, const struct limits *lim, const uint8_t *p,
		    size_t n, struct err *err)
{
	static const uint8_t magic[] = { 0x1f, 0x8b };
	struct gunzip *g = state;
	(void)lim;
	if (memcmp(p, magic, MIN(n, sizeof magic)) != 0)
		return BEGIN_NOT;
	if (n > 2 && p[2] != 8)
		return err_set(err, ERR_UNSUPPORTED,
			       "compression method %u is not deflate", p[2]);
	*g = (struct gunzip){ .inflater = g->inflater };
	codec_inflater_reset(g->inflater);
	return BEGIN_MEMBER;
}

static void consume(struct gunzip *g, struct input *in, size_t n)
{
	if (g->phase < DATA)
		g->head_crc = libdeflate_crc32(g->head_crc, in->p, n);
	in->p += n;
	in->n -= n;
}

/* True once n bytes stand in g->held.
 *
 * For the fields of fixed size, of which a stream may give one byte at a time.
 */
static bool hold(struct gunzip *g, struct input *in, size_t n)
{
	size_t step = MIN(n - g->n_held, in->n);
	memcpy(g->held + g->n_held, in->p, step);
	g->n_held += step;
	consume(g, in, step);
	if (g->n_held < n)
		return false;
	g->n_held = 0;
	return true;
}

/* True once the field's NUL went by.
 *
 * A name may be as long as the blob: it goes by and is kept nowhere. */
static bool pass_text(struct gunzip *g, struct input *in)
{
	const uint8_t *nul = memchr(in->p, 0, in->n);
	consume(g, in, nul ? (size_t)(nul - in->p) + 1 : in->n);
	return nul != NULL;
}

static bool pass_extra(struct gunzip *g, struct input *in)
{
	size_t step = MIN((size_t)g->extra_left, in->n);
	consume(g, in, step);
	g->extra_left = (uint16_t)(g->extra_left - step);
	return g->extra_left == 0;
}

static uint32_t little_endian(const uint8_t *p, size_t n)
{
	uint32_t v = 0;
	for (size_t i = 0; i < n; i++)
		v |= (uint32_t)p[i] << (8 * i);
	return v;
}

/* One field: 1 when it is whole (or absent), 0 when the input ran out. */
static int head_field(struct gunzip *g, struct input *in, struct err *err)
{
	switch (g->phase) {
	case FIXED:
		if (!hold(g, in, 10))
			return 0;
		g->flags = g->held[3];
		if (g->flags & RESERVED)
			return err_set(err, ERR_CORRUPT,
				       "header with reserved flags 0x%02x",
				       g->flags & RESERVED);
		return 1;
	case EXTRA_LEN:
		if (!(g->flags & FEXTRA))
			return 1;
		if (!hold(g, in, 2))
			return 0;
		g->extra_left = (uint16_t)little_endian(g->held, 2);
		return 1;
	case EXTRA:
		return pass_extra(g, in);
	case NAME:
		return !(g->flags & FNAME) || pass_text(g, in);
	case COMMENT:
		if ((g->flags & FCOMMENT) && !pass_text(g, in))
			return 0;
		g->head_crc_want = (uint16_t)g->head_crc;
		return 1;
	default:
		if (!(g->flags & FHCRC))
			return 1;
		if (!hold(g, in, 2))
			return 0;
		if (little_endian(g->held, 2) != g->head_crc_want)
			return err_set(err, ERR_CORRUPT,
				       "wrong checksum of its header");
		return 1;
	}
}

/* The phases are in the order of the header's fields, absent ones are passed
 * through. */
static int head_step(struct gunzip *g, struct input *in, struct err *err)
{
	while (g->phase < DATA) {
		int r = head_field(g, in, err);
		if (r <= 0)
			return r;
		g->phase++;
	}
	return 0;
}

/* The checksum is taken of what came out while it is still in the cache. */
static int data_step(struct gunzip *g, struct input *in, uint8_t *out,
		     size_t *n_out, struct err *err)
{
	size_t used = in->n;
	int r = codec_inflater_step(g->inflater, in->p, &used, out, n_out, err);
	consume(g, in, used);
	if (r < 0)
		return -1;
	g->crc = libdeflate_crc32(g->crc, out, *n_out);
	g->size += (uint32_t)*n_out; /* modulo 2^32, as ISIZE is */
	if (r == 0) {
		g->phase = TRAILER;
		g->n_held = codec_inflater_carry(g->inflater, g->held);
	}
	return 0;
}

/* 0: the member is at its end.
 *
 * Both are checked though the blob's digest covers them: a blob without a
 * descriptor (docker save) has no digest to be held against. */
static int trailer_step(struct gunzip *g, struct input *in, struct err *err)
{
	if (!hold(g, in, 8))
		return 1;
	if (little_endian(g->held, 4) != g->crc)
		return err_set(err, ERR_CORRUPT, "wrong checksum");
	if (little_endian(g->held + 4, 4) != g->size)
		return err_set(err, ERR_CORRUPT,
			       "is %u bytes long (modulo 2^32), expected %u",
			       g->size, little_endian(g->held + 4, 4));
	return 0;
}

static int gz_step(void *state, const uint8_t *in, size_t *n_in, uint8_t *out,
		   size_t *n_out, struct err *err)
{
	struct gunzip *g = state;
	struct input left = { in, *n_in };
	size_t made = 0;
	int r = head_step(g, &left, err);
	if (r == 0 && g->phase == DATA) {
		made = *n_out;
		r = data_step(g, &left, out, &made, err);
	}
	if (r == 0)
		r = g->phase == TRAILER ? trailer_step(g, &left, err) : 1;
	*n_in -= left.n;
	*n_out = made;
	return r;
}

static void gz_close(void *state)
{
	struct gunzip *g = state;
	codec_inflater_free(g->inflater);
	free(g);
}

const struct decoder decoder_gzip = {
	.name = "gzip",
	.open = gz_open,
	.begin = gz_begin,
	.step = gz_step,
	.close = gz_close,
};
