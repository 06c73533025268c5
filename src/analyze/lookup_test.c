/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/lookup.h"

#include "analyze/testload.h"
#include "base/test.h" /* last: cmocka defines skip */

static const struct testspec spec = {
	.layers = { "d usr; d usr/lib; f usr/lib/x =1; d usr/bin; f usr/bin/a "
		    "=1; f gone =1; l lib >usr/lib; l bin >/usr/bin; l up "
		    ">../../usr; l self >self; l usr/bin/b >a; l usr/bin/c "
		    ">../lib/x; l usr/bin/d >/lib/x; l usr/bin/e >no",
		    "f .wh.gone" },
};

/* "-": nothing is there. */
static void expect(const struct testload *t, uint32_t node, const char *what,
		   const char *want)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf path = BUF_INIT(1 << 16);
	if (node == TREE_NONE)
		assert_ok(buf_byte(&path, '-', &err), &err);
	else
		assert_ok(tree_path(t->image.tree, node, &path, &err), &err);
	if (strcmp(buf_cstr(&path), want) != 0)
		fail_msg("%s: %s, not %s", what, path.p, want);
}

TEST(lookup, paths)
{
	static const struct {
		const char *path, *want;
	} rows[] = {
		{ "usr/lib/x", "usr/lib/x" },
		{ "/usr//lib/./x", "usr/lib/x" },
		{ "usr/bin/../lib/x", "usr/lib/x" },
		{ "../../usr", "usr" },
		{ "", "" },
		{ "/", "" },
		{ "usr/..", "" },
		/* the first component may be a symlink */
		{ "lib/x", "usr/lib/x" },
		{ "/bin/a", "usr/bin/a" },
		{ "up/lib/x", "usr/lib/x" },
		/* a name alone is the symlink itself, and one further down is
		 * not followed */
		{ "lib", "lib" },
		{ "usr/bin/b", "usr/bin/b" },
		{ "usr/bin/b/x", "-" },
		{ "self/x", "-" },
		{ "gone", "-" },
		{ "usr/no", "-" },
	};
	IN_NEW_PLACE;
	struct testload t;
	testload_image(&t, "x.tar", &spec);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = { 0 };
		uint32_t node;
		assert_ok(analyze_find_path(t.image.tree, str_of(rows[i].path),
					    &node, &err),
			  &err);
		expect(&t, node, rows[i].path, rows[i].want);
	}
	testload_done(&t);
}

TEST(lookup, targets)
{
	static const struct {
		const char *link, *want;
	} rows[] = {
		{ "lib", "usr/lib" },
		{ "bin", "usr/bin" },
		{ "up", "usr" },
		{ "self", "self" },
		{ "usr/bin/b", "usr/bin/a" },
		{ "usr/bin/c", "usr/lib/x" },
		{ "usr/bin/d", "usr/lib/x" },
		{ "usr/bin/e", "-" },
	};
	IN_NEW_PLACE;
	struct testload t;
	testload_image(&t, "x.tar", &spec);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = { 0 };
		uint32_t node;
		assert_ok(analyze_find_target(t.image.tree,
					      testload_node(&t, rows[i].link),
					      &node, &err),
			  &err);
		expect(&t, node, rows[i].link, rows[i].want);
	}
	testload_done(&t);
}

TEST(lookup, children)
{
	IN_NEW_PLACE;
	struct testload t;
	struct err err = { 0 };
	uint32_t node;
	testload_image(&t, "x.tar", &spec);
	uint32_t usr = testload_node(&t, "usr");
	assert_ok(
		analyze_find_child(t.image.tree, usr, STR("lib"), &node, &err),
		&err);
	expect(&t, node, "usr, lib", "usr/lib");
	assert_ok(analyze_find_child(t.image.tree, usr, STR("x"), &node, &err),
		  &err);
	expect(&t, node, "usr, x", "-");
	assert_ok(analyze_find_child(t.image.tree, TREE_ROOT, STR("gone"),
				     &node, &err),
		  &err);
	expect(&t, node, "gone", "-");
	testload_done(&t);
}

TESTS_MAIN(unit(lookup, paths), unit(lookup, targets), unit(lookup, children))
