/* SPDX-License-Identifier: Apache-2.0 */
/* What was found out about a path is of use until a name on it changes. */
#include "tree/testtree.h"
#include "base/test.h" /* last: cmocka defines skip */

enum { CHAIN = 39, TARGET = 4000, MEMBERS = 400 };

static void check(const char *layer, const char *want, const char *notes)
{
	const char *const layers[] = { layer, NULL };
	scoped(testtree_done) struct testtree t = { 0 };
	testtree_make(layers, &t);
	assert_string_equal(testtree_text(t.tree), want);
	assert_string_equal(testtree_notes(t.tree), notes);
}

/* Each changes between two members of one path. */
TEST(resolve, a_change_on_the_way)
{
	(void)state;
	check("d a; d b; l s >a; f s/x; l s >b; f s/y",
	      "d a; f a/x; d b; f b/y; l s >b", "0:twice x1 s");
	check("d a; l s >a; f s/x; d s; f s/y", "d a; f a/x; d s; f s/y",
	      "0:twice x1 s");
	check("d a; d b; l a/in >/b; f a/in/x; l a >b; f a/y; f a/in/z",
	      "l a >b; d b; d b/in t0; f b/in/z; f b/x; f b/y",
	      "0:twice x1 a; 0:no-parent x1 b/in");
}

/* The target of symlink i: the next one, in 4,000 bytes of "./". */
static void add_chain(struct buf *b)
{
	struct err err = { 0 };
	assert_ok(buf_addf(b, &err, "d end"), &err);
	for (unsigned i = 0; i < CHAIN; i++) {
		assert_ok(buf_addf(b, &err, "; l s%u >", i), &err);
		for (unsigned k = 0; k < TARGET / 2; k++)
			assert_ok(buf_add(b, "./", 2, &err), &err);
		assert_ok(i + 1 < CHAIN ? buf_addf(b, &err, "s%u", i + 1)
					: buf_addf(b, &err, "end"),
			  &err);
	}
}

static int apply(struct buf *layer, uint64_t link_bytes_max, struct err *err)
{
	struct limits lim = limits_default;
	scoped(tree_close) struct tree *t = NULL;
	scoped(layer_index_done) struct layer_index ix = { 0 };
	lim.link_bytes_max = link_bytes_max;
	assert_ok(buf_byte(layer, 0, err), err);
	testlayer_index(layer->p, &ix);
	assert_ok(tree_new(&lim, &t, err), err);
	return tree_apply(t, &ix, err);
}

/* Once for all members of all directories below; and once for names that hard
 * links and markers lead through. */
TEST(resolve, a_chain_of_symlinks_once)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	(void)state;
	add_chain(&b);
	for (unsigned i = 0; i < MEMBERS; i++)
		assert_ok(buf_addf(&b, &err,
				   "; f s0/%u; f s0/d%u/f; h h%u >s0/%u; f "
				   "s0/.wh.w%u",
				   i, i, i, i, i),
			  &err);
	assert_ok(apply(&b, (TARGET + 20) * CHAIN, &err), &err);
}

/* A symlink beside them changes with each member: nothing of it can be kept. */
TEST(resolve, a_chain_of_symlinks_that_changes)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	(void)state;
	add_chain(&b);
	for (unsigned i = 0; i < MEMBERS; i++)
		assert_ok(buf_addf(&b, &err, "; f s0/%u; l s%u >end", i,
				   CHAIN - 1),
			  &err);
	assert_fails(apply(&b, (uint64_t)TARGET * CHAIN * 5, &err), &err,
		     ERR_LIMIT,
		     "tar entry 50 at 205312 (\"s0/5\"): 780747 bytes of "
		     "symlink targets resolved in one image, over the limit "
		     "of 780000 (raise it with --limit link_bytes=N)");
}

TESTS_MAIN(unit(resolve, a_change_on_the_way),
	   unit(resolve, a_chain_of_symlinks_once),
	   unit(resolve, a_chain_of_symlinks_that_changes))
