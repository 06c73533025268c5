/* SPDX-License-Identifier: Apache-2.0 */
/* A whole run without a file: what is read comes through a pipe of chunks, what
 * is written goes to a callback. A registry at either end is no more. */
#include <stdio.h>
#include <stdlib.h>

#include "layer/testsource.h"
#include "source/read/testpipe.h"
#include "source/write/testcallback.h"
#include "store/cache.h"
#include "work/optimize.h"
#include "base/test.h" /* last: cmocka defines skip */

static const struct testspec wasteful = {
	.layers = { "f a =base; f d =dead0", "d d; f d/x =keep; f d/y #9000",
		    "f d/.wh.y; f last" },
	.codec = CODEC_GZIP,
};

static void open_source(const char *name, struct source **out)
{
	struct err err = { 0 };
	struct source_options opt = { .limits = &limits_default,
				      .kinds = testpipe_kinds };
	struct ref ref = { .text = str_of(name), .path = str_of(name) };
	assert_ok(source_open(&ref, &opt, out, &err), &err);
}

/* From one name to another, proven on the way. */
static void optimize(const char *from, const char *to, struct cache *cache)
{
	struct err err = { 0 };
	struct work_optimize work = {
		.how = { .load = { .limits = &limits_default,
				   .threads = 3,
				   .cache = cache } },
		.base = { .mode = BASE_LAYERS, .n_layers = 1 },
	};
	scoped(source_close) struct source *s = NULL;
	scoped(dest_close) struct dest *d = NULL;
	scoped(work_optimized_done) struct work_optimized out = { 0 };
	struct ref ref = { .text = str_of(to), .path = str_of(to) };
	open_source(from, &s);
	assert_ok(dest_open_among(testcallback_kinds(), &ref, &limits_default,
				  &d, &err),
		  &err);
	work.source = s;
	work.dest = d;
	assert_ok(work_optimize_run(&work, &out, &err), &err);
	assert_true(out.result.written);
	assert_int_equal(out.result.images[0].after.stored, 13);
}

static void expect_image(const char *name)
{
	struct err err = { 0 };
	scoped(source_close) struct source *s = NULL;
	scoped(tree_loaded_image_done) struct loaded_image li = { 0 };
	struct load_options load = { .limits = &limits_default,
				     .threads = 1,
				     .keep_indices = true };
	open_source(name, &s);
	assert_ok(tree_load_image(testsource_image(s), &load, &li, &err), &err);
	const char *text = "";
	for (size_t i = 0; i < li.n_layers; i++)
		text = testlayer_printf("%s%s%s", text, i ? " | " : "",
					testlayer_text(&li.layers[i]));
	assert_string_equal(text, "f a =base; f d =dead0 | d d; f d/x =keep; "
				  "f last");
}

TEST(kinds, from_a_pipe_to_a_callback)
{
	struct err err = { 0 };
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	scoped(buf_done) struct buf entry = BUF_INIT(1 << 16);
	scoped(store_close) struct cache *cache = NULL;
	testsource_add(&t, &wasteful, "", &entry);
	testimage_index(&t, buf_cstr(&entry));
	testpipe_put("pipe", &t);
	testimage_dir(&t, "dir");
	assert_ok(store_open("cache", 0, &cache, &err), &err);
	/* The second time the cache knows the layers, which lie in no file. */
	for (int i = 0; i < 2; i++) {
		optimize("pipe", "pushed", cache);
		expect_image("pushed");
	}
	/* The same blobs as with files at both ends. */
	optimize("dir", "out/", cache);
	testimage_dir(testpipe_get("pushed"), "pushed.d");
	testimage_run("diff -r out pushed.d");
}

TESTS_MAIN(unit(kinds, from_a_pipe_to_a_callback))
