/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/contents.h"

#include <stdlib.h>
#include <unistd.h>

#include "layer/testsource.h"
#include "shrink/make_plan.h"
#include "base/test.h" /* last: cmocka defines skip */

/* All layers of a plan, kept ones left out: each rewritten tar must be, byte
 * for byte, the one that these members make. */
static const struct row {
	const char *what;
	struct testspec spec;
	const char *want[4];
} rows[] = {
	{ "in the source's order",
	  { .layers = { "d d; f d/a =xx; f d/b =y; f d/c =zz", "f d/b" } },
	  { "d d; f d/a =xx; f d/c =zz" } },
	{ "in another order: what is passed is spilled",
	  { .layers = { "f z =zz; f y #3000; f x =xx; d d; f d/q #70000; f b "
			"=b",
			"f x" } },
	  { "f b =b; d d; f d/q #70000; f y #3000; f z =zz" } },
	{ "compressed sources",
	  { .layers = { "f z =zz; f a =aa; f x =xx", "f x" },
	    .codec = CODEC_ZSTD },
	  { "f a =aa; f z =zz" } },
	{ "holes stay",
	  { .layers = { "f z =zz s100000:50000; f s =x s4096:0; f a =q s9:3; "
			"f x =xx",
			"f x" } },
	  { "f a =q s9:3; f s =x s4096:0; f z =zz s100000:50000" } },
	{ "xattrs, times, owners, modes stay",
	  { .layers = { "f a =1 m6755 o70000:80000 t-6.999999999 "
			"xuser.a:\\x00\\xff "
			"xuser.b:; d d xuser.c:1 t1.5; l l >d/x; p p m600; "
			"c c v1:3; f x =xx",
			"f x" } },
	  { "f a =1 m6755 o70000:80000 t-6.999999999 xuser.a:\\x00\\xff "
	    "xuser.b:; "
	    "c c v1:3; d d xuser.c:1 t1.5; l l >d/x m777; p p m600" } },
	{ "the root, whatever its name was",
	  { .layers = { "d . m711 o1:2 xuser.a:1; f a =1; f x =xx", "f x" } },
	  { "d / m711 o1:2 xuser.a:1; f a =1" } },
	{ "links repeat the metadata",
	  { .layers = { "f c =xx m600 o1:2; h a >c m600 o1:2; f x =x",
			"f x" } },
	  { "f a =xx m600 o1:2; h c >a m600 o1:2" } },
	{ "a group from a lower layer",
	  { .layers = { "f a =xx; f q =dead", "f b #5000; h d >a; f b =b",
			"f q" } },
	  { "f a =xx; f b =b; h d >a" } },
	{ "two layers become one",
	  { .layers = { "f a =1; f z =2; f x =dead", "f b =3; f y =dead",
			"f x; f y" } },
	  { "f a =1; f b =3; f z =2" } },
	{ "long names",
	  { .layers = { "d abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
			"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz; "
			"f x =dead",
			"f x" } },
	  { "d abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl"
	    "mnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz" } },
};

static void assert_tar(const char *what, const struct buf *got,
		       const char *want)
{
	scoped(buf_done) struct buf tar = BUF_INIT(4 << 20);
	scoped(layer_index_done) struct layer_index ix = { 0 };
	struct err err = { 0 };
	scoped(stream_close) struct stream *in = NULL;
	struct index_expect expect = { 0 };
	testlayer_tar(want, &tar);
	if (str_eq(buf_str(&tar), buf_str(got)))
		return;
	assert_ok(mem_open(got->p, got->n, &in, &err), &err);
	assert_ok(layer_index_build(&in, &expect, &limits_default, &ix, &err),
		  &err);
	fail_msg("%s:\n  got  \"%s\"\n  want \"%s\"", what, testlayer_text(&ix),
		 want);
}

static void rewrite(const struct row *row, unsigned number)
{
	char dir[20];
	testimage_print(dir, sizeof dir, "img%u", number);
	struct err err = { 0 };
	scoped(source_close) struct source *s = NULL;
	scoped(tree_loaded_image_done) struct loaded_image li = { 0 };
	scoped(shrink_plan_done) struct plan p = { 0 };
	scoped(shrink_contents_close) struct shrink_contents *c = NULL;
	struct load_options load = { .limits = &limits_default,
				     .threads = 1,
				     .keep_indices = true };
	struct plan_options all = { 0 };
	/* Every other image has its layers inflated by other threads. */
	struct shrink_options opt = {
		.load = { .limits = &limits_default,
			  .threads = number % 2 ? 4 : 1 },
		.tmpdir = "tmp",
	};
	unsigned n = 0;
	testsource_oci(dir, &row->spec, 1, false, NULL);
	testsource_open(dir, &s);
	assert_ok(tree_load_image(testsource_image(s), &load, &li, &err), &err);
	assert_ok(shrink_make_plan(&li, &all, &p, &err), &err);
	assert_ok(shrink_contents_open(&li, &p, &opt, &c, &err), &err);
	for (uint32_t i = 0; i < p.n_layers; i++) {
		scoped(buf_done) struct buf tar = BUF_INIT(4 << 20);
		scoped(sink_close) struct sink *to = NULL;
		if (p.layers[i].fate != LAYER_REWRITTEN)
			continue;
		assert_ok(buf_sink_open(&tar, &to, &err), &err);
		assert_ok(layer_write_tar(&p.layers[i].draft.index,
					  shrink_contents_of(c, &p.layers[i]),
					  to, &err),
			  &err);
		assert_ok(sink_finish(to, &err), &err);
		assert_non_null(row->want[n]);
		assert_tar(row->what, &tar, row->want[n++]);
	}
	assert_null(row->want[n]);
}

TEST(contents, tars_to_the_byte)
{
	IN_NEW_PLACE;
	assert_int_equal(system("mkdir tmp"), 0);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		rewrite(&rows[i], (unsigned)i);
	/* What was spilled has no name. */
	assert_int_equal(rmdir("tmp"), 0);
}

TESTS_MAIN(unit(contents, tars_to_the_byte))
