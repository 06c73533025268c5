/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/base_image/image_name.h - an image's name taken apart as it is
 * written.
 *
 * Expansions are opaque: a colon in ${x:-y} ends no name. */
#pragma once
#include "base/str.h"

struct image_name {
	struct str registry; /* empty: Docker Hub */
	struct str name;     /* with its directories */
	struct str tag;	     /* without colon; empty: none */
	struct str digest;   /* without @ */
	bool has_tag;	     /* also an empty one */
};

struct image_name lint_image_name_of(struct str reference);
/* As distribution/reference takes it: lower case parts, one separator between
 * them, a tag of 128 characters at most, a digest of known form. */
bool lint_image_name_is_valid(struct str reference);
/* Why it is not, in a phrase; NULL: it is. */
const char *lint_image_name_fault(struct str reference);
