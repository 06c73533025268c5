/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/blob.h"

/* A destination's sink is the destination's own: it is closed there, also when
 * the blob fails. */
void shrink_blob_done(struct shrink_blob *b)
{
	if (!b->dst)
		sink_close(&b->sink);
}

int shrink_blob_begin(struct shrink_blob *b, struct dest *dst, struct err *err)
{
	*b = (struct shrink_blob){ .dst = dst };
	if (dst)
		return dest_begin_blob(dst, &b->sink, err);
	return hash_sink_open(NULL, &b->desc.digest, &b->desc.size, &b->sink,
			      err);
}

int shrink_blob_end(struct shrink_blob *b, struct err *err)
{
	if (b->dst)
		return dest_end_blob(b->dst, &b->sink, &b->desc, err);
	return sink_finish(b->sink, err);
}
