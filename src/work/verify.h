/* SPDX-License-Identifier: Apache-2.0 */
/* work/verify.h - are two images the same to whoever runs them?
 *
 * The final file systems and the configs are compared, platform by platform.
 * How layers are cut and compressed plays no part. Every byte is read and
 * verified: nothing is taken from the cache on trust. */
#pragma once
#include "analyze/verify.h"
#include "work/platforms.h"
#include "work/session.h"

/* Differences come as they are found, one platform after the other, in listing
 * order; a pair of large images may have millions, so they are not kept. */
struct work_verify_sink {
	/* pair: which of the platforms that both images have, counted from 0;
	 * SIZE_MAX: a platform that one image lacks (the field "platform", the
	 * lacking side's value empty). d is borrowed for the call. -1: stop. */
	int (*difference)(void *self, size_t pair,
			  const struct tree_difference *d, struct err *err);
	void *self;
};

struct work_verify_options {
	const char *a, *b;  /* as a user names images */
	unsigned ignore;    /* bits 1 << enum tree_field */
	bool ignore_config; /* compare the file systems alone */
	struct work_verify_sink sink;
};

struct work_verified {
	struct arena arena;
	size_t n_platforms; /* those of one side as well */
	struct work_verified_pair {
		struct str platform;	 /* empty with one platform only */
		struct digest digest[2]; /* of the trees */
		uint64_t n_differences;
	} * v; /* those that both have */
	size_t n;
	uint64_t n_differences; /* of all, lacking platforms included */
};

/* Release with work_verified_done, whether or not it failed. 0: compared,
 * however many differences there are. */
must_check int work_verify_run(struct work_session *s,
			       const struct work_verify_options *opt,
			       struct work_verified *out, struct err *err);
void work_verified_done(struct work_verified *v);
