/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/options.h - how smaller images are planned and written: what all
 * images of a run have in common. What is decided of each of them is in
 * decisions.h. */
#pragma once
#include "codec/codec.h"
#include "shrink/layer.h"
#include "tree/load.h"

struct shrink_options {
	struct load_options load;
	const char *tmpdir;	 /* NULL: TMPDIR, else /var/tmp */
	uint64_t min_gain_bytes; /* see struct plan_options */
	uint32_t min_gain_ppm;
	uint64_t fold_max;
	enum layer_order order; /* of what is rewritten */
	bool has_spec;		/* else each layer is compressed as it was */
	struct codec_spec spec; /* its long window holds in both cases */
	bool recompress;	/* kept layers, too (their DiffIDs stay) */
};
