/* SPDX-License-Identifier: Apache-2.0 */
/* store/internal.h - what the cache's files share. */
#pragma once
#include "store/cache.h"

/* What is being written is named so until it is renamed. */
#define CACHE_ASIDE "new-"

struct cache {
	int dir;
	uint64_t ceiling;
};

/* Removes the least recently used files while the cache is over its ceiling,
 * and what killed writers left. Best effort. */
void cache_trim(const struct cache *c);
