/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/layer_codec.h"

#include "base/test.h" /* last: cmocka defines skip */

/* A source and a previous image of one layer each. */
struct images {
	struct layer_index source, previous;
	struct loaded_image last;
	struct image_result r;
	struct plan_layer layer;
};

static void make(struct images *m, enum layer_fate fate, enum codec source,
		 enum codec previous)
{
	*m = (struct images){
		.source = { .codec = source, .tar_size = 3 << 20 },
		.previous = { .codec = previous, .tar_size = 3 << 20 },
		.layer = { .fate = fate },
	};
	m->r.loaded.layers = &m->source;
	m->last.layers = &m->previous;
	if (layer_is_previous(fate))
		m->layer.previous = (struct layer_origin){ &m->last, 0 };
	else if (fate == LAYER_REWRITTEN)
		m->layer.draft.index.tar_size = 3 << 20;
}

TEST(layer_codec, a_layer_is_compressed_as_it_was)
{
	static const struct {
		enum layer_fate fate;
		enum codec source, previous, want;
		int level;
	} rows[] = {
		{ LAYER_REWRITTEN, CODEC_NONE, CODEC_NONE, CODEC_NONE, 6 },
		{ LAYER_REWRITTEN, CODEC_GZIP, CODEC_NONE, CODEC_GZIP, 6 },
		{ LAYER_REWRITTEN, CODEC_ZSTD, CODEC_NONE, CODEC_ZSTD, 3 },
		/* OCI has no media type for these. */
		{ LAYER_REWRITTEN, CODEC_XZ, CODEC_NONE, CODEC_GZIP, 6 },
		{ LAYER_KEPT, CODEC_BZIP2, CODEC_NONE, CODEC_GZIP, 6 },
		/* A laid layer stands for none of the source's. */
		{ LAYER_LAID, CODEC_GZIP, CODEC_ZSTD, CODEC_ZSTD, 3 },
		{ LAYER_REUSED, CODEC_GZIP, CODEC_ZSTD, CODEC_ZSTD, 3 },
	};
	const struct shrink_options keep = { 0 };
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct images m;
		make(&m, rows[i].fate, rows[i].source, rows[i].previous);
		struct codec_spec s = shrink_codec_for(&m.r, &m.layer, &keep);
		assert_int_equal(s.codec, rows[i].want);
		assert_int_equal(s.level, rows[i].level);
	}
}

/* 3 MiB of tar: 2^22 is the least window that holds them. */
TEST(layer_codec, no_window_is_larger_than_its_layer)
{
	static const struct {
		unsigned asked, want;
	} rows[] = { { 27, 22 }, { 22, 22 }, { 21, 21 }, { 0, 0 } };
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct shrink_options opt = {
			.has_spec = true,
			.spec = { .codec = CODEC_ZSTD,
				  .level = 19,
				  .long_window_log = rows[i].asked },
		};
		struct images m;
		make(&m, LAYER_REWRITTEN, CODEC_GZIP, CODEC_NONE);
		struct codec_spec s = shrink_codec_for(&m.r, &m.layer, &opt);
		assert_int_equal(s.long_window_log, rows[i].want);
		assert_int_equal(s.level, 19);
	}
}

TEST(layer_codec, what_is_compressed_anew)
{
	static const struct {
		enum layer_fate fate;
		enum codec now;
		bool has_spec, recompress, want;
	} rows[] = {
		{ LAYER_KEPT, CODEC_GZIP, false, false, false },
		{ LAYER_KEPT, CODEC_GZIP, true, false, false },
		{ LAYER_KEPT, CODEC_GZIP, true, true, true },
		{ LAYER_KEPT, CODEC_NONE, false, false, false },
		{ LAYER_KEPT, CODEC_NONE, true, false, true },
		{ LAYER_KEPT, CODEC_XZ, false, false, true },
		/* Nodes have the previous image's blobs. */
		{ LAYER_REUSED, CODEC_GZIP, true, true, false },
		{ LAYER_LAID, CODEC_NONE, true, true, false },
		{ LAYER_LAID, CODEC_BZIP2, false, false, true },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct shrink_options opt = {
			.has_spec = rows[i].has_spec,
			.spec = { .codec = CODEC_ZSTD, .level = 3 },
			.recompress = rows[i].recompress,
		};
		struct images m;
		make(&m, rows[i].fate, rows[i].now, rows[i].now);
		assert_int_equal(shrink_is_recompressed(&m.r, &m.layer, &opt),
				 rows[i].want);
	}
}

TESTS_MAIN(unit(layer_codec, a_layer_is_compressed_as_it_was),
	   unit(layer_codec, no_window_is_larger_than_its_layer),
	   unit(layer_codec, what_is_compressed_anew))
