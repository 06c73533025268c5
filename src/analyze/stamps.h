/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/stamps.h - do files of two images that differ say the same?
 * (private to wire.c) */
#pragma once
#include "analyze/essence.h"
#include "tree/load.h"

/* Two files at one path, and what the look inside found. */
struct stamp {
	uint32_t a, b; /* entries of the two trees */
	bool known_a, same;
	struct essence essence; /* a's, when known_a */
};
struct stamps {
	struct stamp *v;
	uint32_t n, cap;
	const struct limits *lim;
};

void stamps_done(struct stamps *s);
must_check int stamps_add(struct stamps *s, uint32_t a, uint32_t b,
			  struct err *err);
/* Reads the contents of all of them; sorts v by b. */
must_check int stamps_compare(struct stamps *s, const struct loaded_image *a,
			      const struct loaded_image *b, struct err *err);
