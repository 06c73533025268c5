/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/emit.h - the documents over the layers of a result (private to
 * shrink). */
#pragma once
#include "shrink/result.h"
#include "source/write/dest.h"

/* Config and manifest over the layers of one image. */
must_check int shrink_emit_documents(const struct image_set *set,
				     struct image_result *r, struct dest *dst,
				     struct err *err);
/* An index over all results, with what the source's said besides. */
must_check int shrink_emit_index(const struct image_set *set,
				 const struct optimize_result *res,
				 struct buf *out, struct err *err);
