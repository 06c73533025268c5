/* SPDX-License-Identifier: Apache-2.0 */
#include "layer/encode.h"

#include <stdlib.h>

#include "layer/spill.h"
#include "layer/testlayer.h"
#include "tar/reader.h"
#include "base/test.h" /* last: cmocka defines skip */

/* The contents of a tar in memory, in its own order. */
struct memory {
	struct layer_contents c;
	struct stream *in;
	struct tar_reader *tar;
};

static void memory_done(struct memory *m)
{
	tar_close(&m->tar);
	stream_close(&m->in);
}

static int begin(struct layer_contents *c, uint32_t i, struct tar_entry *e,
		 struct err *err)
{
	struct memory *m = container_of(c, struct memory, c);
	struct tar_entry own;
	(void)i;
	do {
		if (tar_next(m->tar, &own, err) <= 0)
			return -1;
	} while (own.type != TAR_FILE || own.size == 0);
	e->is_sparse = own.is_sparse;
	e->sparse = own.sparse;
	e->n_sparse = own.n_sparse;
	return 0;
}

static int next(struct layer_contents *c, const uint8_t **p, size_t *n,
		struct err *err)
{
	struct memory *m = container_of(c, struct memory, c);
	struct tar_run run = { 0 };
	int r;
	while ((r = tar_content(m->tar, &run, err)) > 0 && !run.p)
		;
	*p = run.p;
	*n = (size_t)run.n;
	return r;
}

static int broken(struct layer_contents *c, const uint8_t **p, size_t *n,
		  struct err *err)
{
	(void)c;
	(void)p;
	(void)n;
	return err_set(err, ERR_CORRUPT, "the content broke");
}

static void memory_open(const struct buf *tar, struct memory *m)
{
	static const struct layer_contents_ops ops = { begin, next };
	struct err err = { 0 };
	m->c.ops = &ops;
	assert_ok(mem_open(tar->p, tar->n, &m->in, &err), &err);
	assert_ok(tar_open(m->in, &limits_default, &m->tar, &err), &err);
}

static const char *const layers[] = {
	"f a =1",
	"d d; f d/x =xx; h e >d/x; l s >d/x; p p m600; c c v1:3; f empty",
	"f big #70000 o70000:80000 t-6.5 xuser.a:\\x00 xuser.b:2; f .wh.gone",
	"f hole =z s100000:50000; f next =1",
	"d /",
};

/* An index and its contents give the tar that they came from. */
TEST(encode, the_same_tar)
{
	for (size_t i = 0; i < ARRAY_LEN(layers); i++) {
		struct err err = { 0 };
		scoped(buf_done) struct buf tar = BUF_INIT(1 << 20);
		scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
		scoped(layer_index_done) struct layer_index ix = { 0 };
		scoped(memory_done) struct memory m = { 0 };
		scoped(sink_close) struct sink *to = NULL;
		testlayer_tar(layers[i], &tar);
		testlayer_index(layers[i], &ix);
		memory_open(&tar, &m);
		assert_ok(buf_sink_open(&out, &to, &err), &err);
		assert_ok(layer_write_tar(&ix, &m.c, to, &err), &err);
		assert_int_equal(out.n, tar.n);
		assert_memory_equal(out.p, tar.p, tar.n);
	}
}

/* What is told of the blob is what reading it finds. */
TEST(encode, blobs_say_what_they_hold)
{
	static const struct codec_spec specs[] = {
		{ .codec = CODEC_NONE },
		{ .codec = CODEC_GZIP, .level = 6 },
		{ .codec = CODEC_ZSTD, .level = 3 },
	};
	for (size_t i = 0; i < ARRAY_LEN(specs); i++) {
		struct err err = { 0 };
		scoped(buf_done) struct buf tar = BUF_INIT(1 << 20);
		scoped(buf_done) struct buf blob = BUF_INIT(1 << 20);
		scoped(buf_done) struct buf again = BUF_INIT(1 << 20);
		scoped(layer_index_done) struct layer_index ix = { 0 };
		scoped(layer_index_done) struct layer_index got = { 0 };
		scoped(memory_done) struct memory m = { 0 };
		scoped(sink_close) struct sink *to = NULL, *to2 = NULL;
		scoped(stream_close) struct stream *in = NULL, *raw = NULL;
		struct layer_style style = { .spec = specs[i], .threads = 1 };
		struct layer_encoded done, redone;
		struct index_expect expect = { .diff_id = &ix.diff_id };
		bool is_raw = specs[i].codec == CODEC_NONE;
		testlayer_tar(layers[2], &tar);
		testlayer_index(layers[2], &ix);
		memory_open(&tar, &m);
		assert_ok(buf_sink_open(&blob, &to, &err), &err);
		assert_ok(layer_encode(&ix, &m.c, &style, to, &done, &err),
			  &err);
		assert_int_equal(done.tar_size, tar.n);
		if (is_raw)
			assert_int_equal(done.diff_id.alg, DIGEST_NONE);
		else
			assert_true(digest_eq(&done.diff_id, &ix.diff_id));
		assert_ok(mem_open(blob.p, blob.n, &in, &err), &err);
		assert_ok(layer_index_build(&in, &expect, &limits_default, &got,
					    &err),
			  &err);
		assert_int_equal(got.codec, specs[i].codec);
		/* The same bytes from the tar itself, by other threads. */
		style.threads = 3;
		assert_ok(mem_open(tar.p, tar.n, &raw, &err), &err);
		assert_ok(buf_sink_open(&again, &to2, &err), &err);
		assert_ok(layer_reencode(raw, &ix, &style, to2, &redone, &err),
			  &err);
		assert_true(is_raw ||
			    digest_eq(&done.diff_id, &redone.diff_id));
		assert_int_equal(again.n, blob.n);
		assert_memory_equal(again.p, blob.p, blob.n);
	}
}

TEST(encode, contents_that_break)
{
	static const struct layer_contents_ops ops = { begin, broken };
	struct err err = { 0 };
	scoped(buf_done) struct buf tar = BUF_INIT(1 << 20);
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	scoped(layer_index_done) struct layer_index ix = { 0 };
	scoped(memory_done) struct memory m = { 0 };
	scoped(sink_close) struct sink *to = NULL;
	struct layer_style style = { .threads = 1 };
	struct layer_encoded done;
	testlayer_tar("f a =1", &tar);
	testlayer_index("f a =1", &ix);
	memory_open(&tar, &m);
	m.c.ops = &ops;
	assert_ok(buf_sink_open(&out, &to, &err), &err);
	assert_fails(layer_encode(&ix, &m.c, &style, to, &done, &err), &err,
		     ERR_CORRUPT, "the content broke");
}

TEST(encode, spilled_contents_come_back)
{
	static const char *const words[] = { "first", "", "the third one" };
	static struct tar_region region = { 4096, 5 };
	const struct tar_entry plain = { 0 };
	const struct tar_entry sparse = { .is_sparse = true,
					  .sparse = &region,
					  .n_sparse = 1 };
	struct err err = { 0 };
	scoped(layer_spill_done) struct layer_spill s;
	layer_spill_init(&s, NULL);
	assert_false(layer_spill_has(&s, 7));
	for (uint32_t i = 0; i < ARRAY_LEN(words); i++) {
		assert_ok(layer_spill_begin(&s, 7 * i, i ? &plain : &sparse,
					    &err),
			  &err);
		for (const char *z = words[i]; *z; z++)
			assert_ok(layer_spill_add(&s, z, 1, &err), &err);
	}
	for (uint32_t i = ARRAY_LEN(words); i-- > 0;) {
		scoped(stream_close) struct stream *in = NULL;
		struct tar_entry e = { 0 };
		const uint8_t *p;
		size_t n = 0;
		assert_true(layer_spill_has(&s, 7 * i));
		assert_ok(layer_spill_open(&s, 7 * i, &e, &in, &err), &err);
		assert_int_equal(e.is_sparse, i == 0);
		assert_int_equal(e.n_sparse, i == 0);
		assert_ok(stream_peek(in, 64, &p, &n, &err), &err);
		assert_true(
			str_eqz((struct str){ (const char *)p, n }, words[i]));
	}
}

TESTS_MAIN(unit(encode, the_same_tar), unit(encode, blobs_say_what_they_hold),
	   unit(encode, contents_that_break),
	   unit(encode, spilled_contents_come_back))
