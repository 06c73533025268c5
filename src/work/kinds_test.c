/* SPDX-License-Identifier: Apache-2.0 */
/* A whole run without a file: what is read comes through a pipe of chunks, what
 * is written goes to a callback, both opened by the session of a use case. A
 * registry at either end needs nothing else. */
#include <stdio.h>
#include <stdlib.h>

#include "layer/testsource.h"
#include "source/read/testpipe.h"
#include "source/write/testcallback.h"
#include "work/optimize.h"
#include "work/session.h"
#include "base/test.h" /* last: cmocka defines skip */

static const struct testspec wasteful = {
	.layers = { "f a =base; f d =dead0", "d d; f d/x =keep; f d/y #9000",
		    "f d/.wh.y; f last" },
	.codec = CODEC_GZIP,
};

/* As a server would: it brings the kinds, and names lead to them. */
static void open_session(struct work_session *s)
{
	const struct work_options opt = {
		.limits = &limits_default,
		.threads = 3,
		.source_kinds = testpipe_kinds,
		.dest_kinds = testcallback_kinds(),
	};
	work_session_open(&opt, s);
	assert_non_null(s->cache);
}

/* From one name to another, proven on the way. */
static void optimize(const char *from, const char *to)
{
	struct err err = { 0 };
	scoped(work_session_close) struct work_session s = { 0 };
	scoped(source_close) struct source *in = NULL;
	scoped(dest_close) struct dest *d = NULL;
	scoped(work_optimized_done) struct work_optimized out = { 0 };
	const struct ref ref = { .text = str_of(to), .path = str_of(to) };
	open_session(&s);
	assert_ok(work_open_source(&s, from, &in, &err), &err);
	assert_ok(work_open_dest(&s, &ref, &d, &err), &err);
	const struct work_optimize job = {
		.source = in,
		.dest = d,
		.how = { .load = s.load },
		.base = { .mode = BASE_LAYERS, .n_layers = 1 },
	};
	assert_ok(work_optimize_run(&job, &out, &err), &err);
	assert_true(out.result.written);
	assert_int_equal(out.result.images[0].after.stored, 13);
}

static void expect_image(const char *name)
{
	struct err err = { 0 };
	scoped(work_session_close) struct work_session session = { 0 };
	scoped(source_close) struct source *s = NULL;
	scoped(tree_loaded_image_done) struct loaded_image li = { 0 };
	open_session(&session);
	session.load.keep_indices = true;
	assert_ok(work_open_source(&session, name, &s, &err), &err);
	assert_ok(
		tree_load_image(testsource_image(s), &session.load, &li, &err),
		&err);
	const char *text = "";
	for (size_t i = 0; i < li.n_layers; i++)
		text = testlayer_printf("%s%s%s", text, i ? " | " : "",
					testlayer_text(&li.layers[i]));
	assert_string_equal(text, "f a =base; f d =dead0 | d d; f d/x =keep; "
				  "f last");
}

TEST(kinds, from_a_pipe_to_a_callback)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	scoped(buf_done) struct buf entry = BUF_INIT(1 << 16);
	testsource_add(&t, &wasteful, "", &entry);
	testimage_index(&t, buf_cstr(&entry));
	testpipe_put("pipe", &t);
	testimage_dir(&t, "dir");
	setenv("PARE_CACHE_DIR", "cache", 1);
	/* The second time the cache knows the layers, which lie in no file. */
	for (int i = 0; i < 2; i++) {
		optimize("pipe", "pushed");
		expect_image("pushed");
	}
	/* The same blobs as with files at both ends. */
	optimize("dir", "out/");
	testimage_dir(testpipe_get("pushed"), "pushed.d");
	unsetenv("PARE_CACHE_DIR");
	testimage_run("diff -r out pushed.d");
}

TESTS_MAIN(unit(kinds, from_a_pipe_to_a_callback))
