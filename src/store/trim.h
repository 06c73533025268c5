/* SPDX-License-Identifier: Apache-2.0 */
/* store/trim.h - keeps a cache's directory below its ceiling. */
#pragma once
#include <stdint.h>

/* Removes the least recently used files while those in dir take more than
 * ceiling bytes, and what killed writers left (base/litter.h; all that begins
 * with a dot). Best effort. */
void store_trim(int dir, uint64_t ceiling);
