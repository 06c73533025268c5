/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/variable/suggest.h - which name was meant. */
#pragma once
#include "base/str.h"

enum { SUGGEST_DISTANCE_MAX = 2 };

/* A name being looked for, and the nearest so far: at most two characters
 * put in, taken out or replaced. */
struct suggestion {
	struct str wanted;
	struct str best; /* empty: none */
	unsigned distance;
};

void lint_suggest_offer(struct suggestion *s, struct str name);
/* How many characters are to be changed; more than limit counts as limit +
 * 1. */
unsigned lint_edit_distance(struct str a, struct str b, unsigned limit);
