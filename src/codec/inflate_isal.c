/* SPDX-License-Identifier: Apache-2.0 */
/* By isa-l. Its own gzip wrapper is not used: version 2.30 takes a right
 * FHCRC for a wrong one. */
#include "codec/inflate.h"

#include <isa-l/igzip_lib.h>
#include <stdlib.h>

int codec_inflater_new(void **state, struct err *err)
{
	struct inflate_state *z = malloc(sizeof *z);
	if (!z)
		return err_nomem(err, sizeof *z);
	isal_inflate_init(z);
	*state = z;
	return 0;
}

void codec_inflater_reset(void *state)
{
	isal_inflate_reset(state);
}

int codec_inflater_step(void *state, const uint8_t *in, size_t *n_in,
			uint8_t *out, size_t *n_out, struct err *err)
{
	struct inflate_state *z = state;
	/* Its counters have 32 bits; what is over is given in the next step. */
	uint32_t given = (uint32_t)MIN(*n_in, (size_t)1 << 30);
	z->next_in = (uint8_t *)in;
	z->avail_in = given;
	z->next_out = out;
	z->avail_out = (uint32_t)*n_out;
	int r = isal_inflate(z);
	*n_in = given - z->avail_in;
	*n_out -= z->avail_out;
	if (r != ISAL_DECOMP_OK && r != ISAL_END_INPUT)
		return err_set(err, ERR_CORRUPT, "damaged data");
	return z->block_state != ISAL_BLOCK_FINISH;
}

/* With 21 bits in the register, 5 are the rest of the data's last byte, and the
 * two bytes above them are the first of the trailer. */
size_t codec_inflater_carry(void *state, uint8_t carry[static 8])
{
	struct inflate_state *z = state;
	/* read_in holds read_in_length bits, the next one lowest; what is
	 * left of the last byte of the data is padding. */
	size_t n = (size_t)z->read_in_length / 8;
	uint64_t bits = z->read_in >> z->read_in_length % 8;
	for (size_t i = 0; i < n; i++)
		carry[i] = (uint8_t)(bits >> (8 * i));
	z->read_in_length = 0;
	return n;
}

void codec_inflater_free(void *state)
{
	free(state);
}
