/* SPDX-License-Identifier: Apache-2.0 */
/* cli/base_option.h - what --base REF|N|none|auto means. */
#pragma once
#include "cli/session.h"
#include "shrink/optimize.h"

struct base_option {
	enum base_mode mode;
	uint32_t layers;
	struct source *source; /* of a named base image */
	const struct image_set *images;
};

/* NULL counts as auto. */
must_check int base_option_open(struct session *s, const char *value,
				struct base_option *out, struct err *err);
void base_option_done(struct base_option *b);
/* How many layers of an image that makes. */
must_check int base_option_find(const struct base_option *b,
				const struct image *img, struct base_guess *out,
				struct err *err);
