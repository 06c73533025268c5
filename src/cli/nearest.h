/* SPDX-License-Identifier: Apache-2.0 */
/* cli/nearest.h - the name somebody meant when they mistyped one. */
#pragma once
#include <stddef.h>

struct nearest {
	const char *wanted;
	const char *best; /* NULL: none is near enough */
	size_t distance;  /* of best; of candidates, only nearer ones win */
};

struct nearest nearest_to(const char *wanted);
/* Borrows name when it is nearer than what was tried before. */
void nearest_try(struct nearest *n, const char *name);
