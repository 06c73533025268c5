/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/source.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/read/testlook.h"
#include "base/test.h" /* last: cmocka defines skip */

static const char docker_manifest[] =
	"[{\"Config\":\"c.json\",\"RepoTags\":[\"app:1\"],"
	"\"Layers\":[\"1.tar\",\"2.tar\"]}]";

static void add_docker(struct testimage *t)
{
	testimage_add(t, "c.json",
		      testimage_config("linux/amd64", 2, testimage_two).text);
	testimage_add(t, "1.tar", "one");
	testimage_add(t, "2.tar", "two");
	testimage_add(t, "manifest.json", docker_manifest);
}

static void add_oci(struct testimage *t)
{
	testimage_index(
		t, testimage_manifest(t, "linux/amd64", 2, testimage_two, "")
			   .text);
}

/* What is told when the file is stdin; through a pipe when cat is true. */
static const char *look_stdin(const char *name, const char *path, bool cat)
{
	int saved = dup(STDIN_FILENO), ends[2], fd;
	if (!cat) {
		fd = open(path, O_RDONLY);
	} else {
		char cmd[256];
		assert_int_equal(pipe(ends), 0);
		fd = ends[0];
		testimage_print(cmd, sizeof cmd, "cat %s >&%d &", path,
				ends[1]);
		testimage_run(cmd);
		close(ends[1]);
	}
	dup2(fd, STDIN_FILENO);
	close(fd);
	const char *got = testimage_look(name, NULL);
	dup2(saved, STDIN_FILENO);
	close(saved);
	return got;
}

static const char want[] = "docker-archive linux/amd64 app:1 | one two";

TEST(source, whole_file_compression)
{
	static const char *const tools[] = { "gzip", "zstd -q", "xz", "bzip2" };
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	add_docker(&t);
	testimage_tar(&t, "a.tar");
	for (size_t i = 0; i < sizeof tools / sizeof *tools; i++) {
		char cmd[64];
		testimage_print(cmd, sizeof cmd, "%s -c < a.tar > b.tar",
				tools[i]);
		testimage_run(cmd);
		assert_string_equal(testimage_look("b.tar", NULL), want);
		assert_string_equal(
			testimage_look("docker-archive:b.tar:app:1", NULL),
			want);
		assert_string_equal(look_stdin("-", "b.tar", true), want);
		assert_string_equal(look_stdin("-", "b.tar", false), want);
	}
	/* docker load takes what gzip(1) takes, padding of a tape and all */
	testimage_run("gzip -c < a.tar > b.tar; printf 'tail\\0\\0' >> b.tar");
	assert_string_equal(testimage_look("b.tar", NULL), want);
	testimage_run("gzip -c < a.tar | head -c 100 > b.tar");
	assert_non_null(strstr(testimage_look("b.tar", NULL), "corrupt: b.tar: "
							      "gzip"));
}

TEST(source, stdin_as_a_pipe_and_as_a_file)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	add_docker(&t);
	testimage_tar(&t, "a.tar");
	assert_string_equal(look_stdin("-", "a.tar", true), want);
	assert_string_equal(look_stdin("-", "a.tar", false), want);
	assert_string_equal(look_stdin("-:app:1", "a.tar", true), want);
	assert_string_equal(look_stdin("docker-archive:-:app:1", "a.tar", true),
			    want);
	assert_string_equal(look_stdin("oci-archive:-", "a.tar", true),
			    "usage: oci-archive:-: not of the kind oci-archive "
			    "but docker-archive; write docker-archive:-");
}

TEST(source, what_is_no_image)
{
	static const struct {
		const char *name, *want;
	} rows[] = {
		{ "gone", "not found: gone: no such file or directory; an "
			  "image in an engine is piped in: docker save NAME | "
			  "pare COMMAND -" },
		{ "gone:tag", "not found: gone:tag: no such file or directory; "
			      "an image in an engine is piped in: docker save "
			      "NAME | pare COMMAND -" },
		{ "oci:gone", "not found: oci:gone: opening it: No such file "
			      "or directory" },
		{ "empty", "corrupt: empty: an empty file, not an image" },
		{ ".", "corrupt: .: not an image: the directory holds no "
		       "manifest.json, index.json or oci-layout" },
		{ "skopeo", "unsupported: skopeo: version: \"\", expected "
			    "\"Directory Transport Version: 1.1\"" },
		{ "dir:.", "corrupt: dir:.: not dir: it has no manifest.json" },
		{ "dir:a.tar", "usage: dir:a.tar: not of the kind dir but "
			       "docker-archive; write docker-archive:a.tar" },
		{ "oci:a.tar", "usage: oci:a.tar: not of the kind oci but "
			       "docker-archive; write docker-archive:a.tar" },
		{ "oci-archive:a.tar",
		  "usage: oci-archive:a.tar: not of the kind oci-archive but "
		  "docker-archive; write docker-archive:a.tar" },
		{ "docker-archive:.",
		  "corrupt: docker-archive:.: not docker-archive: it has no "
		  "manifest.json" },
		{ "a.tar:@x", "usage: a.tar:@x: \"@x\": expected a number "
			      "behind the \"@\"" },
	};
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	add_docker(&t);
	testimage_tar(&t, "a.tar");
	testimage_run("touch empty; mkdir skopeo; touch skopeo/manifest.json "
		      "skopeo/version");
	unsigned before = testimage_open_files();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(testimage_look(rows[i].name, NULL),
				    rows[i].want);
	assert_int_equal(testimage_open_files(), before);
}

TEST(source, a_path_with_colons)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	add_docker(&t);
	testimage_tar(&t, "a:1");
	assert_string_equal(testimage_look("a:1", NULL), want);
	assert_string_equal(testimage_look("a:1:app:1", NULL), want);
	assert_string_equal(testimage_look("a:1:app:2", NULL),
			    "not found: a:1:app:2: no such tag; there is: "
			    "app:1");
}

/* Docker >= 25: manifest.json and index.json over the same blobs. */
TEST(source, both_kinds_in_one_file)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	add_docker(&t);
	add_oci(&t);
	testimage_tar(&t, "a.tar");
	assert_string_equal(testimage_look("a.tar", NULL),
			    "oci-archive linux/amd64 | one two");
	assert_string_equal(testimage_look("docker-archive:a.tar", NULL), want);
}

struct reader {
	pthread_t thread;
	const struct image *img;
	size_t layer;
	bool ok;
};

static void *read_often(void *arg)
{
	struct reader *r = arg;
	r->ok = true;
	for (int i = 0; i < 200 && r->ok; i++) {
		struct err err = { 0 };
		char text[8];
		size_t n = 0;
		scoped(stream_close) struct stream *in = NULL;
		r->ok = source_open_layer(r->img, r->layer, &in, &err) == 0 &&
			stream_read(in, text, sizeof text, &n, &err) == 0 &&
			stream_finish(in, &err) == 0 && n == 3 &&
			memcmp(text, testimage_two[r->layer], 3) == 0;
	}
	return NULL;
}

static void read_by_threads(const struct image *img)
{
	struct reader r[4];
	for (size_t i = 0; i < ARRAY_LEN(r); i++) {
		r[i] = (struct reader){ .img = img, .layer = i % 2 };
		assert_int_equal(
			pthread_create(&r[i].thread, NULL, read_often, &r[i]),
			0);
	}
	for (size_t i = 0; i < ARRAY_LEN(r); i++) {
		pthread_join(r[i].thread, NULL);
		assert_true(r[i].ok);
	}
}

/* Whatever the kind: a layer may be opened as often as one likes, from any
 * thread. Only what lies in a file has something to stat. */
TEST(source, layers_are_read_by_several_threads)
{
	static const char *const names[] = { "a.tar", "d", "p" };
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	add_oci(&t);
	testimage_tar(&t, "a.tar");
	testimage_dir(&t, "d");
	testpipe_put("p", &t);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct err err = { 0 };
		scoped(source_close) struct source *s = NULL;
		struct source_options opt = { .limits = &limits_default,
					      .kinds = testpipe_kinds };
		struct ref ref = { .text = str_of(names[i]),
				   .path = str_of(names[i]) };
		const struct image_set *set;
		struct stat st;
		assert_ok(source_open(&ref, &opt, &s, &err), &err);
		assert_ok(source_images(s, &set, &err), &err);
		assert_int_equal(set->n, 1);
		bool in_file = i < 2;
		assert_int_equal(
			source_stat_layer(set->images[0], 0, &st, &err),
			in_file);
		assert_true(!in_file || S_ISREG(st.st_mode));
		read_by_threads(set->images[0]);
	}
}

/* Without a kind that takes the reference nothing is opened. */
TEST(source, the_first_kind_that_takes_a_reference)
{
	static const struct source_kind *const none[] = { NULL };
	struct err err = { 0 };
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	scoped(source_close) struct source *s = NULL;
	struct source_options opt = { .kinds = none };
	struct ref ref = { .text = STR("p"), .path = STR("p") };
	(void)state;
	add_oci(&t);
	testimage_tar(&t, "p");
	assert_string_equal(testimage_look("p", NULL),
			    "oci-archive linux/amd64 | one two");
	testpipe_put("p", &t);
	assert_string_equal(testimage_look("p", NULL),
			    "pipe linux/amd64 | one two");
	assert_fails(source_open(&ref, &opt, &s, &err), &err, ERR_UNSUPPORTED,
		     "p: images in path are not read yet; save it to a "
		     "docker-archive or an OCI layout first");
	assert_string_equal(
		testimage_look("docker://host/app:1", NULL),
		"unsupported: docker://host/app:1: images in docker are not "
		"read yet; save it to a docker-archive or an OCI layout first");
}

TESTS_MAIN(unit(source, whole_file_compression),
	   unit(source, stdin_as_a_pipe_and_as_a_file),
	   unit(source, what_is_no_image), unit(source, a_path_with_colons),
	   unit(source, both_kinds_in_one_file),
	   unit(source, layers_are_read_by_several_threads),
	   unit(source, the_first_kind_that_takes_a_reference))
