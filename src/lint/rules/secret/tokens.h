/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/secret/tokens.h - secrets that tell themselves by how they
 * begin. */
#pragma once
#include "base/str.h"

struct token {
	size_t at, n;	  /* in the text */
	const char *what; /* "a GitHub token" */
	size_t shown;	  /* its first bytes, which are no secret */
};

/* The first at or behind from; false: none. */
bool lint_token_find(struct str text, size_t from, struct token *out);
