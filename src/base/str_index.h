/* SPDX-License-Identifier: Apache-2.0 */
/* base/str_index.h - strings of a list, found by what they say.
 *
 * A list that was read from somebody's file may hold thousands, and be asked
 * for each of its lines: ids are sorted by their strings once, and asking is a
 * binary search. No hash, so nobody can choose strings that collide. */
#pragma once
#include "base/arena.h"

struct str_index {
	const struct str *keys; /* an id each */
	uint32_t *ids;		/* by key, then by id */
	uint32_t n;
};

enum { STR_INDEX_NONE = UINT32_MAX };

/* keys are borrowed, the rest is in the arena. */
must_check int str_index_make(struct str_index *x, const struct str *keys,
			      uint32_t n, struct arena *a, struct err *err);
/* How many ids have the key; they are *ids, ascending. */
uint32_t str_index_find(const struct str_index *x, struct str key,
			const uint32_t **ids);
/* The last of them below `below`; STR_INDEX_NONE. */
uint32_t str_index_last(const struct str_index *x, struct str key,
			uint32_t below);
/* The same for keys in lower case and one that may be in any (ASCII). */
uint32_t str_index_last_any_case(const struct str_index *x, struct str key,
				 uint32_t below);
