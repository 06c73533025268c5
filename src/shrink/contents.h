/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/contents.h - what the files of rewritten layers hold, from the source
 * layers.
 *
 * Files are asked for in the plan's order while the source layers are read
 * front to back, each once. Where the orders differ, a content that is passed
 * on the way is spilled to a temporary file (layer/spill.h):
 *
 *	source layer	z x b		x is dead
 *	rewritten	b z		on the way to b, z is spilled
 *
 * Layers of usual builders are in order already, and then nothing is. */
#pragma once
#include "layer/encode.h"
#include "shrink/options.h"
#include "shrink/plan.h"

struct shrink_contents;

/* Borrows the image and the plan; its layers are then written lowest first. Of
 * opt limits, threads, progress and tmpdir count. */
must_check int shrink_contents_open(const struct loaded_image *src,
				    const struct plan *plan,
				    const struct shrink_options *opt,
				    struct shrink_contents **out,
				    struct err *err);
void shrink_contents_close(struct shrink_contents **c);
/* The contents of a rewritten layer of the plan, until the next call. */
struct layer_contents *shrink_contents_of(struct shrink_contents *c,
					  const struct plan_layer *l);
