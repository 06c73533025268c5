/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/variable/suggest.h - which name was meant. */
#pragma once
#include "base/str.h"

/* Of very many names in scope the newest are tried: each name that nobody sets
 * asks for all of them. */
enum { SUGGEST_DISTANCE_MAX = 2, SUGGEST_NAMES_MAX = 256 };

/* A name being looked for, and the nearest so far: at most two characters
 * put in, taken out or replaced. */
struct suggestion {
	struct str wanted;
	struct str best; /* empty: none */
	unsigned distance;
};

struct df_var;
/* Names of a list, of those that are set alone or of all. */
void lint_suggest_offer_vars(struct suggestion *s, const struct df_var *v,
			     bool set_alone);
void lint_suggest_offer(struct suggestion *s, struct str name);
/* How many characters are to be changed; more than limit counts as limit +
 * 1. */
unsigned lint_edit_distance(struct str a, struct str b, unsigned limit);
