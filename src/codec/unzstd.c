/* SPDX-License-Identifier: Apache-2.0 */
/* zstd frames (RFC 8878). A frame's header says how far it looks back, and the
 * decoder allocates that much: up to 3.75 TiB can be asked for in 6 bytes. So
 * the header is read here first, and the error names the limit, where libzstd
 * would say "frame requires too much memory".
 *
 *	28 b5 2f fd | flags | window | dictionary id | content size
 *	              1       0 or 1   0, 1, 2 or 4    0, 1, 2, 4 or 8
 *
 * A skippable frame (RFC 8878 3.1.2) is a member of no bytes: some builders put
 * a table of contents there (zstd:chunked, seekable zstd). */
#include "codec/internal.h"

#include <inttypes.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "base/cursor.h"

enum { WINDOW_LOG_MIN = 10, WINDOW_LOG_MAX = 31 };

/* The smallest log2 that lets all of lim->window_max through; begin_frame
 * compares to the byte. */
static int window_log(const struct limits *lim)
{
	int log = WINDOW_LOG_MIN;
	while (log < WINDOW_LOG_MAX && 1ull << log < lim->window_max)
		log++;
	return log;
}

static int zs_open(const struct limits *lim, void **state, struct err *err)
{
	ZSTD_DCtx *z = ZSTD_createDCtx();
	if (!z)
		return err_nomem(err, ZSTD_DStreamOutSize());
	ZSTD_DCtx_setParameter(z, ZSTD_d_windowLogMax, window_log(lim));
	*state = z;
	return 0;
}

struct frame {
	uint64_t window;
	uint64_t dictionary;
};

static uint64_t little_endian(struct cur *c, size_t n)
{
	const uint8_t *p = cur_take(c, n);
	uint64_t v = 0;
	for (size_t i = 0; p && i < n; i++)
		v |= (uint64_t)p[i] << (8 * i);
	return v;
}

/* RFC 8878 3.1.1.1, behind the magic number; false when it is cut off.
 *
 * Window byte 0x58: exponent 11, mantissa 0, so 2^(10 + 11) = 2 MiB. A frame of
 * a single segment has no such byte, its window is its content. A size of two
 * bytes counts from 256 on, as smaller ones have one byte. */
static bool parse_frame(struct cur c, struct frame *f)
{
	static const uint8_t id_len[] = { 0, 1, 2, 4 };
	static const uint8_t size_len[] = { 0, 2, 4, 8 };
	uint8_t flags = cur_u8(&c);
	bool single_segment = flags >> 5 & 1;
	size_t n_size = size_len[flags >> 6];
	uint64_t window = 0;
	if (!single_segment) {
		uint8_t w = cur_u8(&c);
		uint64_t base = 1ull << (WINDOW_LOG_MIN + (w >> 3));
		window = base + base / 8 * (w & 7);
	} else if (n_size == 0) {
		n_size = 1;
	}
	f->dictionary = little_endian(&c, id_len[flags & 3]);
	uint64_t size = little_endian(&c, n_size);
	f->window = single_segment ? size + (n_size == 2 ? 256 : 0) : window;
	return !c.ran_out;
}

/* A dictionary is a file that both sides have. None stands in an image, so no
 * engine could unpack the layer. */
static int begin_frame(struct cur c, const struct limits *lim, struct err *err)
{
	struct frame f;
	if (!parse_frame(c, &f))
		return BEGIN_MEMBER; /* found to be cut off when it is read */
	if (f.dictionary)
		return err_set(err, ERR_UNSUPPORTED,
			       "needs dictionary %" PRIu64
			       ", which an image cannot carry",
			       f.dictionary);
	if (f.window > lim->window_max)
		return limits_exceeded(lim, &lim->window_max, f.window, err);
	return BEGIN_MEMBER;
}

static int zs_begin(void *state, const struct limits *lim, const uint8_t *p,
		    size_t n, struct err *err)
{
	static const uint8_t magic[] = { 0x28, 0xb5, 0x2f, 0xfd };
	static const uint8_t skippable[] = { 0x50, 0x2a, 0x4d, 0x18 };
	ZSTD_DCtx_reset(state, ZSTD_reset_session_only);
	if (n && (p[0] & 0xf0) == skippable[0] &&
	    memcmp(p + 1, skippable + 1, MIN(n, sizeof magic) - 1) == 0)
		return BEGIN_MEMBER;
	if (n == 0 || memcmp(p, magic, MIN(n, sizeof magic)) != 0)
		return BEGIN_NOT;
	/* It is cut off within the magic; decoding will say so. */
	if (n < sizeof magic)
		return BEGIN_MEMBER;
	return begin_frame(cur_of(p + sizeof magic, n - sizeof magic), lim,
			   err);
}

static int zs_failed(size_t code, struct err *err)
{
	switch (ZSTD_getErrorCode(code)) {
	case ZSTD_error_memory_allocation:
		return err_set(err, ERR_NOMEM, "out of memory for its window");
	case ZSTD_error_checksum_wrong:
		return err_set(err, ERR_CORRUPT, "wrong checksum or length");
	case ZSTD_error_frameParameter_unsupported:
		return err_set(err, ERR_CORRUPT, "damaged header");
	default:
		return err_set(err, ERR_CORRUPT, "damaged data");
	}
}

static int zs_step(void *state, const uint8_t *in, size_t *n_in, uint8_t *out,
		   size_t *n_out, struct err *err)
{
	ZSTD_inBuffer from = { in, *n_in, 0 };
	ZSTD_outBuffer to = { out, *n_out, 0 };
	size_t r = ZSTD_decompressStream(state, &to, &from);
	*n_in = from.pos;
	*n_out = to.pos;
	if (ZSTD_isError(r))
		return zs_failed(r, err);
	return r != 0;
}

static void zs_close(void *state)
{
	ZSTD_freeDCtx(state);
}

const struct decoder decoder_zstd = {
	.name = "zstd",
	.open = zs_open,
	.begin = zs_begin,
	.step = zs_step,
	.close = zs_close,
};
