/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/rewrite.h - the tar of a rewritten layer, from the layers it stands
 * for.
 *
 * Members are written in the plan's order while the source layers are read
 * front to back. Where the orders differ, the content that is passed on the
 * way is put aside in an unlinked temporary file; layers of usual builders are
 * in order already, and then nothing is. */
#pragma once
#include "base/sink.h"
#include "shrink/plan.h"

struct rewriter;

/* Borrows the image and the plan; its layers are then written lowest first.
 * tmpdir may be NULL (TMPDIR, else /var/tmp). */
must_check int rewriter_open(const struct loaded_image *src,
			     const struct plan *plan, const struct limits *lim,
			     const char *tmpdir, struct progress *progress,
			     struct rewriter **out, struct err *err);
void rewriter_close(struct rewriter **rw);
/* Writes a planned layer's tar, its end included; does not finish the sink. */
must_check int rewriter_write(struct rewriter *rw,
			      const struct plan_layer *layer, struct sink *to,
			      struct err *err);
