/* SPDX-License-Identifier: Apache-2.0 */
#include "tree/testtree.h"
#include "base/test.h" /* last: cmocka defines skip */

static const char *const layers[] = {
	"d etc; f etc/os =1; d usr; d usr/bin; f usr/bin/sh =2; l bin "
	">usr/bin; "
	"l usr/up >../../../etc; l abs >/usr/./bin//; l loop >pool; "
	"l pool >loop; l self >.; l gone >nowhere; f old =3; l file >etc/os",
	"f .wh.old",
	NULL,
};

static void follow(const char *path, bool last, const char *expected)
{
	scoped(testtree_done) struct testtree t = { 0 };
	scoped(buf_done) struct buf got = BUF_INIT(4096);
	struct err err = { 0 };
	uint32_t node = TREE_NONE;
	testtree_make(layers, &t);
	if (tree_follow(t.tree, str_of(path), last, &node, &err) < 0) {
		assert_string_equal(err.text, expected);
		assert_int_equal(node, TREE_NONE);
		return;
	}
	assert_ok(tree_path(t.tree, node, &got, &err), &err);
	assert_ok(buf_byte(&got, 0, &err), &err);
	assert_string_equal(got.p, expected);
}

TEST(follow, as_the_kernel_does)
{
	static const struct {
		const char *path, *expected;
	} cases[] = {
		{ "", "" },
		{ "/", "" },
		{ "/../..//.", "" },
		{ "etc/os", "etc/os" },
		{ "//etc/./os", "etc/os" },
		{ "bin/sh", "usr/bin/sh" },
		{ "/bin/../up", "etc" },
		{ "abs/sh", "usr/bin/sh" },
		{ "usr/up/os", "etc/os" },
		{ "self/self/self/etc/../bin/", "usr/bin" },
		{ "file", "etc/os" },
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		follow(cases[i].path, true, cases[i].expected);
}

TEST(follow, a_link_at_the_end_by_itself)
{
	follow("bin", false, "bin");
	follow("bin/", false, "usr/bin");
	follow("bin/.", false, "usr/bin");
	follow("self/bin", false, "bin");
	follow("gone", false, "gone");
	follow("loop", false, "loop");
}

TEST(follow, what_leads_nowhere)
{
	static const char none[] = "the image has no such file or directory";
	static const char no_dir[] = "a component of it is no directory";
	follow("nowhere", true, none);
	follow("gone", true, none);
	follow("old", true, none);
	follow("etc/os/..", true, no_dir);
	follow("etc/os/", true, no_dir);
	follow("file/", false, no_dir);
	follow("file/x", true, no_dir);
	follow("loop", true,
	       "41 symbolic links followed for one path, over the limit of 40 "
	       "(raise it with --limit link_chain=N)");
}

TESTS_MAIN(unit(follow, as_the_kernel_does),
	   unit(follow, a_link_at_the_end_by_itself),
	   unit(follow, what_leads_nowhere))
