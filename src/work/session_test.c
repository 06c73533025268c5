/* SPDX-License-Identifier: Apache-2.0 */
#include "work/session.h"

#include <stdlib.h>

#include "layer/testsource.h"
#include "work/images.h"
#include "work/testwork.h"
#include "base/test.h" /* last: cmocka defines skip */

static const struct testspec two[] = {
	{ .layers = { "f a =1" } },
	{ .layers = { "f a =22" }, .platform = "linux/arm64" },
};

TEST(session, reads_what_a_name_names)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	scoped(work_images_done) struct work_images i = { 0 };
	testwork_open(&t, NULL);
	testsource_oci("app", two, 2, true, "1");
	assert_ok(work_images_read(&t.s, "oci:app:1", &i, &err), &err);
	assert_int_equal(i.n, 2);
	assert_int_equal(testwork_stored(&i.v[0]), 1);
	assert_int_equal(testwork_stored(&i.v[1]), 2);
	assert_string_equal(t.notes, "");
}

TEST(session, one_platform_of_several)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	scoped(work_images_done) struct work_images i = { 0 };
	testwork_open(&t, "linux/arm64");
	testsource_oci("app", two, 2, true, "1");
	assert_ok(work_images_read(&t.s, "oci:app:1", &i, &err), &err);
	assert_int_equal(i.n, 1);
	assert_int_equal(testwork_stored(&i.v[0]), 2);
}

/* Whatever fails, nothing that was opened on the way stays open. */
TEST(session, failures_leave_nothing_open)
{
	IN_NEW_PLACE;
	static const char *const names[] = { "gone.tar", "", "oci:app:2",
					     "cut.tar" };
	unsigned open_files = testimage_open_files();
	testsource_oci("app", two, 2, true, "1");
	testwork_write("cut.tar", "no image");
	for (size_t k = 0; k < ARRAY_LEN(names); k++) {
		struct err err = { 0 };
		scoped(testwork_done) struct testwork t;
		scoped(work_images_done) struct work_images i = { 0 };
		testwork_open(&t, NULL);
		assert_int_equal(work_images_read(&t.s, names[k], &i, &err),
				 -1);
		assert_true(err.text[0]);
	}
	assert_int_equal(testimage_open_files(), open_files);
}

/* A home that is a file, full, or somebody else's keeps nobody from reading. */
TEST(session, does_without_a_cache)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t = { 0 };
	scoped(work_images_done) struct work_images i = { 0 };
	struct work_options opt = { .limits = &limits_default,
				    .threads = 1,
				    .events = testwork_events(&t) };
	testwork_write("file", "");
	setenv("PARE_CACHE_DIR", "file/below", 1);
	work_session_open(&opt, &t.s);
	unsetenv("PARE_CACHE_DIR");
	assert_null(t.s.cache);
	assert_memory_equal(t.notes, "detail: no cache: ", 18);
	testsource_docker("app.tar", &two[0], "app:1");
	assert_ok(work_images_read(&t.s, "app.tar", &i, &err), &err);
	assert_int_equal(i.n, 1);
}

/* Nobody has to listen. */
TEST(session, notes_without_a_listener)
{
	const struct work_events nobody = { 0 };
	work_note(&nobody, WORK_NOTE, "%s", "x");
}

TESTS_MAIN(unit(session, reads_what_a_name_names),
	   unit(session, one_platform_of_several),
	   unit(session, failures_leave_nothing_open),
	   unit(session, does_without_a_cache),
	   unit(session, notes_without_a_listener))
