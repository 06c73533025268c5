/* SPDX-License-Identifier: Apache-2.0 */
/* What holds for every kind of destination. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "source/write/testdest.h"
#include "base/test.h" /* last: cmocka defines skip */

TEST(dest, every_kind_is_read_back)
{
	static const struct {
		const char *name, *kind, *read, *want;
	} rows[] = {
		{ "a.tar", "archive", "a.tar",
		  "oci-archive linux/amd64 app:1 docker.io/library/app:1 | one "
		  "two" },
		{ "a.tar", "archive", "docker-archive:a.tar:app:1",
		  "docker-archive linux/amd64 app:1 | one two" },
		{ "docker-archive:b.tar", "docker-archive", "b.tar",
		  "docker-archive linux/amd64 app:1 | one two" },
		{ "oci-archive:c.tar", "oci-archive", "c.tar:app:1",
		  "oci-archive linux/amd64 app:1 docker.io/library/app:1 | one "
		  "two" },
		{ "oci:d", "oci", "oci:d:app:1",
		  "oci linux/amd64 app:1 docker.io/library/app:1 | one two" },
		{ "e/", "oci", "e",
		  "oci linux/amd64 app:1 docker.io/library/app:1 | one two" },
		{ "dir:f", "dir", "f", "dir linux/amd64 | one two" },
		{ "p", "callback", "p:app:1",
		  "pipe linux/amd64 app:1 docker.io/library/app:1 | one two" },
	};
	IN_NEW_PLACE;
	(void)state;
	unsigned before = testimage_open_files();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct err err = { 0 };
		scoped(dest_close) struct dest *d = NULL;
		struct testdest m;
		testimage_run("rm -rf a.tar b.tar c.tar d e f");
		assert_ok(testdest_open(rows[i].name, &d, &err), &err);
		assert_string_equal(dest_kind(d), rows[i].kind);
		testdest_put_image(d, "amd64", 2, testimage_two, &m);
		testdest_finish(d, &m, "app:1");
		/* nothing shows yet */
		assert_string_equal(testimage_output("ls"), "");
		assert_null(testpipe_get("p"));
		assert_ok(dest_commit(d, &err), &err);
		assert_string_equal(testimage_look(rows[i].read, NULL),
				    rows[i].want);
		dest_close(&d);
		assert_int_equal(atoi(testimage_output("ls -A | wc -l")),
				 testpipe_get("p") ? 0 : 1);
	}
	assert_int_equal(testimage_open_files(), before);
}

TEST(dest, the_same_content_gives_the_same_bytes)
{
	static const char *const names[] = { "%c.tar", "oci-archive:%c.tar",
					     "docker-archive:%c.tar" };
	IN_NEW_PLACE;
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		for (char c = 'x'; c <= 'y'; c++) {
			char name[64];
			testimage_print(name, sizeof name, names[i], c);
			testdest_write(name, "app:1", 2, testimage_two);
		}
		testimage_run("cmp x.tar y.tar");
	}
}

TEST(dest, a_run_without_commit_leaves_nothing)
{
	static const char *const names[] = { "a.tar", "oci:d", "oci:empty",
					     "oci:layout", "p" };
	IN_NEW_PLACE;
	(void)state;
	testimage_run("mkdir empty");
	testdest_write("oci:layout", "v1", 1, testimage_other);
	testimage_run("echo old > a.tar; touch before; "
		      "find . | sort > before");
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct err err = { 0 };
		struct dest *d = NULL;
		struct testdest m;
		assert_ok(testdest_open(names[i], &d, &err), &err);
		testdest_put_image(d, "amd64", 2, testimage_two, &m);
		testdest_finish(d, &m, "v2");
		dest_close(&d);
		testimage_run("find . | sort | diff before -");
		assert_string_equal(testimage_output("cat a.tar"), "old");
		assert_null(testpipe_get("p"));
		assert_null(testpipe_get("staged"));
	}
}

TEST(dest, what_cannot_be_a_destination)
{
	static const struct {
		const char *name, *want;
		enum err_code code;
	} rows[] = {
		{ "full",
		  "full: a directory that is neither empty nor an OCI layout; "
		  "nothing is written into it",
		  ERR_USAGE },
		{ "oci:file", "oci:file: not a directory, so no OCI layout",
		  ERR_USAGE },
		{ "docker-archive:full",
		  "docker-archive:full: a directory, but docker-archive is "
		  "written as one file",
		  ERR_USAGE },
		{ "no/where.tar",
		  "no/where.tar: its directory: No such file or directory",
		  ERR_NOT_FOUND },
		{ "docker://x/y",
		  "docker://x/y: images are not written to docker yet; write a "
		  "file or an OCI layout",
		  ERR_UNSUPPORTED },
		{ "dir:file", "dir:file: not a directory", ERR_USAGE },
		{ "dir:full",
		  "dir:full: a directory that is neither empty nor one that "
		  "skopeo wrote; nothing is written into it",
		  ERR_USAGE },
		{ "oci:d:@1", "oci:d:@1: a destination has a tag, no @N",
		  ERR_USAGE },
	};
	IN_NEW_PLACE;
	(void)state;
	testimage_run("mkdir full; touch full/x file");
	unsigned before = testimage_open_files();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct err err = { 0 };
		struct dest *d = NULL;
		assert_fails(testdest_open(rows[i].name, &d, &err), &err,
			     rows[i].code, rows[i].want);
	}
	assert_int_equal(testimage_open_files(), before);
	assert_string_equal(testimage_output("ls -A . full"),
			    ".:\nfile\nfull\n\nfull:\nx");
}

/* Puts a blob of n bytes, which the file system has no room for. */
static int put_too_much(const char *name, size_t n, struct err *err)
{
	scoped(dest_close) struct dest *d = NULL;
	struct rlimit was, small;
	struct desc desc = { 0 };
	char *bytes = calloc(1, n);
	assert_non_null(bytes);
	assert_ok(testdest_open(name, &d, err), err);
	getrlimit(RLIMIT_FSIZE, &was);
	small = was;
	small.rlim_cur = 4096;
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &small);
	struct sink *to;
	int r = dest_begin_blob(d, &to, err);
	if (r == 0 && sink_write(to, bytes, n, err) < 0)
		r = -1;
	else if (r == 0)
		r = dest_end_blob(d, &to, &desc, err);
	setrlimit(RLIMIT_FSIZE, &was);
	free(bytes);
	return r;
}

/* Once, be it told while bytes are written or when the rest is. */
TEST(dest, what_fails_while_writing_names_the_destination)
{
	static const char *const names[] = { "a.tar", "docker-archive:a.tar",
					     "oci-archive:a.tar", "oci:a:tag",
					     "dir:a" };
	static const size_t sizes[] = { 8000, 1 << 20 };
	IN_NEW_PLACE;
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names) * 2; i++) {
		struct err err = { 0 };
		char want[200];
		const char *name = names[i / 2];
		snprintf(want, sizeof want, "writing %s: File too large", name);
		assert_fails(put_too_much(name, sizes[i % 2], &err), &err,
			     ERR_IO, want);
		assert_string_equal(testimage_output("ls -A"), "");
	}
}

TEST(dest, several_platforms)
{
	struct err err = { 0 };
	IN_NEW_PLACE;
	scoped(dest_close) struct dest *d = NULL;
	scoped(dest_close) struct dest *docker = NULL;
	struct testdest m[2];
	(void)state;
	assert_ok(testdest_open("a.tar", &d, &err), &err);
	assert_true(dest_takes_index(d));
	testdest_put_image(d, "s390x", 1, testimage_other, &m[0]);
	testdest_put_image(d, "amd64", 2, testimage_two, &m[1]);
	const struct dest_image images[] = { m[0].image, m[1].image };
	assert_ok(dest_finish(d, images, 2, (struct str){ 0 }, STR("app:1"),
			      &testdest_nothing, &err),
		  &err);
	assert_ok(dest_commit(d, &err), &err);
	assert_string_equal(testimage_look("a.tar", NULL),
			    "oci-archive linux/s390x app:1 "
			    "docker.io/library/app:1 | other; linux/amd64 "
			    "app:1 docker.io/library/app:1 | one two");
#ifdef __x86_64__
	assert_string_equal(testimage_look("docker-archive:a.tar", NULL),
			    "docker-archive linux/amd64 app:1 | one two");
#endif
	dest_close(&d);
	assert_ok(testdest_open("dir:e", &d, &err), &err);
	testdest_put_image(d, "s390x", 1, testimage_other, &m[0]);
	testdest_put_image(d, "amd64", 2, testimage_two, &m[1]);
	const struct dest_image both[] = { m[0].image, m[1].image };
	assert_ok(dest_finish(d, both, 2, (struct str){ 0 }, STR(""),
			      &testdest_nothing, &err),
		  &err);
	assert_ok(dest_commit(d, &err), &err);
	assert_string_equal(testimage_look("e", NULL),
			    "dir linux/s390x | other; linux/amd64 | one two");
	dest_close(&d);
	assert_ok(testdest_open("p", &d, &err), &err);
	testdest_put_image(d, "s390x", 1, testimage_other, &m[0]);
	testdest_put_image(d, "amd64", 2, testimage_two, &m[1]);
	const struct dest_image three[] = { m[0].image, m[1].image };
	assert_ok(dest_finish(d, three, 2, (struct str){ 0 }, STR(""),
			      &testdest_nothing, &err),
		  &err);
	assert_ok(dest_commit(d, &err), &err);
	assert_string_equal(testimage_look("p", NULL),
			    "pipe linux/s390x | other; linux/amd64 | one two");
	assert_ok(testdest_open("docker-archive:b.tar", &docker, &err), &err);
	assert_false(dest_takes_index(docker));
	testdest_put_image(docker, "amd64", 2, testimage_two, &m[0]);
	assert_fails(dest_finish(docker, images, 2, (struct str){ 0 },
				 (struct str){ 0 }, &testdest_nothing, &err),
		     &err, ERR_USAGE,
		     "docker-archive:b.tar: docker-archive holds one "
		     "platform, not 2; pick one with --platform, or write an "
		     "OCI layout");
}

TEST(dest, the_stage_is_read_before_the_commit)
{
	static const char *const names[] = {
		"a.tar", "oci:d", "docker-archive:b.tar", "dir:e", "p", "-"
	};
	struct source_options opt = { .limits = &limits_default };
	IN_NEW_PLACE;
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct err err = { 0 };
		scoped(dest_close) struct dest *d = NULL;
		scoped(source_close) struct source *s = NULL;
		scoped(stream_close) struct stream *in = NULL;
		const struct image_set *set;
		struct testdest m;
		char text[8];
		size_t n;
		assert_ok(testdest_open(names[i], &d, &err), &err);
		testdest_put_image(d, "amd64", 2, testimage_two, &m);
		testdest_finish(d, &m, "");
		assert_ok(dest_stage(d, &opt, &s, &err), &err);
		assert_ok(source_images(s, &set, &err), &err);
		assert_int_equal(set->n, 1);
		assert_true(digest_eq(&set->images[0]->config_desc.digest,
				      &m.image.config.digest));
		assert_ok(source_open_layer(set->images[0], 1, &in, &err),
			  &err);
		assert_ok(stream_read(in, text, sizeof text, &n, &err), &err);
		assert_int_equal(n, 3);
		assert_memory_equal(text, "two", 3);
	}
	assert_string_equal(testimage_output("ls -A"), "");
}

TESTS_MAIN(unit(dest, every_kind_is_read_back),
	   unit(dest, the_same_content_gives_the_same_bytes),
	   unit(dest, a_run_without_commit_leaves_nothing),
	   unit(dest, what_cannot_be_a_destination),
	   unit(dest, what_fails_while_writing_names_the_destination),
	   unit(dest, several_platforms),
	   unit(dest, the_stage_is_read_before_the_commit))
