/* SPDX-License-Identifier: Apache-2.0 */
/* gzip by zlib (build option inflate=zlib): where isa-l has no assembly. */
#include "codec/internal.h"

#include <stdlib.h>
#include <zlib.h>

enum { GZIP_ONLY = 16 }; /* added to the window bits, see zlib.h */

static int gz_open(const struct limits *lim, void **state, struct err *err)
{
	(void)lim;
	z_stream *z = calloc(1, sizeof *z);
	if (!z || inflateInit2(z, MAX_WBITS + GZIP_ONLY) != Z_OK) {
		free(z);
		return err_nomem(err, sizeof *z);
	}
	*state = z;
	return 0;
}

static int gz_begin(void *state, const struct limits *lim, const uint8_t *p,
		    size_t n, struct err *err)
{
	(void)lim;
	inflateReset((z_stream *)state);
	return gzip_begin(p, n, err);
}

/* zlib tells its errors apart by text only. */
static int gz_failed(const z_stream *z, int r, struct err *err)
{
	const char *msg = z->msg ? z->msg : "";
	if (r == Z_MEM_ERROR)
		return err_nomem(err, 32 << 10);
	if (strstr(msg, "incorrect data") || strstr(msg, "incorrect length"))
		return err_set(err, ERR_CORRUPT, "wrong checksum or length");
	if (strstr(msg, "header crc"))
		return err_set(err, ERR_CORRUPT, "wrong checksum or length");
	if (strstr(msg, "header"))
		return err_set(err, ERR_CORRUPT, "damaged header");
	return err_set(err, ERR_CORRUPT, "damaged data");
}

static int gz_step(void *state, const uint8_t *in, size_t *n_in, uint8_t *out,
		   size_t *n_out, struct err *err)
{
	z_stream *z = state;
	z->next_in = (uint8_t *)in;
	z->avail_in = (uInt)MIN(*n_in, (size_t)1 << 30);
	*n_in = z->avail_in;
	z->next_out = out;
	z->avail_out = (uInt)*n_out;
	int r = inflate(z, Z_NO_FLUSH);
	*n_in -= z->avail_in;
	*n_out -= z->avail_out;
	if (r != Z_OK && r != Z_STREAM_END && r != Z_BUF_ERROR)
		return gz_failed(z, r, err);
	return r != Z_STREAM_END;
}

static void gz_close(void *state)
{
	inflateEnd(state);
	free(state);
}

const struct decoder decoder_gzip = {
	.name = "gzip",
	.open = gz_open,
	.begin = gz_begin,
	.step = gz_step,
	.close = gz_close,
};
