/* SPDX-License-Identifier: Apache-2.0 */
/* bzip2 streams, several one behind the other (as pbzip2 writes them). */
#include "codec/internal.h"

#include <bzlib.h>
#include <stdlib.h>

enum { BLOCK_UNIT = 100000 }; /* "BZh1" to "BZh9": blocks of that many */

struct bz2 {
	bz_stream z;
	bool begun;
};

static void end(struct bz2 *b)
{
	if (b->begun)
		BZ2_bzDecompressEnd(&b->z);
	b->begun = false;
}

static int bz2_open(const struct limits *lim, void **state, struct err *err)
{
	(void)lim;
	struct bz2 *b = calloc(1, sizeof *b);
	if (!b)
		return err_nomem(err, sizeof *b);
	*state = b;
	return 0;
}

/* The library cannot reset a decoder, so each stream gets a new one. */
static int bz2_begin(void *state, const struct limits *lim, const uint8_t *p,
		     size_t n, struct err *err)
{
	struct bz2 *b = state;
	if (n == 0 || memcmp(p, "BZh", MIN(n, (size_t)3)) != 0 ||
	    (n > 3 && (p[3] < '1' || p[3] > '9')))
		return BEGIN_NOT;
	/* The header alone says how much memory is asked for, at most 900,000
	 * bytes a block, with tables of four bytes for each. */
	uint64_t block = n > 3 ? (uint64_t)(p[3] - '0') * BLOCK_UNIT : 0;
	if (block > lim->window_max)
		return limits_exceeded(lim, &lim->window_max, block, err);
	end(b);
	b->z = (bz_stream){ 0 };
	if (BZ2_bzDecompressInit(&b->z, 0, 0) != BZ_OK)
		return err_nomem(err, sizeof *b);
	b->begun = true;
	return BEGIN_MEMBER;
}

static int bz2_failed(int r, struct err *err)
{
	if (r == BZ_MEM_ERROR)
		return err_nomem(err, 4 * 9 * BLOCK_UNIT);
	return err_set(err, ERR_CORRUPT, "damaged data");
}

/* The counters have 32 bits; what is over a gigabyte is given in the next step.
 */
static int bz2_step(void *state, const uint8_t *in, size_t *n_in, uint8_t *out,
		    size_t *n_out, struct err *err)
{
	struct bz2 *b = state;
	unsigned given = (unsigned)MIN(*n_in, (size_t)1 << 30);
	b->z.next_in = (char *)(uintptr_t)in;
	b->z.avail_in = given;
	b->z.next_out = (char *)out;
	b->z.avail_out = (unsigned)*n_out;
	int r = BZ2_bzDecompress(&b->z);
	*n_in = given - b->z.avail_in;
	*n_out -= b->z.avail_out;
	if (r != BZ_OK && r != BZ_STREAM_END)
		return bz2_failed(r, err);
	return r != BZ_STREAM_END;
}

static void bz2_close(void *state)
{
	struct bz2 *b = state;
	end(b);
	free(b);
}

const struct decoder decoder_bzip2 = {
	.name = "bzip2",
	.slow = true,
	.open = bz2_open,
	.begin = bz2_begin,
	.step = bz2_step,
	.close = bz2_close,
};
