/* SPDX-License-Identifier: Apache-2.0 */
#include "work/verify.h"

#include <fcntl.h>
#include <stdio.h>

#include "base/slurp.h"
#include "layer/testsource.h"
#include "work/testwork.h"
#include "base/test.h" /* last: cmocka defines skip */

/* Differences as text: "PAIR PATH FIELD A>B; "; a lacking platform's pair is
 * "-". */
struct heard {
	char text[1000];
	bool stop; /* at the first */
};

static int hear(void *self, size_t pair, const struct tree_difference *d,
		struct err *err)
{
	struct heard *h = self;
	size_t n = strlen(h->text);
	char which[24] = "-";
	if (pair != SIZE_MAX)
		snprintf(which, sizeof which, "%zu", pair);
	snprintf(h->text + n, sizeof h->text - n, "%s %.*s %s %.*s>%.*s; ",
		 which, STR_ARG(d->path), d->field, STR_ARG(d->a),
		 STR_ARG(d->b));
	return h->stop ? err_set(err, ERR_LIMIT, "enough") : 0;
}

static int verify(const char *a, const char *b, unsigned ignore,
		  struct heard *h, struct work_verified *out, struct err *err)
{
	scoped(testwork_done) struct testwork t;
	struct work_verify_options opt = {
		.a = a, .b = b, .ignore = ignore, .sink = { hear, h }
	};
	testwork_open(&t, NULL);
	return work_verify_run(&t.s, &opt, out, err);
}

static const struct testspec one = { .layers = { "f a =1; f b =2" } };
/* The same file system in other layers. */
static const struct testspec cut = { .layers = { "f a =0", "f b =2",
						 "f a =1" } };
static const struct testspec other = { .layers = { "f a =1 t9; f b =3" } };

TEST(verify, layers_play_no_part)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	struct heard h = { 0 };
	scoped(work_verified_done) struct work_verified v = { 0 };
	unsigned open_files = testimage_open_files();
	testsource_docker("one.tar", &one, "x:1");
	testsource_docker("cut.tar", &cut, "x:1");
	assert_ok(verify("one.tar", "cut.tar", 0, &h, &v, &err), &err);
	assert_string_equal(h.text, "");
	assert_int_equal(v.n_differences, 0);
	assert_int_equal(v.n, 1);
	assert_true(digest_eq(&v.v[0].digest[0], &v.v[0].digest[1]));
	assert_int_equal(v.v[0].platform.n, 0);
	assert_int_equal(testimage_open_files(), open_files);
}

TEST(verify, differences_go_to_the_sink)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	struct heard h = { 0 };
	scoped(work_verified_done) struct work_verified v = { 0 };
	testsource_docker("one.tar", &one, "x:1");
	testsource_docker("other.tar", &other, "x:1");
	assert_ok(verify("one.tar", "other.tar", 1u << FIELD_CONTENT, &h, &v,
			 &err),
		  &err);
	assert_string_equal(h.text, "0 a mtime 1000000000>9000000000; ");
	assert_int_equal(v.n_differences, 1);
	assert_int_equal(v.v[0].n_differences, 1);
}

TEST(verify, a_sink_may_stop_it)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	struct heard h = { .stop = true };
	scoped(work_verified_done) struct work_verified v = { 0 };
	testsource_docker("one.tar", &one, "x:1");
	testsource_docker("other.tar", &other, "x:1");
	assert_fails(verify("one.tar", "other.tar", 0, &h, &v, &err), &err,
		     ERR_LIMIT, "enough");
	assert_string_equal(h.text, "0 a mtime 1000000000>9000000000; ");
}

TEST(verify, platforms_that_one_side_lacks)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	struct heard h = { 0 };
	scoped(work_verified_done) struct work_verified v = { 0 };
	const struct testspec a[] = {
		{ .layers = { "f a =1" } },
		{ .layers = { "f a =1" }, .platform = "linux/arm64/v8" },
	};
	const struct testspec b[] = {
		{ .layers = { "f a =1" }, .platform = "linux/s390x" },
		{ .layers = { "f a =1" } },
	};
	testsource_oci("a", a, 2, true, "1");
	testsource_oci("b", b, 2, true, "1");
	assert_ok(verify("oci:a:1", "oci:b:1", 0, &h, &v, &err), &err);
	assert_string_equal(h.text, "-  platform linux/arm64/v8>; "
				    "-  platform >linux/s390x; ");
	assert_int_equal(v.n_platforms, 3);
	assert_int_equal(v.n, 1);
	assert_int_equal(v.v[0].n_differences, 0);
	assert_true(str_eqz(v.v[0].platform, "linux/amd64"));
	assert_int_equal(v.n_differences, 2);
}

/* The shared layer is read in the first image alone, and is in both trees; of
 * the second image its bytes are still hashed, here changed in one place. */
TEST(verify, shared_layers)
{
	IN_NEW_PLACE;
	static const struct testspec a = { .layers = { "f a =1", "f b =2" } };
	static const struct testspec b = { .layers = { "f a =1",
						       "f b =2 t9" } };
	struct err err = { 0 };
	struct heard h = { 0 };
	scoped(work_verified_done) struct work_verified v = { 0 }, w = { 0 };
	testsource_docker("a.tar", &a, "x:1");
	testsource_docker("b.tar", &b, "x:1");
	assert_ok(verify("a.tar", "b.tar", 0, &h, &v, &err), &err);
	assert_string_equal(h.text, "0 b mtime 1000000000>9000000000; ");

	scoped(buf_done) struct buf text = BUF_INIT(1 << 20);
	assert_ok(slurp_file(AT_FDCWD, "b.tar", 0, &text, &err), &err);
	/* the checksum of the shared layer's first header is behind its mtime */
	char *at = memmem(text.p, text.n, "a\0\0\0\0\0\0\0", 8);
	assert_non_null(at);
	FILE *f = fopen("b.tar", "r+");
	assert_non_null(f);
	assert_int_equal(fseek(f, at - text.p + 140, SEEK_SET), 0);
	assert_int_equal(fputc('7', f), '7');
	assert_int_equal(fclose(f), 0);
	assert_int_equal(verify("a.tar", "b.tar", 0, &h, &w, &err), -1);
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_non_null(strstr(err.text, "DiffID is sha256:"));
}

TEST(verify, names_the_image_that_fails)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	struct heard h = { 0 };
	scoped(work_verified_done) struct work_verified v = { 0 };
	testsource_docker("one.tar", &one, "x:1");
	assert_int_equal(verify("one.tar", "gone.tar", 0, &h, &v, &err), -1);
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_memory_equal(err.text, "gone.tar", 8);
}

TESTS_MAIN(unit(verify, layers_play_no_part),
	   unit(verify, differences_go_to_the_sink),
	   unit(verify, a_sink_may_stop_it),
	   unit(verify, platforms_that_one_side_lacks),
	   unit(verify, shared_layers),
	   unit(verify, names_the_image_that_fails))
