/* SPDX-License-Identifier: Apache-2.0 */
/* codec/inflate.h - raw deflate (RFC 1951), by the library the build chose.
 *
 * inflate_isal.c or inflate_zlib.c stands behind it; headers, checksums and
 * trailers are gunzip.c's, so that both read and refuse the same. */
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

must_check int codec_inflater_new(void **state, struct err *err);
/* A new deflate stream begins. */
void codec_inflater_reset(void *state);
/* As decoder.step: 1 goes on, 0 at the end, -1: ERR_CORRUPT. */
must_check int codec_inflater_step(void *state, const uint8_t *in, size_t *n_in,
				   uint8_t *out, size_t *n_out,
				   struct err *err);
/* At the end: bytes that were consumed but stand behind the data (they were
 * read ahead, maybe from an earlier in[]). At most 8, and fewer than that are
 * never part of a next member, since a trailer has 8. */
size_t codec_inflater_carry(void *state, uint8_t carry[static 8]);
void codec_inflater_free(void *state);
