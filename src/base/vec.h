/* SPDX-License-Identifier: Apache-2.0 */
/* base/vec.h - arrays that grow. */
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* Makes room for one more element of the given size behind the first n.
 * Capacity grows by half, so that n additions copy O(n) elements. *v is
 * malloc'ed; it and *cap stay as they are on failure. */
must_check int vec_room(void **v, uint32_t n, uint32_t *cap, size_t size,
			struct err *err);
