/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/contents.h"

#include "analyze/testload.h"
#include "base/test.h" /* last: cmocka defines skip */

static int tell(void *self, uint32_t entry, struct str content, struct err *err)
{
	(void)entry;
	return buf_addf(self, err, "%.*s;", STR_ARG(content));
}

static uint32_t entry_of(const struct testload *t, const char *path)
{
	const struct tree *tree = t->image.tree;
	return tree_id(
		tree, tree_inode(tree, tree_top(tree, testload_node(t, path))));
}

/* In the order of the layers, whatever the order asked for; too large ones and
 * sparse ones are passed over. */
TEST(contents, of_some_files)
{
	static const struct testspec spec = {
		.layers = { "f a =first; f no =no; f large =toolarge",
			    "f b =second; f sparse =x s5:2; f empty" },
	};
	IN_NEW_PLACE;
	struct testload t;
	struct err err = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
	testload_image(&t, "x.tar", &spec);
	uint32_t v[] = { entry_of(&t, "b"), entry_of(&t, "large"),
			 entry_of(&t, "empty"), entry_of(&t, "sparse"),
			 entry_of(&t, "a") };
	assert_ok(analyze_read_contents(&t.image, v, ARRAY_LEN(v), 7, tell,
					&out, &err),
		  &err);
	assert_string_equal(buf_cstr(&out), "first;second;;");
	testload_done(&t);
}

TEST(contents, of_none)
{
	static const struct testspec spec = { .layers = { "f a =x" } };
	IN_NEW_PLACE;
	struct testload t;
	struct err err = { 0 };
	testload_image(&t, "x.tar", &spec);
	assert_ok(analyze_read_contents(&t.image, NULL, 0, 7, tell, NULL, &err),
		  &err);
	testload_done(&t);
}

TESTS_MAIN(unit(contents, of_some_files), unit(contents, of_none))
