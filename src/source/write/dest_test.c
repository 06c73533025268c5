/* SPDX-License-Identifier: Apache-2.0 */
#include "source/write/dest.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "source/read/testlook.h"
#include "source/write/testcallback.h"
#include "base/test.h" /* last: cmocka defines skip */

static const struct dest_around nothing = { 0 };
static const char *const equal[] = { "one", "one" };

static bool is_there(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0;
}

static int open_dest(const char *name, struct dest **d, struct err *err)
{
	scoped(arena_done) struct arena a = { 0 };
	struct ref ref;
	if (oci_parse_ref(str_of(name), &a, &ref, err) < 0)
		return -1;
	return dest_open_among(testcallback_kinds(), &ref, &limits_default, d,
			       err);
}

/* An image of layers that are their own diff: what dest_finish takes. */
struct made {
	struct desc layers[2];
	struct digest diff_ids[2];
	struct testtext manifest;
	struct dest_image image;
};

static void put_layer(struct dest *d, const char *content, struct desc *out)
{
	struct err err = { 0 };
	struct sink *to;
	assert_ok(dest_begin_blob(d, &to, &err), &err);
	assert_ok(sink_write(to, content, strlen(content), &err), &err);
	assert_ok(dest_end_blob(d, &to, out, &err), &err);
	assert_null(to);
	out->media_type = STR(MT_OCI_LAYER);
}

static void put_image(struct dest *d, const char *arch, unsigned n,
		      const char *const *layers, struct made *m)
{
	struct err err = { 0 };
	char text[2048], platform[32];
	testimage_print(platform, sizeof platform, "linux/%s", arch);
	struct testtext config = testimage_config(platform, n, layers);
	struct dest_image *img = &m->image;
	*m = (struct made){ 0 };
	for (unsigned i = 0; i < n; i++) {
		put_layer(d, layers[i], &m->layers[i]);
		m->diff_ids[i] = m->layers[i].digest;
	}
	assert_ok(dest_put_bytes(d, str_of(config.text), &img->config, &err),
		  &err);
	int at = testimage_print(
		text, sizeof text,
		"{\"schemaVersion\":2,\"config\":%s,"
		"\"layers\":[",
		testimage_blob(NULL, MT_OCI_CONFIG, config.text, "").text);
	for (unsigned i = 0; i < n; i++)
		at += testimage_print(
			text + at, sizeof text - (size_t)at, "%s%s",
			i ? "," : "",
			testimage_blob(NULL, MT_OCI_LAYER, layers[i], "").text);
	testimage_print(text + at, sizeof text - (size_t)at, "]}");
	assert_ok(dest_put_bytes(d, str_of(text), &img->manifest, &err), &err);
	img->manifest.media_type = STR(MT_OCI_MANIFEST);
	img->manifest.platform.os = STR("linux");
	img->manifest.platform.architecture = str_of(arch);
	img->layers = m->layers;
	img->diff_ids = m->diff_ids;
	img->n_layers = n;
}

static void finish(struct dest *d, const struct made *m, const char *tag)
{
	struct err err = { 0 };
	assert_ok(dest_finish(d, &m->image, 1, (struct str){ 0 }, str_of(tag),
			      &nothing, &err),
		  &err);
}

static void write_image(const char *name, const char *tag, unsigned n,
			const char *const *layers)
{
	struct err err = { 0 };
	scoped(dest_close) struct dest *d = NULL;
	struct made m;
	assert_ok(open_dest(name, &d, &err), &err);
	put_image(d, "amd64", n, layers, &m);
	finish(d, &m, tag);
	assert_ok(dest_commit(d, &err), &err);
}

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
		struct made m;
		testimage_run("rm -rf a.tar b.tar c.tar d e f");
		assert_ok(open_dest(rows[i].name, &d, &err), &err);
		assert_string_equal(dest_kind(d), rows[i].kind);
		put_image(d, "amd64", 2, testimage_two, &m);
		finish(d, &m, "app:1");
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

/* An empty directory, or one that skopeo wrote: nothing else is touched. */
TEST(dest, a_directory_of_skopeos_is_replaced)
{
	struct err err = { 0 };
	IN_NEW_PLACE;
	scoped(dest_close) struct dest *d = NULL;
	(void)state;
	testimage_run("mkdir d");
	write_image("dir:d", "", 2, testimage_two);
	assert_string_equal(testimage_look("d", NULL),
			    "dir linux/amd64 | one two");
	write_image("dir:d", "", 1, testimage_other);
	assert_string_equal(testimage_look("d", NULL),
			    "dir linux/amd64 | other");
	assert_string_equal(testimage_output("ls -A"), "d");
	assert_string_equal(testimage_output("ls d | wc -l"), "4");
	assert_string_equal(testimage_output("cat d/version"),
			    "Directory Transport Version: 1.1");
	testimage_run("touch d/mine");
	assert_fails(open_dest("dir:d", &d, &err), &err, ERR_USAGE,
		     "dir:d: a directory that is neither empty nor one that "
		     "skopeo wrote; nothing is written into it");
}

TEST(dest, members_and_their_order)
{
	IN_NEW_PLACE;
	(void)state;
	write_image("docker-archive:b.tar", "host:5/app:1", 2, equal);
	char want[512];
	struct testtext layer = testimage_digest("one");
	struct testtext config = testimage_digest(
		testimage_config("linux/amd64", 2, equal).text);
	testimage_print(want, sizeof want,
			"%s.tar\n%s.json\nmanifest.json\nrepositories",
			layer.text + 7, config.text + 7);
	assert_string_equal(testimage_output("tar tf b.tar"), want);
	testimage_print(
		want, sizeof want,
		"[{\"Config\":\"%s.json\",\"RepoTags\":[\"host:5/app:1\"],"
		"\"Layers\":[\"%s.tar\",\"%s.tar\"]}]",
		config.text + 7, layer.text + 7, layer.text + 7);
	assert_string_equal(testimage_output("tar xOf b.tar manifest.json"),
			    want);
	testimage_print(want, sizeof want, "{\"host:5/app\":{\"1\":\"%s\"}}",
			layer.text + 7);
	assert_string_equal(testimage_output("tar xOf b.tar repositories"),
			    want);
	assert_string_equal(
		testimage_output(
			"tar tvf b.tar manifest.json --utc | cut -c1-14"),
		"-rw-r--r-- 0/0");
	write_image("b.tar", "", 2, testimage_two);
	assert_string_equal(testimage_output("tar tf b.tar | grep -v ^blobs"),
			    "oci-layout\nindex.json\nmanifest.json");
	assert_non_null(strstr(testimage_output("tar xOf b.tar manifest.json"),
			       "\"RepoTags\":null"));
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
			write_image(name, "app:1", 2, testimage_two);
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
	write_image("oci:layout", "v1", 1, testimage_other);
	testimage_run("echo old > a.tar; touch before; "
		      "find . | sort > before");
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct err err = { 0 };
		struct dest *d = NULL;
		struct made m;
		assert_ok(open_dest(names[i], &d, &err), &err);
		put_image(d, "amd64", 2, testimage_two, &m);
		finish(d, &m, "v2");
		dest_close(&d);
		testimage_run("find . | sort | diff before -");
		assert_string_equal(testimage_output("cat a.tar"), "old");
		assert_null(testpipe_get("p"));
		assert_null(testpipe_get("staged"));
	}
}

TEST(dest, other_images_of_a_layout_stay)
{
	IN_NEW_PLACE;
	(void)state;
	write_image("oci:d", "v1", 1, testimage_other);
	testimage_run(
		"sed -i 's/{\"schemaVersion\"/{ \"x\": 1,\"schemaVersion\"/' "
		"d/index.json");
	write_image("oci:d:v2", "", 2, testimage_two);
	assert_string_equal(testimage_look("d:v1", NULL),
			    "oci linux/amd64 v1 | other");
	assert_string_equal(testimage_look("d:v2", NULL),
			    "oci linux/amd64 v2 | one two");
	write_image("oci:d", "v1", 2, equal); /* v1 is replaced */
	assert_string_equal(testimage_look("d:v1", NULL),
			    "oci linux/amd64 v1 | one one");
	assert_string_equal(testimage_look("d:v2", NULL),
			    "oci linux/amd64 v2 | one two");
	assert_string_equal(testimage_output("ls -A d"),
			    "blobs\nindex.json\noci-layout");
	assert_non_null(
		strstr(testimage_output("cat d/index.json"), "{ \"x\": 1,"));
}

TEST(dest, a_broken_blob_of_a_layout_is_replaced)
{
	IN_NEW_PLACE;
	char cmd[256];
	(void)state;
	write_image("oci:d", "v1", 1, testimage_other);
	testimage_print(cmd, sizeof cmd, "echo bad > d/blobs/sha256/%s",
			testimage_digest("other").text + 7);
	testimage_run(cmd);
	write_image("oci:d", "v1", 1, testimage_other);
	assert_string_equal(testimage_look("d", NULL),
			    "oci linux/amd64 v1 | other");
}

TEST(dest, a_failing_commit_takes_its_blobs_back)
{
	struct err err = { 0 };
	IN_NEW_PLACE;
	scoped(dest_close) struct dest *d = NULL;
	struct made m;
	(void)state;
	write_image("oci:d", "v1", 1, testimage_other);
	assert_ok(open_dest("oci:d", &d, &err), &err);
	put_image(d, "amd64", 2, testimage_two, &m);
	finish(d, &m, "v2");
	/* index.json cannot be replaced by a file any more */
	testimage_run("find d/blobs | sort > before; cp d/index.json keep; "
		      "rm -f d/.d.pare-*/oci-layout; rm d/oci-layout");
	assert_int_equal(dest_commit(d, &err), -1);
	assert_int_equal(err.code, ERR_NOT_FOUND);
	testimage_run(
		"find d/blobs | sort | diff before -; cmp keep d/index.json");
}

/* As a run leaves it that was killed between its blobs and index.json. */
static void leave_half_a_merge(const char *index_digest)
{
	char cmd[512];
	testimage_print(cmd, sizeof cmd,
			"mkdir -p d/.d.pare-abcdef/blobs; "
			"A=$(printf %%064d 1) B=$(printf %%064d 2); "
			"printf '%%s\\n' %s $A ../../index.json x "
			">d/.d.pare-abcdef/.undo; "
			"echo new >d/blobs/sha256/$A; "
			"echo other >d/blobs/sha256/$B",
			index_digest);
	testimage_run(cmd);
}

TEST(dest, blobs_of_a_killed_merge_go_while_the_index_is_as_it_was)
{
	IN_NEW_PLACE;
	(void)state;
	write_image("oci:d", "v1", 1, testimage_other);
	testimage_run("find d | sort > before");
	leave_half_a_merge("sha256:$(sha256sum <d/index.json | cut -d' ' -f1)");
	struct err err = { 0 };
	struct dest *d = NULL;
	assert_ok(open_dest("oci:d:v2", &d, &err), &err);
	dest_close(&d);
	testimage_run(
		"printf 'd/blobs/sha256/%064d\\n' 2 | sort -o before before -; "
		"find d | sort | diff before -");
	leave_half_a_merge("sha256:$(echo x | sha256sum | cut -d' ' -f1)");
	testimage_run("find d -name '.d*' -prune -o -print | sort > before");
	assert_ok(open_dest("oci:d:v2", &d, &err), &err);
	dest_close(&d);
	testimage_run("find d | sort | diff before -");
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
		assert_fails(open_dest(rows[i].name, &d, &err), &err,
			     rows[i].code, rows[i].want);
	}
	assert_int_equal(testimage_open_files(), before);
	assert_string_equal(testimage_output("ls -A . full"),
			    ".:\nfile\nfull\n\nfull:\nx");
}

TEST(dest, litter_goes_unless_its_owner_lives)
{
	struct err err = { 0 };
	IN_NEW_PLACE;
	scoped(dest_close) struct dest *living = NULL;
	(void)state;
	testimage_run(
		"echo x > .a.tar.pare-abcdef; mkdir -p .d.pare-abcdef/blobs; "
		"touch .d.pare-abcdef/blobs/x .a.tar.pare-toolong "
		".a.tar.pare-s "
		".b.tar.pare-abcdef");
	assert_ok(open_dest("a.tar", &living, &err), &err);
	write_image("a.tar", "", 1, testimage_other);
	write_image("oci:d", "", 1, testimage_other);
	assert_string_equal(
		testimage_output("ls -A | grep -v -e a.tar.pare-s$ | wc -l"),
		"5");
	assert_false(is_there(".a.tar.pare-abcdef"));
	assert_false(is_there(".d.pare-abcdef"));
	assert_true(is_there(".b.tar.pare-abcdef"));
	assert_true(is_there(".a.tar.pare-toolong"));
	dest_close(&living);
	assert_string_equal(testimage_output("ls -A | wc -l"), "5");
}

TEST(dest, a_killed_run_is_cleaned_up_by_the_next)
{
	IN_NEW_PLACE;
	(void)state;
	pid_t pid = fork();
	if (pid == 0) {
		struct err err = { 0 };
		struct dest *d = NULL;
		struct made m;
		assert_ok(open_dest("a.tar", &d, &err), &err);
		put_image(d, "amd64", 2, testimage_two, &m);
		raise(SIGKILL);
	}
	assert_true(waitpid(pid, NULL, 0) == pid);
	assert_string_equal(testimage_output("ls -A | wc -l"), "1");
	write_image("a.tar", "", 1, testimage_other);
	assert_string_equal(testimage_output("ls -A"), "a.tar");
}

TEST(dest, a_file_that_is_replaced_keeps_its_mode_and_its_link)
{
	IN_NEW_PLACE;
	(void)state;
	testimage_run("mkdir sub; echo old > sub/a.tar; chmod 600 sub/a.tar; "
		      "ln -s sub/a.tar link");
	write_image("link", "", 1, testimage_other);
	assert_string_equal(
		testimage_output("stat -c %a sub/a.tar; readlink link"),
		"600\nsub/a.tar");
	assert_string_equal(testimage_look("link", NULL),
			    "oci-archive linux/amd64 | other");
}

TEST(dest, to_stdout)
{
	IN_NEW_PLACE;
	int saved = dup(STDOUT_FILENO);
	(void)state;
	fflush(stdout);
	int fd = open("out.tar", O_WRONLY | O_CREAT, 0644);
	dup2(fd, STDOUT_FILENO);
	write_image("-", "app:1", 2, testimage_two);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	close(fd);
	write_image("file.tar", "app:1", 2, testimage_two);
	testimage_run("cmp out.tar file.tar");
	write_image("/dev/null", "app:1", 2, testimage_two);
	assert_string_equal(testimage_output("stat -c %F /dev/null"),
			    "character special file");
}

TEST(dest, a_full_disk_is_told)
{
	struct err err = { 0 };
	IN_NEW_PLACE;
	scoped(dest_close) struct dest *d = NULL;
	struct made m;
	(void)state;
	assert_ok(open_dest("/dev/full", &d, &err), &err);
	put_image(d, "amd64", 2, testimage_two, &m);
	finish(d, &m, "");
	assert_fails(dest_commit(d, &err), &err, ERR_IO,
		     "/dev/full: writing: No space left on device");
}

/* But for file systems that compress, or do not tell. */
TEST(dest, what_cannot_fit_is_told_beforehand)
{
	IN_NEW_PLACE;
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct err err = { 0 };
		scoped(dest_close) struct dest *d = NULL;
		assert_ok(open_dest(i ? "oci:a" : "a.tar", &d, &err), &err);
		assert_ok(dest_check_room(d, 1, &err), &err);
		if (dest_check_room(d, 1ull << 60, &err) == 0)
			return;
		assert_int_equal(err.code, ERR_IO);
		assert_int_equal(err.sys, ENOSPC);
		const char *want = ": 1152921504606846976 bytes or more are "
				   "needed, but its file system has only ";
		assert_non_null(strstr(err.text, want));
		assert_int_equal(err.text[0], i ? 'o' : 'a');
	}
}

/* Puts a blob of n bytes, which the file system has no room for. */
static int put_too_much(const char *name, size_t n, struct err *err)
{
	scoped(dest_close) struct dest *d = NULL;
	struct rlimit was, small;
	struct desc desc = { 0 };
	char *bytes = calloc(1, n);
	assert_non_null(bytes);
	assert_ok(open_dest(name, &d, err), err);
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
	struct made m[2];
	(void)state;
	assert_ok(open_dest("a.tar", &d, &err), &err);
	assert_true(dest_takes_index(d));
	put_image(d, "s390x", 1, testimage_other, &m[0]);
	put_image(d, "amd64", 2, testimage_two, &m[1]);
	const struct dest_image images[] = { m[0].image, m[1].image };
	assert_ok(dest_finish(d, images, 2, (struct str){ 0 }, STR("app:1"),
			      &nothing, &err),
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
	assert_ok(open_dest("dir:e", &d, &err), &err);
	put_image(d, "s390x", 1, testimage_other, &m[0]);
	put_image(d, "amd64", 2, testimage_two, &m[1]);
	const struct dest_image both[] = { m[0].image, m[1].image };
	assert_ok(dest_finish(d, both, 2, (struct str){ 0 }, STR(""), &nothing,
			      &err),
		  &err);
	assert_ok(dest_commit(d, &err), &err);
	assert_string_equal(testimage_look("e", NULL),
			    "dir linux/s390x | other; linux/amd64 | one two");
	dest_close(&d);
	assert_ok(open_dest("p", &d, &err), &err);
	put_image(d, "s390x", 1, testimage_other, &m[0]);
	put_image(d, "amd64", 2, testimage_two, &m[1]);
	const struct dest_image three[] = { m[0].image, m[1].image };
	assert_ok(dest_finish(d, three, 2, (struct str){ 0 }, STR(""), &nothing,
			      &err),
		  &err);
	assert_ok(dest_commit(d, &err), &err);
	assert_string_equal(testimage_look("p", NULL),
			    "pipe linux/s390x | other; linux/amd64 | one two");
	assert_ok(open_dest("docker-archive:b.tar", &docker, &err), &err);
	assert_false(dest_takes_index(docker));
	put_image(docker, "amd64", 2, testimage_two, &m[0]);
	assert_fails(dest_finish(docker, images, 2, (struct str){ 0 },
				 (struct str){ 0 }, &nothing, &err),
		     &err, ERR_USAGE,
		     "docker-archive:b.tar: a docker-archive holds one "
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
		struct made m;
		char text[8];
		size_t n;
		assert_ok(open_dest(names[i], &d, &err), &err);
		put_image(d, "amd64", 2, testimage_two, &m);
		finish(d, &m, "");
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

TEST(dest, a_callback_gets_blobs_then_documents)
{
	IN_NEW_PLACE;
	(void)state;
	heard[0] = 0;
	testcallback_set(&hearing);
	write_image("p", "app:1", 2, equal);
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

TEST(dest, what_a_callback_refuses_ends_the_blob)
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
	assert_ok(open_dest("p", &d, &err), &err);
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
TEST(dest, questions_about_files_have_answers_without)
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
	assert_ok(open_dest("p", &d, &err), &err);
	assert_ok(open_dest("file", &file, &err), &err);
	assert_ok(source_open(&ref, &opt, &s, &err), &err);
	assert_ok(source_images(s, &set, &err), &err);
	assert_false(dest_is_stdout(d));
	assert_ok(dest_check_room(d, 1ull << 60, &err), &err);
	assert_ok(dest_refuse_source(d, s, STR(""), &err), &err);
	assert_ok(dest_refuse_source(file, s, STR(""), &err), &err);
	assert_ok(dest_refuse_place(d, &dest_file(file)->at, &err), &err);
	assert_int_equal(source_stat_layer(set->images[0], 0, &st, &err), 0);
}

TESTS_MAIN(unit(dest, every_kind_is_read_back),
	   unit(dest, a_directory_of_skopeos_is_replaced),
	   unit(dest, members_and_their_order),
	   unit(dest, the_same_content_gives_the_same_bytes),
	   unit(dest, a_run_without_commit_leaves_nothing),
	   unit(dest, other_images_of_a_layout_stay),
	   unit(dest, a_broken_blob_of_a_layout_is_replaced),
	   unit(dest, a_failing_commit_takes_its_blobs_back),
	   unit(dest, blobs_of_a_killed_merge_go_while_the_index_is_as_it_was),
	   unit(dest, what_cannot_be_a_destination),
	   unit(dest, litter_goes_unless_its_owner_lives),
	   unit(dest, a_killed_run_is_cleaned_up_by_the_next),
	   unit(dest, a_file_that_is_replaced_keeps_its_mode_and_its_link),
	   unit(dest, to_stdout), unit(dest, a_full_disk_is_told),
	   unit(dest, what_cannot_fit_is_told_beforehand),
	   unit(dest, what_fails_while_writing_names_the_destination),
	   unit(dest, several_platforms),
	   unit(dest, the_stage_is_read_before_the_commit),
	   unit(dest, a_callback_gets_blobs_then_documents),
	   unit(dest, what_a_callback_refuses_ends_the_blob),
	   unit(dest, questions_about_files_have_answers_without))
