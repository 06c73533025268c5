/* SPDX-License-Identifier: Apache-2.0 */
/* base/checked.h - arithmetic on sizes that others chose.
 *
 * ckd_add, ckd_sub, ckd_mul carry C23's names and meaning: the result is
 * stored, and true is returned when it did not fit. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#define ckd_add(r, a, b) __builtin_add_overflow((a), (b), (r))
#define ckd_sub(r, a, b) __builtin_sub_overflow((a), (b), (r))
#define ckd_mul(r, a, b) __builtin_mul_overflow((a), (b), (r))

/* Stores x in *y when it fits; false otherwise, *y untouched. */
static inline bool narrow_u32(uint64_t x, uint32_t *y)
{
	if (x > UINT32_MAX)
		return false;
	*y = (uint32_t)x;
	return true;
}

static inline bool narrow_size(uint64_t x, size_t *y)
{
	if (x > SIZE_MAX)
		return false;
	*y = (size_t)x;
	return true;
}

/* n rounded up to a multiple of unit (a power of two); false on overflow. */
static inline bool round_up_u64(uint64_t n, uint64_t unit, uint64_t *out)
{
	uint64_t sum;
	if (ckd_add(&sum, n, unit - 1))
		return false;
	*out = sum & ~(unit - 1);
	return true;
}
