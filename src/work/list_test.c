/* SPDX-License-Identifier: Apache-2.0 */
#include "work/list.h"

#include "layer/testsource.h"
#include "work/testwork.h"
#include "base/test.h" /* last: cmocka defines skip */

static const struct testspec two[] = {
	{ .layers = { "d d; f d/b =1; f d/gone =2; l s >d",
		      "f d/a =3; f d/.wh.gone" } },
	{ .layers = { "f d =22" }, .platform = "linux/arm64" },
};

static int list(struct testwork *t, const char *path, bool link_itself,
		struct work_list *out, struct err *err)
{
	const struct work_list_options opt = {
		.image = "oci:app:1",
		.path = path,
		.link_itself = link_itself,
	};
	testsource_oci("app", two, 2, true, "1");
	return work_list_run(&t->s, &opt, out, err);
}

TEST(list, sorted_and_alive)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	scoped(work_list_done) struct work_list l = { 0 };
	testwork_open(&t, NULL);
	assert_ok(list(&t, "d", false, &l, &err), &err);
	assert_int_equal(l.n, 2);
	const struct tree *tree = l.v[0].li->tree;
	assert_true(l.v[0].directory);
	assert_int_equal(l.v[0].n, 2);
	assert_true(str_eqz(tree_name(tree, l.v[0].nodes[0]), "a"));
	assert_true(str_eqz(tree_name(tree, l.v[0].nodes[1]), "b"));
	assert_false(l.v[1].directory);
	assert_int_equal(l.v[1].n, 1);
	assert_int_equal(l.v[1].nodes[0], l.v[1].at);
}

TEST(list, a_symlink_by_itself)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	scoped(work_list_done) struct work_list l = { 0 };
	testwork_open(&t, "linux/amd64");
	assert_ok(list(&t, "/s", true, &l, &err), &err);
	assert_int_equal(l.n, 1);
	assert_false(l.v[0].directory);
	work_list_done(&l);
	assert_ok(list(&t, "/s", false, &l, &err), &err);
	assert_true(l.v[0].directory);
}

/* The first platform has it, the second does not. */
TEST(list, an_error_names_image_platform_and_path)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	scoped(work_list_done) struct work_list l = { 0 };
	testwork_open(&t, NULL);
	assert_int_equal(list(&t, "/d/a", false, &l, &err), -1);
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_string_equal(err.text,
			    "oci:app:1 (linux/arm64): \"/d/a\": a component "
			    "of it is no directory");
}

TESTS_MAIN(unit(list, sorted_and_alive), unit(list, a_symlink_by_itself),
	   unit(list, an_error_names_image_platform_and_path))
