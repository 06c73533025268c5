/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/file_pairs.h - files of two images whose contents differ: are their
 * fingerprints equal? Private to transfer.c. */
#pragma once
#include "analyze/fingerprint.h"
#include "tree/load.h"

/* Two files at one path. */
struct file_pair {
	uint32_t a, b;			/* entries of the two trees */
	bool known_a;			/* a's file has a fingerprint */
	bool same;			/* and b's has the same */
	struct fingerprint fingerprint; /* of a's file, when known_a */
};
struct file_pairs {
	struct file_pair *v;
	uint32_t n, cap;
	const struct limits *lim;
};

void analyze_pairs_done(struct file_pairs *s);
must_check int analyze_pairs_add(struct file_pairs *s, uint32_t a, uint32_t b,
				 struct err *err);
/* Reads the contents of all of them; sorts v by b. */
must_check int analyze_pairs_compare(struct file_pairs *s,
				     const struct loaded_image *a,
				     const struct loaded_image *b,
				     struct err *err);
