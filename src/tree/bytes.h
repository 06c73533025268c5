/* SPDX-License-Identifier: Apache-2.0 */
/* tree/bytes.h - byte strings in one buffer, each behind a varint length,
 * named by their offset (private to the tree's files). */
#pragma once
#include "base/str.h"

must_check int tree_bytes_put(struct buf *pool, struct str s, uint32_t *offset,
			      struct err *err);
struct str tree_bytes_get(const struct buf *pool, uint32_t offset);
