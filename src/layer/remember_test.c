/* SPDX-License-Identifier: Apache-2.0 */
#include "layer/remember.h"

#include "layer/testsource.h"
#include "base/test.h" /* last: cmocka defines skip */

/* Kept under the limits it was made with: wider or narrower ones make another
 * index of the same bytes. */
TEST(remember, an_index_and_its_limits)
{
	IN_NEW_PLACE;
	static const struct testspec spec = { .layers = { "f a =x; d d" } };
	struct err err = { 0 };
	scoped(store_close) struct cache *cache = NULL;
	scoped(source_close) struct source *s = NULL;
	scoped(layer_index_done) struct layer_index ix = { 0 }, back = { 0 };
	struct limits narrow = limits_default;
	narrow.entries_max = 7;
	testsource_docker("img.tar", &spec, NULL);
	testsource_open("img.tar", &s);
	assert_ok(store_open("cache", 0, &cache, &err), &err);
	testlayer_index("f a =x; d d", &ix);
	struct layer_place where = { cache, &limits_default,
				     testsource_image(s), 0 };
	assert_false(layer_remember_index(&where, &ix.blob, &back));
	layer_remember(&where, &ix, true);
	assert_true(layer_remember_index(&where, &ix.blob, &back));
	assert_string_equal(testlayer_text(&back), "f a =x; d d");
	layer_index_done(&back);
	where.lim = &narrow;
	assert_false(layer_remember_index(&where, &ix.blob, &back));
	/* Without a cache nothing is remembered, and nothing fails. */
	where.cache = NULL;
	layer_remember(&where, &ix, true);
	assert_false(layer_remember_index(&where, &ix.blob, &back));
}

/* The file was written just now: it may change and keep its times. */
TEST(remember, no_digest_of_a_fresh_file)
{
	IN_NEW_PLACE;
	static const struct testspec spec = { .layers = { "f a =x" } };
	struct err err = { 0 };
	struct digest d;
	scoped(store_close) struct cache *cache = NULL;
	scoped(source_close) struct source *s = NULL;
	scoped(layer_index_done) struct layer_index ix = { 0 };
	testsource_docker("img.tar", &spec, NULL);
	testsource_open("img.tar", &s);
	assert_ok(store_open("cache", 0, &cache, &err), &err);
	testlayer_index("f a =x", &ix);
	struct layer_place where = { cache, &limits_default,
				     testsource_image(s), 0 };
	layer_remember(&where, &ix, true);
	assert_false(layer_remember_digest(&where, &d));
}

TESTS_MAIN(unit(remember, an_index_and_its_limits),
	   unit(remember, no_digest_of_a_fresh_file))
