/* SPDX-License-Identifier: Apache-2.0 */
/* Where nothing may be written while an image is read. */
#include "source/read/testlook.h"
#include "base/test.h" /* last: cmocka defines skip */

static void open_source(const char *name, struct source **out)
{
	struct err err = { 0 };
	struct source_options opt = { .limits = &limits_default,
				      .kinds = testpipe_kinds };
	struct ref ref = { .text = str_of(name), .path = str_of(name) };
	assert_ok(source_open(&ref, &opt, out, &err), &err);
}

/* "", or why a file there is refused. */
static const char *refused(const struct source *s, const char *path)
{
	static char text[600];
	struct err err = { 0 };
	scoped(place_done) struct place at = PLACE_INIT;
	assert_ok(place_named(path, &at, &err), &err);
	if (source_refuse_place(s, &at, &err) == 0)
		return "";
	assert_int_equal(err.code, ERR_USAGE);
	testimage_print(text, sizeof text, "%s", err.text);
	return text;
}

static void add_image(struct testimage *t)
{
	testimage_index(
		t, testimage_manifest(t, "linux/amd64", 2, testimage_two, "")
			   .text);
}

static const char itself[] =
	"this is the image that is read; name another place, or replace it "
	"with --force";
static const char inside[] =
	"this lies inside the image that is read; name another place, or write "
	"there with --force";

TEST(place, links_of_either_kind_do_not_hide_the_source)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	scoped(source_close) struct source *s = NULL;
	(void)state;
	add_image(&t);
	testimage_tar(&t, "a.tar");
	testimage_run("ln a.tar hard; ln -s a.tar soft; cp a.tar other");
	open_source("a.tar", &s);
	assert_string_equal(refused(s, "a.tar"), itself);
	assert_string_equal(refused(s, "./a.tar"), itself);
	assert_string_equal(refused(s, "hard"), itself);
	assert_string_equal(refused(s, "soft"), itself);
	assert_string_equal(refused(s, "other"), "");
	assert_string_equal(refused(s, "none"), "");
}

TEST(place, nothing_goes_into_a_directory_that_is_read)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	scoped(source_close) struct source *s = NULL;
	(void)state;
	add_image(&t);
	testimage_dir(&t, "d");
	testimage_run("mkdir e; ln -s d/blobs link");
	open_source("d", &s);
	assert_string_equal(refused(s, "d/x"), inside);
	assert_string_equal(refused(s, "d/blobs/x"), inside);
	assert_string_equal(refused(s, "link/x"), inside);
	assert_string_equal(refused(s, "e/x"), "");
	assert_string_equal(refused(s, "x"), "");
}

TEST(place, a_kind_without_a_file_is_in_nobodys_way)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	scoped(source_close) struct source *s = NULL;
	struct err err = { 0 };
	scoped(place_done) struct place at = PLACE_INIT;
	(void)state;
	add_image(&t);
	testpipe_put("p", &t);
	testimage_run("touch p");
	open_source("p", &s);
	assert_string_equal(refused(s, "p"), "");
	assert_ok(place_named("p", &at, &err), &err);
	assert_false(source_is_at(s, &at));
}

TESTS_MAIN(unit(place, links_of_either_kind_do_not_hide_the_source),
	   unit(place, nothing_goes_into_a_directory_that_is_read),
	   unit(place, a_kind_without_a_file_is_in_nobodys_way))
