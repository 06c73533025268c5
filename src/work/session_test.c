/* SPDX-License-Identifier: Apache-2.0 */
#include "work/session.h"

#include <stdlib.h>

#include "layer/testsource.h"
#include "work/images.h"
#include "work/testwork.h"
#include "base/test.h" /* last: cmocka defines skip */

static const struct testspec plain = { .layers = { "f a =1" } };

/* The source's kind and its images, without a file system. */
TEST(session, opens_what_a_name_names)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	scoped(source_close) struct source *s = NULL;
	const struct image_set *set = NULL;
	testwork_open(&t, NULL);
	testsource_docker("app.tar", &plain, "app:1");
	assert_ok(work_open_images(&t.s, "app.tar", &s, &set, &err), &err);
	assert_int_equal(set->n, 1);
	assert_string_equal(t.notes, "");
}

/* Of the kinds that the caller brought, and of no others. */
TEST(session, places_of_no_kind)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	scoped(source_close) struct source *s = NULL;
	scoped(dest_close) struct dest *d = NULL;
	static const struct source_kind *const no_sources[] = { NULL };
	static const struct dest_kind *const no_dests[] = { NULL };
	const struct ref to = { .transport = REF_OCI,
				.text = STR("oci:out"),
				.path = STR("out") };
	testwork_open(&t, NULL);
	testsource_docker("app.tar", &plain, "app:1");
	t.s.opt.source_kinds = no_sources;
	t.s.opt.dest_kinds = no_dests;
	assert_int_equal(work_open_source(&t.s, "app.tar", &s, &err), -1);
	assert_int_equal(err.code, ERR_UNSUPPORTED);
	err_clear(&err);
	assert_int_equal(work_open_dest(&t.s, &to, &d, &err), -1);
	assert_int_equal(err.code, ERR_UNSUPPORTED);
	err_clear(&err);
	t.s.opt.dest_kinds = NULL;
	assert_ok(work_open_dest(&t.s, &to, &d, &err), &err);
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
	testsource_docker("app.tar", &plain, "app:1");
	assert_ok(work_images_read(&t.s, "app.tar", &i, &err), &err);
	assert_int_equal(i.n, 1);
}

TESTS_MAIN(unit(session, opens_what_a_name_names),
	   unit(session, places_of_no_kind),
	   unit(session, does_without_a_cache))
