/* SPDX-License-Identifier: Apache-2.0 */
/* gzip by isa-l (build option inflate=isal): header, CRC-32 and ISIZE are
 * checked by the library. */
#include "codec/internal.h"

#include <isa-l/igzip_lib.h>
#include <stdlib.h>

static int gz_open(const struct limits *lim, void **state, struct err *err)
{
	(void)lim;
	struct inflate_state *z = malloc(sizeof *z);
	if (!z)
		return err_nomem(err, sizeof *z);
	isal_inflate_init(z);
	*state = z;
	return 0;
}

static int gz_begin(void *state, const struct limits *lim, const uint8_t *p,
		    size_t n, struct err *err)
{
	struct inflate_state *z = state;
	(void)lim;
	isal_inflate_reset(z);
	z->crc_flag = ISAL_GZIP;
	return gzip_begin(p, n, err);
}

static int gz_failed(int r, struct err *err)
{
	switch (r) {
	case ISAL_INCORRECT_CHECKSUM:
		return err_set(err, ERR_CORRUPT, "wrong checksum or length");
	case ISAL_INVALID_WRAPPER:
	case ISAL_UNSUPPORTED_METHOD:
		return err_set(err, ERR_CORRUPT, "damaged header");
	default:
		return err_set(err, ERR_CORRUPT, "damaged data");
	}
}

static int gz_step(void *state, const uint8_t *in, size_t *n_in, uint8_t *out,
		   size_t *n_out, struct err *err)
{
	struct inflate_state *z = state;
	z->next_in = (uint8_t *)in;
	z->avail_in = (uint32_t)MIN(*n_in, (size_t)1 << 30);
	*n_in = z->avail_in;
	z->next_out = out;
	z->avail_out = (uint32_t)*n_out;
	int r = isal_inflate(z);
	*n_in -= z->avail_in;
	*n_out -= z->avail_out;
	if (r != ISAL_DECOMP_OK && r != ISAL_END_INPUT)
		return gz_failed(r, err);
	return z->block_state != ISAL_BLOCK_FINISH;
}

static void gz_close(void *state)
{
	free(state);
}

const struct decoder decoder_gzip = {
	.name = "gzip",
	.open = gz_open,
	.begin = gz_begin,
	.step = gz_step,
	.close = gz_close,
};
