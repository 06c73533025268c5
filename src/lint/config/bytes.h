/* SPDX-License-Identifier: Apache-2.0 */
/* lint/config/bytes.h - what kinds of waste cost, as a sourced table.
 *
 * A row is one kind of waste: its key, the payload bytes that it typically
 * leaves in an image, and where the figure is from. docs/lint-bytes.md shows
 * the table to people; a test holds the two together. */
#pragma once
#include <stdint.h>

#include "base/str.h"

struct lint_estimate {
	const char *key; /* "apt-lists" */
	uint64_t bytes;
	const char *source; /* what was measured, and of what */
};

/* NULL: no such row. */
const struct lint_estimate *lint_estimate_find(const char *key);
extern const struct lint_estimate lint_estimates[];
extern const size_t n_lint_estimates;
