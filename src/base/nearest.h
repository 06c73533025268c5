/* SPDX-License-Identifier: Apache-2.0 */
/* base/nearest.h - the name somebody meant when they mistyped one. */
#pragma once
#include <stddef.h>

struct nearest {
	const char *wanted;
	const char *best; /* NULL: none is near enough */
	size_t distance;  /* of best; of candidates, only nearer ones win */
};

struct nearest nearest_to(const char *wanted);
/* Borrows name when it is nearer than what was tried before. ASCII case is no
 * difference. */
void nearest_try(struct nearest *n, const char *name);

/* " (did you mean NAME?)", or "" where none is near; for the end of an error
 * text. Before stands in front of the name, say "--". */
struct nearest_hint {
	char text[80];
};
struct nearest_hint nearest_hint(const struct nearest *n, const char *before);
