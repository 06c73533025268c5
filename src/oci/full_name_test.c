/* SPDX-License-Identifier: Apache-2.0 */
#include "oci/full_name.h"

#include "base/test.h" /* last: cmocka defines skip */

TEST(oci_full_name, names_that_mean_the_same)
{
	static const struct {
		const char *a, *b;
		bool same;
	} rows[] = {
		{ "app", "app:latest", true },
		{ "app", "docker.io/library/app:latest", true },
		{ "index.docker.io/app:1", "library/app:1", true },
		{ "app:1", "app:2", false },
		{ "me/app:1", "app:1", false },
		{ "localhost/app", "app", false },
		{ "Not A Name", "Not A Name", true },
		{ "Not A Name", "app", false },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(
			oci_name_same(str_of(rows[i].a), str_of(rows[i].b)),
			rows[i].same);
}

TEST(oci_full_name, what_engines_fill_in)
{
	static const struct {
		const char *name, *full, *tagged, *tag;
	} rows[] = {
		{ "app", "docker.io/library/app:latest", "app:latest",
		  "latest" },
		{ "me/app:1", "docker.io/me/app:1", "me/app:1", "1" },
		{ "host:5/app:1", "host:5/app:1", "host:5/app:1", "1" },
		{ "docker.io/library/app", "docker.io/library/app:latest",
		  "docker.io/library/app:latest", "latest" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		scoped(buf_done) struct buf full = BUF_INIT(256);
		scoped(buf_done) struct buf tagged = BUF_INIT(256);
		struct err err = { 0 };
		struct str name = str_of(rows[i].name);
		assert_ok(oci_name_full(name, &full, &err), &err);
		assert_ok(oci_name_tagged(name, &tagged, &err), &err);
		assert_string_equal(buf_cstr(&full), rows[i].full);
		assert_string_equal(buf_cstr(&tagged), rows[i].tagged);
		assert_true(str_eqz(oci_name_tag(name), rows[i].tag));
	}
	assert_true(oci_name_is_full(STR("a:b")));
	assert_true(oci_name_is_full(STR("a/b")));
	assert_false(oci_name_is_full(STR("a")));
}

TESTS_MAIN(unit(oci_full_name, names_that_mean_the_same),
	   unit(oci_full_name, what_engines_fill_in))
