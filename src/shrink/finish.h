/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/finish.h - the documents that stand over all images of a result. */
#pragma once
#include "shrink/result.h"
#include "source/write/dest.h"

/* Once every image is written; tag may be empty. Notes in res which image old
 * engines load. */
must_check int shrink_finish(const struct image_set *set, struct dest *dst,
			     struct str tag, struct optimize_result *res,
			     struct err *err);
