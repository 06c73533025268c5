/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/layer_codec.h - where the bytes of a planned layer come from and how
 * they are compressed (private to outlook.c and write.c, which must agree). */
#pragma once
#include "shrink/options.h"
#include "shrink/result.h"

/* Who holds the blob of a layer that is not rewritten: the source, or the
 * previous result. */
struct layer_origin shrink_holder(const struct image_result *r,
				  const struct plan_layer *l);
/* The index of that blob. */
const struct layer_index *shrink_held_index(const struct image_result *r,
					    const struct plan_layer *l);
/* How the layer is compressed if it is: as the source layer was, or as the user
 * said. */
struct codec_spec shrink_codec_for(const struct image_result *r,
				   const struct plan_layer *l,
				   const struct shrink_options *opt);
/* Is a layer that is not rewritten recompressed? Its DiffID stays. */
bool shrink_is_recompressed(const struct image_result *r,
			    const struct plan_layer *l,
			    const struct shrink_options *opt);
