/* SPDX-License-Identifier: Apache-2.0 */
/* xz streams (The .xz File Format, version 1.0.4). The dictionary's size stands
 * in a block's header, so a few bytes may ask for 4 GiB: liblzma is given a
 * ceiling (window_max and what it needs beside) and fails before it allocates.
 */
#include "codec/internal.h"

#include <lzma.h>
#include <stdlib.h>

#include "base/checked.h"

/* What a decoder needs beside its dictionary, with room to spare. */
enum { XZ_OVERHEAD = 1 << 20 };

struct xz {
	lzma_stream z;
	struct limits lim;
};

static int xz_open(const struct limits *lim, void **state, struct err *err)
{
	struct xz *x = calloc(1, sizeof *x);
	if (!x)
		return err_nomem(err, sizeof *x);
	x->z = (lzma_stream)LZMA_STREAM_INIT;
	x->lim = *lim;
	*state = x;
	return 0;
}

static int xz_begin(void *state, const struct limits *lim, const uint8_t *p,
		    size_t n, struct err *err)
{
	static const uint8_t magic[] = { 0xfd, '7', 'z', 'X', 'Z', 0 };
	static const uint8_t padding[4];
	struct xz *x = state;
	/* .xz format 2.2: zero bytes between streams, a multiple of four */
	if (n >= sizeof padding && memcmp(p, padding, sizeof padding) == 0)
		return BEGIN_PADDING;
	if (n == 0 || memcmp(p, magic, MIN(n, sizeof magic)) != 0)
		return BEGIN_NOT;
	uint64_t memory;
	if (ckd_add(&memory, lim->window_max, XZ_OVERHEAD))
		memory = UINT64_MAX;
	if (lzma_stream_decoder(&x->z, memory, 0) != LZMA_OK)
		return err_nomem(err, sizeof *x);
	return BEGIN_MEMBER;
}

static int xz_failed(struct xz *x, lzma_ret r, struct err *err)
{
	switch (r) {
	case LZMA_MEM_ERROR:
		return err_nomem(err, lzma_memusage(&x->z));
	case LZMA_MEMLIMIT_ERROR:
		return limits_exceeded(&x->lim, &x->lim.window_max,
				       lzma_memusage(&x->z), err);
	case LZMA_OPTIONS_ERROR:
		return err_set(err, ERR_UNSUPPORTED,
			       "uses a filter or an option that is not known");
	default:
		/* liblzma does not tell a wrong check from other damage */
		return err_set(err, ERR_CORRUPT, "damaged data");
	}
}

/* LZMA_BUF_ERROR is no error: neither input nor output moved, which the driver
 * judges for all codecs alike. */
static int xz_step(void *state, const uint8_t *in, size_t *n_in, uint8_t *out,
		   size_t *n_out, struct err *err)
{
	struct xz *x = state;
	x->z.next_in = in;
	x->z.avail_in = *n_in;
	x->z.next_out = out;
	x->z.avail_out = *n_out;
	lzma_ret r = lzma_code(&x->z, LZMA_RUN);
	*n_in -= x->z.avail_in;
	*n_out -= x->z.avail_out;
	if (r != LZMA_OK && r != LZMA_STREAM_END && r != LZMA_BUF_ERROR)
		return xz_failed(x, r, err);
	return r != LZMA_STREAM_END;
}

static void xz_close(void *state)
{
	struct xz *x = state;
	lzma_end(&x->z);
	free(x);
}

const struct decoder decoder_xz = {
	.name = "xz",
	.slow = true,
	.open = xz_open,
	.begin = xz_begin,
	.step = xz_step,
	.close = xz_close,
};
