/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/blob.h - one blob of a result on its way: to the destination, or in a
 * dry run to nowhere, hashed all the same (private to write.c). */
#pragma once
#include "source/write/dest.h"

struct shrink_blob {
	struct dest *dst; /* NULL: a dry run */
	struct sink *sink;
	struct desc desc; /* digest and size, after the end */
};
void shrink_blob_done(struct shrink_blob *b);
must_check int shrink_blob_begin(struct shrink_blob *b, struct dest *dst,
				 struct err *err);
must_check int shrink_blob_end(struct shrink_blob *b, struct err *err);
