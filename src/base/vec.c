/* SPDX-License-Identifier: Apache-2.0 */
#include "base/vec.h"

#include <stdlib.h>

#include "base/checked.h"

int vec_room(void **v, uint32_t n, uint32_t *cap, size_t size, struct err *err)
{
	if (n < *cap)
		return 0;
	uint64_t want = (uint64_t)*cap + *cap / 2 + 16;
	uint32_t grown;
	size_t bytes;
	if (!narrow_u32(want, &grown) || ckd_mul(&bytes, (size_t)want, size))
		return err_nomem(err, want * size);
	void *p = realloc(*v, bytes);
	if (!p)
		return err_nomem(err, bytes);
	*v = p;
	*cap = grown;
	return 0;
}
