/* SPDX-License-Identifier: Apache-2.0 */
/* layer/effort.h - what writing costs, as base/progress.h counts work.
 *
 * Measured on one core and rounded: only the proportions matter, and where they
 * are wrong progress still never falls and ends at the end. */
#pragma once
#include "base/progress.h"
#include "codec/codec.h"

enum {
	EFFORT_UNPACK = 30, /* a tar's byte, read again to be rewritten */
	EFFORT_COPY = 20,   /* a blob's byte, kept */
	EFFORT_SLOW = 1500, /* slower than anyone expects */
};
/* Ten seconds: then a word is due before. */
#define EFFORT_LONG UINT64_C(100000000000)

/* Compressing a tar's byte, hashed on both sides. */
unsigned layer_effort_of(const struct codec_spec *spec, unsigned threads);
