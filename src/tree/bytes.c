/* SPDX-License-Identifier: Apache-2.0 */
#include "tree/bytes.h"

#include "base/checked.h"
#include "base/cursor.h"

int tree_bytes_put(struct buf *pool, struct str s, uint32_t *out,
		   struct err *err)
{
	uint32_t at;
	if (!narrow_u32(pool->n, &at))
		return err_set(err, ERR_LIMIT, "over 4 GiB of targets");
	if (buf_varint(pool, s.n, err) < 0 || buf_str_add(pool, s, err) < 0)
		return -1;
	*out = at;
	return 0;
}

/* The pool is ours, not the image's: its lengths are true. */
struct str tree_bytes_get(const struct buf *pool, uint32_t offset)
{
	struct cur c = cur_of(pool->p + offset, pool->n - offset);
	size_t n = (size_t)cur_varint(&c);
	return (struct str){ (const char *)cur_take(&c, n), n };
}
