/* SPDX-License-Identifier: Apache-2.0 */
#include "tree/load.h"

#include <stdio.h>
#include <stdlib.h>

#include "layer/testsource.h"
#include "tree/testtree.h"
#include "base/test.h" /* last: cmocka defines skip */

static const struct testspec three = {
	.layers = { "d d; f d/a #5000; f b =xx", "f d/b #900; f .wh.b",
		    "f d/a =y m600; l l >d" },
	.codec = CODEC_GZIP,
};
#define THREE "d d; f d/a =y m600; f d/b #900; l l >d"

static int load(const char *name, const struct load_options *opt,
		struct source **s, struct loaded_image *li, struct err *err)
{
	testsource_open(name, s);
	return tree_load_image(testsource_image(*s), opt, li, err);
}

TEST(load, one_worker_is_as_four)
{
	IN_NEW_PLACE;
	testsource_oci("img", &three, 1, false, NULL);
	for (unsigned threads = 1; threads <= 4; threads += 3) {
		struct err err = { 0 };
		scoped(source_close) struct source *s = NULL;
		scoped(tree_loaded_image_done) struct loaded_image li = { 0 };
		struct load_options opt = { .limits = &limits_default,
					    .threads = threads,
					    .keep_indices = true };
		assert_ok(load("img", &opt, &s, &li, &err), &err);
		assert_int_equal(li.n_layers, 3);
		assert_string_equal(testtree_text(li.tree), THREE);
		assert_string_equal(testtree_sums(li.tree),
				    "stored 5903 live 901 overwritten 5000 "
				    "removed 2");
		assert_string_equal(testlayer_text(&li.layers[1]),
				    "f d/b #900; f .wh.b");
		struct digest d;
		assert_ok(tree_digest(li.tree, &d, &err), &err);
		assert_true(digest_eq(&d, &li.digest));
	}
}

TEST(load, all_sources_show_the_same)
{
	IN_NEW_PLACE;
	testsource_oci("img", &three, 1, false, NULL);
	testsource_docker("img.tar", &three, NULL);
	for (int i = 0; i < 2; i++) {
		struct err err = { 0 };
		scoped(source_close) struct source *s = NULL;
		scoped(tree_loaded_image_done) struct loaded_image li = { 0 };
		struct load_options opt = { .limits = &limits_default,
					    .threads = 1 };
		assert_ok(load(i ? "img.tar" : "img", &opt, &s, &li, &err),
			  &err);
		assert_string_equal(testtree_text(li.tree), THREE);
	}
}

/* Indices that the caller has are used, and their bytes are verified. */
TEST(load, known_layers_are_not_read_again)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(source_close) struct source *s = NULL, *again = NULL;
	scoped(tree_loaded_image_done) struct loaded_image li = { 0 },
							   next = { 0 };
	struct load_options opt = { .limits = &limits_default,
				    .threads = 2,
				    .keep_indices = true };
	testsource_oci("img", &three, 1, false, NULL);
	assert_ok(load("img", &opt, &s, &li, &err), &err);
	/* One array or two. */
	opt.known[0] = (struct known_layers){ li.layers, 1 };
	opt.known[1] = (struct known_layers){ li.layers + 1, 1 };
	assert_ok(load("img", &opt, &again, &next, &err), &err);
	assert_ptr_equal(next.used[0], &li.layers[0]);
	assert_ptr_equal(next.used[1], &li.layers[1]);
	assert_ptr_equal(next.used[2], &next.layers[2]);
	assert_true(digest_eq(&li.digest, &next.digest));
}

/* Another encoding of the same tar is known by its DiffID. */
TEST(load, known_by_diff_id)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	struct testspec raw = three;
	scoped(source_close) struct source *s = NULL, *again = NULL;
	scoped(tree_loaded_image_done) struct loaded_image li = { 0 },
							   next = { 0 };
	struct load_options opt = { .limits = &limits_default,
				    .threads = 1,
				    .keep_indices = true };
	raw.codec = CODEC_ZSTD;
	testsource_oci("gz", &three, 1, false, NULL);
	testsource_oci("zst", &raw, 1, false, NULL);
	assert_ok(load("gz", &opt, &s, &li, &err), &err);
	opt.known[1] = (struct known_layers){ li.layers, li.n_layers };
	assert_ok(load("zst", &opt, &again, &next, &err), &err);
	assert_ptr_equal(next.used[2], &li.layers[2]);
	assert_true(digest_eq(&li.digest, &next.digest));
}

/* Flips a byte in the middle of a layer's blob. */
static void break_layer(const char *dir, const struct image *img, size_t i)
{
	char name[200];
	testimage_print(name, sizeof name, "%s/blobs/sha256/%s", dir,
			digest_hex(&img->layers[i].desc.digest).text);
	FILE *f = fopen(name, "r+e");
	assert_non_null(f);
	fseek(f, (long)img->layers[i].blob_size / 2, SEEK_SET);
	int c = fgetc(f);
	fseek(f, -1, SEEK_CUR);
	fputc(c ^ 1, f);
	assert_int_equal(fclose(f), 0);
}

/* The first of the layers in the order in which they are read, for any number
 * of workers; and a known layer whose bytes differ is found, too. */
TEST(load, errors_name_image_and_layer)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(source_close) struct source *s = NULL;
	scoped(tree_loaded_image_done) struct loaded_image good = { 0 };
	struct load_options opt = { .limits = &limits_default,
				    .threads = 1,
				    .keep_indices = true };
	char texts[3][sizeof err.text];
	testsource_oci("img", &three, 1, false, NULL);
	assert_ok(load("img", &opt, &s, &good, &err), &err);
	break_layer("img", testsource_image(s), 1);
	break_layer("img", testsource_image(s), 2);
	for (unsigned i = 0; i < 3; i++) {
		scoped(source_close) struct source *bad = NULL;
		struct loaded_image li;
		opt.threads = i == 1 ? 4 : 1;
		opt.known[0] = (struct known_layers){
			i == 2 ? good.layers : NULL,
			i == 2 ? good.n_layers : 0,
		};
		assert_int_equal(load("img", &opt, &bad, &li, &err), -1);
		assert_int_equal(err.code, ERR_CORRUPT);
		memcpy(texts[i], err.text, sizeof err.text);
		err_clear(&err);
	}
	const char *begin = testlayer_printf(
		"img: layer 2 (sha256:%s): ",
		digest_short(&testsource_image(s)->layers[1].desc.digest).text);
	for (unsigned i = 0; i < 3; i++)
		if (strncmp(texts[i], begin, strlen(begin)) != 0)
			fail_msg("\"%s\" begins not with \"%s\"", texts[i],
				 begin);
	assert_string_equal(texts[0], texts[1]);
}

TEST(load, a_broken_tree_names_image_layer_and_entry)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	static const struct testspec spec = { .layers = { "f a", "h b >z" } };
	scoped(source_close) struct source *s = NULL;
	struct loaded_image li;
	struct load_options opt = { .limits = &limits_default, .threads = 1 };
	testsource_oci("img", &spec, 1, false, NULL);
	assert_int_equal(load("img", &opt, &s, &li, &err), -1);
	assert_string_equal(
		err.text,
		testlayer_printf(
			"img: layer 2 (sha256:%s): tar entry 0 at 0 (\"b\"): "
			"hard link to \"z\", which is no file that stands "
			"before it",
			digest_short(
				&testsource_image(s)->layers[1].desc.digest)
				.text));
}

TEST(load, an_image_without_layers)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	static const struct testspec spec = { .layers = { NULL } };
	scoped(source_close) struct source *s = NULL;
	scoped(tree_loaded_image_done) struct loaded_image li = { 0 };
	struct load_options opt = { .limits = &limits_default, .threads = 1 };
	testsource_oci("img", &spec, 1, false, NULL);
	assert_ok(load("img", &opt, &s, &li, &err), &err);
	assert_string_equal(testtree_text(li.tree), "");
}

TESTS_MAIN(unit(load, one_worker_is_as_four),
	   unit(load, all_sources_show_the_same),
	   unit(load, known_layers_are_not_read_again),
	   unit(load, known_by_diff_id),
	   unit(load, errors_name_image_and_layer),
	   unit(load, a_broken_tree_names_image_layer_and_entry),
	   unit(load, an_image_without_layers))
