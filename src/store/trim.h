/* SPDX-License-Identifier: Apache-2.0 */
/* store/trim.h - keeps a cache's directory below its ceiling. */
#pragma once
#include <stdint.h>

/* What is being written is named so until it is renamed. */
#define CACHE_ASIDE "new-"

/* Removes the least recently used files while those in dir take more than
 * ceiling bytes, and what killed writers left. Best effort. */
void cache_trim(int dir, uint64_t ceiling);
