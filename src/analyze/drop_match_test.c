/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/drop_match.h"

#include "analyze/testload.h"
#include "base/test.h" /* last: cmocka defines skip */

static const struct testspec spec = {
	.layers = { "d var; d var/cache; d var/cache/apk; d a; d a/var; d "
		    "a/var/cache; d a/.git; f a/.git/HEAD =x; d b; d b/.git; d "
		    "py; f py/x.py =x; f py/x.pyc =x; f py/y.pyc =x; d "
		    "py/__pycache__; f py/__pycache__/x.cpython-311.pyc =x; f "
		    "py/__pycache__/z.cpython-311.pyc =x; d py/z.py; d "
		    "home; d home/u1; d home/u1/.cache" },
};

TEST(drop_match, roots_of_places)
{
	static const struct {
		struct catalog_place place;
		const char *dir;
		bool is;
	} rows[] = {
		{ { .root = "var/cache" }, "var/cache", true },
		{ { .root = "var/cache" }, "var", false },
		{ { .root = "var/cache" }, "var/cache/apk", false },
		{ { .root = "var/cache" }, "a/var/cache", false },
		{ { .root = "**/var/cache" }, "a/var/cache", true },
		{ { .root = "**/var/cache" }, "var/cache", true },
		{ { .root = "home/*/.cache" }, "home/u1/.cache", true },
		{ { .root = "home/x*/.cache" }, "home/u1/.cache", false },
		{ { .root = "**/.git", .holds = "HEAD" }, "a/.git", true },
		{ { .root = "**/.git", .holds = "HEAD" }, "b/.git", false },
	};
	IN_NEW_PLACE;
	struct testload t;
	testload_image(&t, "x.tar", &spec);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = { 0 };
		int r = analyze_is_place_root(&rows[i].place, t.image.tree,
					      testload_node(&t, rows[i].dir),
					      &err);
		assert_ok(r, &err);
		if (r != rows[i].is)
			fail_msg("%s, %s", rows[i].place.root, rows[i].dir);
	}
	struct err err = { 0 };
	struct catalog_place all = { .root = "" };
	assert_int_equal(
		analyze_is_place_root(&all, t.image.tree, TREE_ROOT, &err), 1);
	testload_done(&t);
}

TEST(drop_match, sources_of_bytecode)
{
	static const struct {
		const char *path;
		bool has;
	} rows[] = {
		{ "py/x.pyc", true },
		{ "py/y.pyc", false },
		{ "py/__pycache__/x.cpython-311.pyc", true },
		/* z.py is a directory */
		{ "py/__pycache__/z.cpython-311.pyc", false },
	};
	IN_NEW_PLACE;
	struct testload t;
	testload_image(&t, "x.tar", &spec);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = { 0 };
		int r = analyze_has_source(
			t.image.tree, testload_node(&t, rows[i].path), &err);
		assert_ok(r, &err);
		if (r != rows[i].has)
			fail_msg("%s", rows[i].path);
	}
	testload_done(&t);
}

TESTS_MAIN(unit(drop_match, roots_of_places),
	   unit(drop_match, sources_of_bytecode))
