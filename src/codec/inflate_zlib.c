/* SPDX-License-Identifier: Apache-2.0 */
/* By zlib: half as fast, but everywhere. */
#include "codec/inflate.h"

#include <stdlib.h>
#include <zlib.h>

int codec_inflater_new(void **state, struct err *err)
{
	z_stream *z = calloc(1, sizeof *z);
	/* negative: no wrapper around the data */
	if (!z || inflateInit2(z, -MAX_WBITS) != Z_OK) {
		free(z);
		return err_nomem(err, sizeof *z);
	}
	*state = z;
	return 0;
}

void codec_inflater_reset(void *state)
{
	inflateReset(state);
}

int codec_inflater_step(void *state, const uint8_t *in, size_t *n_in,
			uint8_t *out, size_t *n_out, struct err *err)
{
	z_stream *z = state;
	uInt given = (uInt)MIN(*n_in, (size_t)1 << 30);
	z->next_in = (uint8_t *)in;
	z->avail_in = given;
	z->next_out = out;
	z->avail_out = (uInt)*n_out;
	int r = inflate(z, Z_NO_FLUSH);
	*n_in = given - z->avail_in;
	*n_out -= z->avail_out;
	if (r == Z_MEM_ERROR)
		return err_nomem(err, 1u << MAX_WBITS);
	if (r != Z_OK && r != Z_STREAM_END && r != Z_BUF_ERROR)
		return err_set(err, ERR_CORRUPT, "damaged data");
	return r != Z_STREAM_END;
}

size_t codec_inflater_carry(void *state, uint8_t carry[static 8])
{
	(void)state;
	(void)carry;
	return 0;
}

void codec_inflater_free(void *state)
{
	inflateEnd(state);
	free(state);
}
