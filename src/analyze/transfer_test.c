/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/transfer.h"

#include "analyze/testload.h"
#include "base/test.h" /* last: cmocka defines skip */

/* A .pyc of Python 3.8: magic, flags 0, mtime and size of the source, code. */
#define PYC(time) "U\\x0d\\x0d\\x0a\\x00\\x00\\x00\\x00" time "sizecode"

static void compare(const struct testspec *a, const struct testspec *b,
		    void (*check)(const struct transfer *w,
				  const struct tree *t))
{
	struct testload x, y;
	struct transfer w;
	struct err err = { 0 };
	testload_image(&x, "a.tar", a);
	testload_image(&y, "b.tar", b);
	assert_ok(analyze_transfer(&x.image, &y.image, &w, &err), &err);
	check(&w, y.image.tree);
	analyze_transfer_done(&w);
	testload_done(&x);
	testload_done(&y);
}

static void check_causes(const struct transfer *w, const struct tree *t)
{
	static const struct {
		enum transfer_cause cause;
		uint64_t files, bytes;
	} want[] = {
		{ TRANSFER_NEW, 2, 4 },	  { TRANSFER_UNCHANGED, 1, 4 },
		{ TRANSFER_TIME, 1, 4 },  { TRANSFER_METADATA, 1, 4 },
		{ TRANSFER_MOVED, 1, 5 }, { TRANSFER_BYTECODE, 1, 20 },
	};
	(void)t;
	assert_int_equal(w->n_fetched, 1);
	assert_true(w->layers[0].fetched);
	for (size_t i = 0; i < ARRAY_LEN(want); i++) {
		const struct transfer_sum *s = &w->by[want[i].cause];
		if (s->files != want[i].files || s->bytes != want[i].bytes)
			fail_msg("%s: %u files, %u bytes",
				 analyze_transfer_cause_name[want[i].cause],
				 (unsigned)s->files, (unsigned)s->bytes);
	}
	/* of those that come without need, the costliest first */
	assert_int_equal(w->n_files, 5);
	assert_int_equal(w->files[0].cause, TRANSFER_BYTECODE);
	for (uint32_t i = 1; i < w->n_files; i++)
		assert_true(w->files[i - 1].bytes >= w->files[i].bytes);
}

TEST(transfer, causes)
{
	static const struct testspec a = {
		.layers = { "f same =same; f time =time; f mode =mode; f from "
			    "=moved; f differs =x; f c.pyc =" PYC("1111") },
	};
	static const struct testspec b = {
		.layers = { "f same =same; f time =time t9; f mode =mode m600; "
			    "f to =moved; f differs =y; f new =new; f c.pyc "
			    "=" PYC("2222") },
	};
	IN_NEW_PLACE;
	compare(&a, &b, check_causes);
}

static void check_kept(const struct transfer *w, const struct tree *t)
{
	(void)t;
	assert_int_equal(w->n_fetched, 1);
	assert_false(w->layers[0].fetched);
	assert_true(w->layers[1].fetched);
	assert_int_equal(w->by[TRANSFER_NEW].files, 1);
	assert_int_equal(w->n_files, 0);
	assert_true(w->layer_fetch < w->layer_bytes);
}

/* A layer that the node has is not fetched, and its files are not asked for. */
TEST(transfer, a_layer_that_is_there)
{
	static const struct testspec a = { .layers = { "f a =1", "f b =2" } };
	static const struct testspec b = { .layers = { "f a =1", "f b =3" } };
	IN_NEW_PLACE;
	compare(&a, &b, check_kept);
}

static void check_twice(const struct transfer *w, const struct tree *t)
{
	(void)t;
	assert_true(w->layers[0].fetched);
	assert_false(w->layers[1].fetched);
}

TEST(transfer, a_blob_twice_is_fetched_once)
{
	static const struct testspec a = { .layers = { "f a =1" } };
	static const struct testspec b = { .layers = { "f b =3", "f b =3" } };
	IN_NEW_PLACE;
	compare(&a, &b, check_twice);
}

TESTS_MAIN(unit(transfer, causes), unit(transfer, a_layer_that_is_there),
	   unit(transfer, a_blob_twice_is_fetched_once))
