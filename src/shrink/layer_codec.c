/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/layer_codec.h"

struct layer_origin shrink_holder(const struct image_result *r,
				  const struct plan_layer *l)
{
	return layer_is_previous(l->fate)
		       ? l->previous
		       : (struct layer_origin){ &r->loaded, l->from };
}

const struct layer_index *shrink_held_index(const struct image_result *r,
					    const struct plan_layer *l)
{
	const struct layer_origin at = shrink_holder(r, l);
	return &at.image->layers[at.position];
}

/* No window is larger than what it looks back on: every node that unpacks the
 * layer reserves it.
 *
 * --long=27 and a tar of 3 MiB: the window becomes 2^22, 4 MiB, and a node that
 * unpacks reserves that instead of 128 MiB. */
static void fit_window(struct codec_spec *spec, uint64_t tar_size)
{
	enum { LEAST = 20 };
	/* A window of twice the tar would find nothing more; 2^20 costs nobody
	 * anything. */
	while (spec->long_window_log > LEAST &&
	       1ull << (spec->long_window_log - 1) >= tar_size)
		spec->long_window_log--;
}

/* With --compression keep a rewritten range is compressed as its highest layer
 * was. What has no OCI media type (xz, bzip2) becomes gzip, which every engine
 * reads; the levels are the codecs' own defaults. */
struct codec_spec shrink_codec_for(const struct image_result *r,
				   const struct plan_layer *l,
				   const struct shrink_options *opt)
{
	bool chosen = layer_is_chosen(l);
	struct codec_spec spec = opt->spec;
	fit_window(&spec, chosen ? l->draft.index.tar_size
				 : shrink_held_index(r, l)->tar_size);
	if (opt->has_spec)
		return spec;
	spec.codec = chosen ? r->loaded.layers[l->to].codec
			    : shrink_held_index(r, l)->codec;
	if (spec.codec != CODEC_NONE && spec.codec != CODEC_ZSTD)
		spec.codec = CODEC_GZIP;
	spec.level = spec.codec == CODEC_ZSTD ? 3 : 6;
	return spec;
}

/* Recompressed is what the user asked for; what has no encoding yet when the
 * user named one; and what OCI has no media type for (xz, bzip2). A blob of the
 * previous result stays as it is otherwise: nodes have it.
 *
 * Otherwise a layer that is kept keeps its digest, which is worth more than
 * what a better level could win: nodes and registries have it already. */
bool shrink_is_recompressed(const struct image_result *r,
			    const struct plan_layer *l,
			    const struct shrink_options *opt)
{
	enum codec now = shrink_held_index(r, l)->codec;
	if (now == CODEC_XZ || now == CODEC_BZIP2)
		return true;
	if (layer_is_previous(l->fate))
		return false;
	if (opt->recompress)
		return true;
	return opt->has_spec && now == CODEC_NONE &&
	       opt->spec.codec != CODEC_NONE;
}
