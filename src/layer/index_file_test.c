/* SPDX-License-Identifier: Apache-2.0 */
#include "layer/testlayer.h"
#include "base/test.h" /* last: cmocka defines skip */

static void save(const struct layer_index *ix, struct buf *out)
{
	struct err err = { 0 };
	scoped(sink_close) struct sink *to = NULL;
	assert_ok(buf_sink_open(out, &to, &err), &err);
	assert_ok(layer_index_save(ix, to, &err), &err);
	assert_ok(sink_finish(to, &err), &err);
}

static int load(struct str file, struct layer_index *out, struct err *err)
{
	scoped(stream_close) struct stream *in = NULL;
	assert_ok(mem_open(file.p, file.n, &in, err), err);
	return layer_index_load(in, out, err);
}

static void build_gzip(const char *layer, struct layer_index *out)
{
	struct err err = { 0 };
	struct codec_spec spec = { .codec = CODEC_GZIP, .level = 1 };
	struct index_expect expect = { 0 };
	scoped(buf_done) struct buf tar = BUF_INIT(4 << 20);
	scoped(buf_done) struct buf blob = BUF_INIT(4 << 20);
	scoped(sink_close) struct sink *to = NULL, *enc = NULL;
	scoped(stream_close) struct stream *in = NULL;
	testlayer_tar(layer, &tar);
	assert_ok(buf_sink_open(&blob, &to, &err), &err);
	assert_ok(codec_sink_open(&spec, 1, to, &enc, &err), &err);
	assert_ok(sink_write(enc, tar.p, tar.n, &err), &err);
	assert_ok(sink_finish(enc, &err), &err);
	assert_ok(mem_open(blob.p, blob.n, &in, &err), &err);
	assert_ok(layer_index_build(&in, &expect, &limits_default, out, &err),
		  &err);
}

static void assert_same(const struct layer_index *a,
			const struct layer_index *b)
{
	assert_true(digest_eq(&a->blob, &b->blob));
	assert_true(digest_eq(&a->diff_id, &b->diff_id));
	assert_int_equal(a->blob_size, b->blob_size);
	assert_int_equal(a->tar_size, b->tar_size);
	assert_int_equal(a->codec, b->codec);
	assert_int_equal(a->n_records, b->n_records);
	assert_int_equal(a->trailing, b->trailing);
	assert_string_equal(testlayer_text(a), testlayer_text(b));
	assert_int_equal(a->marks.n, b->marks.n);
	for (size_t i = 0; i < a->marks.n; i++) {
		assert_int_equal(a->marks.v[i].in, b->marks.v[i].in);
		assert_int_equal(a->marks.v[i].out, b->marks.v[i].out);
	}
}

TEST(index_file, what_is_saved_loads_equal)
{
	static const char *const layers[] = {
		"",
		"f a =x",
		"d d m700; f d/a #600000 xuser.a:1; h b >d/a; l l >d; c c v1:3",
	};
	struct err err = { 0 };
	for (size_t i = 0; i < ARRAY_LEN(layers); i++) {
		scoped(layer_index_done) struct layer_index ix = { 0 },
							    back = { 0 };
		scoped(buf_done) struct buf file = BUF_INIT(1 << 20);
		build_gzip(layers[i], &ix);
		ix.trailing = i;
		save(&ix, &file);
		assert_ok(load(buf_str(&file), &back, &err), &err);
		assert_same(&ix, &back);
		scoped(buf_done) struct buf again = BUF_INIT(1 << 20);
		save(&back, &again);
		assert_true(str_eq(buf_str(&file), buf_str(&again)));
	}
}

/* A small file for the tests that break it. */
static void small_file(struct buf *file)
{
	scoped(layer_index_done) struct layer_index ix = { 0 };
	build_gzip("d d; f d/a =x; l l >d", &ix);
	save(&ix, file);
}

static void assert_corrupt(struct str file, const char *what, size_t at)
{
	struct err err = { 0 };
	struct layer_index out = { 0 };
	if (load(file, &out, &err) == 0)
		fail_msg("%s at %zu loads", what, at);
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_int_equal(out.n_records, 0);
}

TEST(index_file, a_flipped_byte_is_found)
{
	scoped(buf_done) struct buf file = BUF_INIT(1 << 20);
	small_file(&file);
	for (size_t i = 0; i < file.n; i++) {
		for (unsigned bit = 1; bit < 256; bit *= 16) {
			file.p[i] = (char)(file.p[i] ^ (int)bit);
			assert_corrupt(buf_str(&file), "a flip", i);
			file.p[i] = (char)(file.p[i] ^ (int)bit);
		}
	}
}

TEST(index_file, a_cut_is_found)
{
	scoped(buf_done) struct buf file = BUF_INIT(1 << 20);
	small_file(&file);
	for (size_t n = 0; n < file.n; n++)
		assert_corrupt((struct str){ file.p, n }, "a cut", n);
	struct err err = { 0 };
	assert_ok(buf_byte(&file, 0, &err), &err);
	assert_corrupt(buf_str(&file), "a byte more", file.n);
}

enum { MAGIC_BYTES = 8, SUM_BYTES = 4 + 8 + 32 };

/* The file with a chunk put before its first one, and its sum made right. */
static void add_chunk(const struct buf *file, const char *tag, uint64_t length,
		      struct str payload, struct buf *out)
{
	struct err err = { 0 };
	struct digest sum;
	assert_ok(buf_add(out, file->p, MAGIC_BYTES, &err), &err);
	assert_ok(buf_add(out, tag, 4, &err), &err);
	assert_ok(buf_u64(out, length, &err), &err);
	assert_ok(buf_str_add(out, payload, &err), &err);
	assert_ok(buf_add(out, file->p + MAGIC_BYTES,
			  file->n - MAGIC_BYTES - SUM_BYTES, &err),
		  &err);
	assert_ok(digest_of(DIGEST_SHA256, out->p, out->n, &sum, &err), &err);
	assert_ok(buf_str_add(out, STR("SUM "), &err), &err);
	assert_ok(buf_u64(out, 32, &err), &err);
	assert_ok(buf_add(out, sum.bytes, 32, &err), &err);
}

TEST(index_file, an_unknown_chunk_is_skipped)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf file = BUF_INIT(1 << 20);
	scoped(buf_done) struct buf more = BUF_INIT(1 << 20);
	scoped(layer_index_done) struct layer_index a = { 0 }, b = { 0 };
	small_file(&file);
	add_chunk(&file, "FACT", 5, STR("hello"), &more);
	assert_ok(load(buf_str(&file), &a, &err), &err);
	assert_ok(load(buf_str(&more), &b, &err), &err);
	assert_same(&a, &b);
}

TEST(index_file, broken_chunks_with_a_right_sum)
{
	static const struct {
		const char *tag;
		uint64_t length;
		struct str payload;
		const char *text;
	} rows[] = {
		{ "FACT", UINT64_MAX, STR(""),
		  "layer index file: a chunk is too long" },
		{ "FACT", 1 << 20, STR("x"),
		  "layer index file: it ends early" },
		{ "HEAD", 3, STR("xxx"), "layer index file: broken HEAD" },
		{ "MARK", 3, STR("xxx"), "layer index file: broken MARK" },
		{ "MARK", 16, STR("0123456789abcdef"),
		  "layer index file: broken MARK" }, /* twice */
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = { 0 };
		struct layer_index out;
		scoped(buf_done) struct buf file = BUF_INIT(1 << 20);
		scoped(buf_done) struct buf more = BUF_INIT(1 << 20);
		small_file(&file);
		add_chunk(&file, rows[i].tag, rows[i].length, rows[i].payload,
			  &more);
		assert_fails(load(buf_str(&more), &out, &err), &err,
			     ERR_CORRUPT, rows[i].text);
	}
}

TEST(index_file, another_version_is_refused)
{
	struct err err = { 0 };
	struct layer_index out;
	scoped(buf_done) struct buf file = BUF_INIT(1 << 20);
	small_file(&file);
	file.p[7]++;
	assert_fails(load(buf_str(&file), &out, &err), &err, ERR_CORRUPT,
		     "layer index file: another format or version");
}

TESTS_MAIN(unit(index_file, what_is_saved_loads_equal),
	   unit(index_file, a_flipped_byte_is_found),
	   unit(index_file, a_cut_is_found),
	   unit(index_file, an_unknown_chunk_is_skipped),
	   unit(index_file, broken_chunks_with_a_right_sum),
	   unit(index_file, another_version_is_refused))
