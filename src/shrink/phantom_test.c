/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/phantom.h"

#include "tree/testtree.h"
#include "base/test.h" /* last: cmocka defines skip */

#define GHOST(layer, path)                                                     \
	"layer " layer " of the result has a whiteout of nothing: containers " \
	"would list \"" path "\" and not find it; please report this"
#define SHOWN(layer, path)                          \
	"layer " layer " of the result has \"" path \
	"\", which containers would "               \
	"show and do not show of the source; please report this"

/* error NULL: as it should be. */
static const struct row {
	const char *what, *source[5], *result[5], *error;
} rows[] = {
	{ "the source itself",
	  { "f a; d d; f d/x", "f d/.wh.x; f .wh.a" },
	  { "f a; d d; f d/x", "f d/.wh.x; f .wh.a" },
	  NULL },
	{ "no layer", { NULL }, { NULL }, NULL },
	{ "a whiteout that outlived its directory",
	  { "f a", "d d; f d/x", "f d/.wh.x" },
	  { "f a", "f d/.wh.x" },
	  GHOST("2", "/d/x") },
	{ "one of three, in the third layer",
	  { "d d; f d/x; f d/y", "f k", "f d/.wh.x", "f d/.wh.y; d e" },
	  { "f k; f y", "d d", "f .wh.y; f d/.wh.y; d e; f e/.wh.q" },
	  GHOST("3", "/e/q") },
	{ "the source lists it, too",
	  { "f a", "f d/.wh.x", "f k" },
	  { "f a", "f d/.wh.x; f k" },
	  NULL },
	{ "but not where it had the directory twice",
	  { "f a", "d d; f d/.wh.x", "f d/k", "f d/.wh.k" },
	  { "f a", "d d; f d/.wh.x" },
	  GHOST("2", "/d/x") },
	{ "a lower directory shows through",
	  { "d d; f d/x", "f .wh.d", "d d; f d/k" },
	  { "d d; f d/x", "f .wh.d; d d; f d/k" },
	  SHOWN("1", "/d/x") },
	{ "so it does in the source",
	  { "d d; f d/x", "f .wh.d; d d; f d/k", "f z" },
	  { "d d; f d/x; f z", "f .wh.d; d d; f d/k" },
	  NULL },
	{ "with another content in the source",
	  { "d d; f d/x =one", "f .wh.d; d d; f d/k", "f z" },
	  { "d d; f d/x =two; f z", "f .wh.d; d d; f d/k" },
	  SHOWN("1", "/d/x") },
	{ "as another type",
	  { "d d; l d/x >y", "f .wh.d; d d; f d/k" },
	  { "d d; f d/x", "f .wh.d; d d; f d/k" },
	  SHOWN("1", "/d/x") },
	{ "as a link to another target",
	  { "d d; l d/x >y", "f .wh.d; d d; f d/k" },
	  { "d d; l d/x >z", "f .wh.d; d d; f d/k" },
	  SHOWN("1", "/d/x") },
	{ "a directory",
	  { "d d; f d/x", "f .wh.d; d d; f d/k" },
	  { "d d; d d/e", "f .wh.d; d d; f d/k" },
	  SHOWN("1", "/d/e") },
	{ "what an opaque root does not hide",
	  { "f k" },
	  { "f a", "f .wh..wh..opq; f k" },
	  SHOWN("1", "/a") },
};

TEST(phantom, what_containers_are_shown)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(testtree_done) struct testtree a = { 0 }, b = { 0 };
		struct err err = { 0 };
		testtree_make(rows[i].source, &a);
		testtree_make(rows[i].result, &b);
		int r = shrink_check_phantoms(b.tree, a.tree,
					      tree_n_layers(a.tree), &err);
		if (strcmp(err.text, rows[i].error ? rows[i].error : "") != 0)
			fail_msg("%s: \"%s\"", rows[i].what, err.text);
		assert_int_equal(r, rows[i].error ? -1 : 0);
	}
}

/* Layers above the source's own, which say what was taken out of it, count
 * for nothing. */
TEST(phantom, what_was_removed_of_the_source)
{
	scoped(testtree_done) struct testtree a = { 0 }, b = { 0 };
	const char *source[] = { "d d; f d/x", "f .wh.d; d d; f d/k", "f .wh.d",
				 NULL };
	const char *result[] = { "d d; f d/x", "f .wh.d; d d", NULL };
	struct err err = { 0 };
	testtree_make(source, &a);
	testtree_make(result, &b);
	assert_ok(shrink_check_phantoms(b.tree, a.tree, 2, &err), &err);
	assert_fails(shrink_check_phantoms(b.tree, a.tree, 3, &err), &err,
		     ERR_MISMATCH, SHOWN("1", "/d/x"));
}

TESTS_MAIN(unit(phantom, what_containers_are_shown),
	   unit(phantom, what_was_removed_of_the_source))
