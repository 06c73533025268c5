/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/outlook.h - what is ahead before it is done: space and work. Work is
 * counted as base/progress.h does. */
#pragma once
#include "shrink/options.h"
#include "shrink/result.h"
#include "source/write/dest.h"

/* Is there room for all that writing the planned layers will certainly take? */
must_check int shrink_check_space(const struct image_result *r,
				  const struct dest *dst,
				  const struct shrink_options *opt,
				  struct err *err);

struct shrink_outlook {
	uint64_t bytes;	     /* that are written */
	uint64_t work;	     /* of writing them */
	uint64_t proof_work; /* of reading them back */
	/* Bytes of tar whose compression takes so long that a word is due
	 * before; 0: none. */
	uint64_t slow_bytes;
	struct codec_spec slow_spec; /* how those are compressed */
};
/* Of an image that is planned. writes: there is a destination. */
struct shrink_outlook shrink_look_ahead(const struct image_result *r,
					bool writes,
					const struct shrink_options *opt);
/* The work of an image of which nothing is known but its size: read it, write
 * about as much, read that. */
uint64_t shrink_guess_work(const struct image *img, bool writes,
			   const struct shrink_options *opt);
/* The work of proving what was written. */
uint64_t shrink_proof_work(const struct optimize_result *res);
