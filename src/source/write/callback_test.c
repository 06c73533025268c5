/* SPDX-License-Identifier: Apache-2.0 */
/* A destination without a file. */
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>

#include "source/write/testdest.h"
#include "base/test.h" /* last: cmocka defines skip */

static const char *const equal[] = { "one", "one" };

/* The callback's own words, what was handed over and in which order. */
static char heard[2048];
static bool full;

static int hear(const char *fmt, ...) printf_like(1, 2);
static int hear(const char *fmt, ...)
{
	size_t n = strlen(heard);
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(heard + n, sizeof heard - n, fmt, ap);
	va_end(ap);
	return 0;
}

static int hear_bytes(void *self, const void *p, size_t n, struct err *err)
{
	(void)self;
	if (full)
		return err_set(err, ERR_IO, "the other end is full");
	return hear("bytes %.*s\n", (int)n, (const char *)p);
}

static int hear_blob(void *self, const struct digest *d, bool keep,
		     struct err *err)
{
	(void)self;
	(void)err;
	return hear("blob %.4s%s\n", digest_hex(d).text, keep ? "" : " again");
}

static int hear_document(void *self, const char *name, struct str text,
			 struct err *err)
{
	(void)self;
	(void)err;
	return hear("%.17s %.1s..%.1s\n", name, text.p, text.p + text.n - 1);
}

static int hear_commit(void *self, struct err *err)
{
	(void)self;
	(void)err;
	return hear("commit\n");
}

static const struct testcallback hearing = { .bytes = hear_bytes,
					     .blob = hear_blob,
					     .document = hear_document,
					     .commit = hear_commit };

TEST(dest_callback, a_callback_gets_blobs_then_documents)
{
	IN_NEW_PLACE;
	(void)state;
	heard[0] = 0;
	testcallback_set(&hearing);
	testdest_write("p", "app:1", 2, equal);
	testcallback_set(NULL);
	char want[512];
	testimage_print(
		want, sizeof want,
		"bytes one\nblob %.4s\nbytes one\nblob %.4s again\n"
		"blobs/sha256/%.4s {..}\nblobs/sha256/",
		testimage_digest("one").text + 7,
		testimage_digest("one").text + 7,
		testimage_digest(testimage_config("linux/amd64", 2, equal).text)
				.text +
			7);
	assert_memory_equal(heard, want, strlen(want));
	assert_non_null(strstr(heard, " {..}\noci-layout {..}\nindex.json "
				      "{..}\ncommit\n"));
	assert_string_equal(testimage_output("ls -A"), "");
}

TEST(dest_callback, what_a_callback_refuses_ends_the_blob)
{
	struct err err = { 0 };
	IN_NEW_PLACE;
	scoped(dest_close) struct dest *d = NULL;
	struct sink *to = NULL;
	struct desc desc = { 0 };
	(void)state;
	heard[0] = 0;
	full = true;
	testcallback_set(&hearing);
	assert_ok(testdest_open("p", &d, &err), &err);
	testcallback_set(NULL);
	assert_ok(dest_begin_blob(d, &to, &err), &err);
	assert_int_equal(sink_write(to, "one", 3, &err), -1);
	err_clear(&err);
	assert_fails(dest_end_blob(d, &to, &desc, &err), &err, ERR_IO,
		     "the other end is full");
	assert_null(to);
	full = false;
	assert_string_equal(heard, "");
}

/* No file: there is always room, nothing is replaced, stdout is elsewhere. */
TEST(dest_callback, questions_about_files_have_answers_without)
{
	struct err err = { 0 };
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	scoped(dest_close) struct dest *d = NULL;
	scoped(dest_close) struct dest *file = NULL;
	scoped(source_close) struct source *s = NULL;
	const struct image_set *set;
	struct stat st;
	struct source_options opt = { .limits = &limits_default,
				      .kinds = testpipe_kinds };
	struct ref ref = { .text = STR("p"), .path = STR("p") };
	(void)state;
	testimage_index(
		&t, testimage_manifest(&t, "linux/amd64", 2, testimage_two, "")
			    .text);
	testpipe_put("p", &t);
	assert_ok(testdest_open("p", &d, &err), &err);
	assert_ok(testdest_open("file", &file, &err), &err);
	assert_ok(source_open(&ref, &opt, &s, &err), &err);
	assert_ok(source_images(s, &set, &err), &err);
	assert_false(dest_is_stdout(d));
	assert_ok(dest_check_room(d, 1ull << 60, &err), &err);
	assert_ok(dest_refuse_source(d, s, STR(""), &err), &err);
	assert_ok(dest_refuse_source(file, s, STR(""), &err), &err);
	assert_ok(dest_refuse_place(d, &dest_file(file)->at, &err), &err);
	assert_int_equal(source_stat_layer(set->images[0], 0, &st, &err), 0);
}

TESTS_MAIN(unit(dest_callback, a_callback_gets_blobs_then_documents),
	   unit(dest_callback, what_a_callback_refuses_ends_the_blob),
	   unit(dest_callback, questions_about_files_have_answers_without))
