/* SPDX-License-Identifier: Apache-2.0 */
/* Every file of tests/fixtures/tar against its section of expected.txt:
 * "== FILE", then what tar_dump says of it. With "--write" the file is made
 * anew, to be read and committed. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "tar/dump.h"
#include "base/test.h"

#ifndef TAR_FIXTURES
#define TAR_FIXTURES "tests/fixtures/tar"
#endif
#define EXPECTED TAR_FIXTURES "/expected.txt"

static void read_file(const char *path, struct buf *b)
{
	struct err err = { 0 };
	FILE *f = fopen(path, "rb");
	char part[4096];
	size_t n;
	if (!f)
		fail_msg("%s is missing", path);
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		assert_ok(buf_add(b, part, n, &err), &err);
	fclose(f);
}

static int is_tar(const struct dirent *d)
{
	return str_ends(str_of(d->d_name), STR(".tar"));
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void dump(struct stream *s, struct buf *out)
{
	struct err err = { 0 };
	assert_ok(tar_dump(s, &limits_default, out, &err), &err);
}

/* Both ways of showing bytes must tell the same. */
static void dump_file(const char *name, struct buf *out)
{
	struct err err = { 0 };
	char path[512];
	scoped(buf_done) struct buf bytes = BUF_INIT(1 << 20);
	scoped(buf_done) struct buf again = BUF_INIT(1 << 20);
	scoped(stream_close) struct stream *whole = NULL;
	scoped(stream_close) struct stream *drip = NULL;
	const size_t at = out->n;
	snprintf(path, sizeof path, "%s/%s", TAR_FIXTURES, name);
	read_file(path, &bytes);
	assert_ok(mem_open(bytes.p, bytes.n, &whole, &err), &err);
	dump(whole, out);
	assert_ok(drip_open(buf_str(&bytes), &drip, &err), &err);
	dump(drip, &again);
	if (!str_eq(buf_str(&again), str_from(buf_str(out), at)))
		fail_msg("%s: with small windows:\n%s", name, buf_cstr(&again));
}

static void dump_folder(struct buf *out)
{
	struct err err = { 0 };
	struct dirent **files;
	int n = scandir(TAR_FIXTURES, &files, is_tar, by_bytes);
	assert_true(n > 0);
	for (int i = 0; i < n; i++) {
		assert_ok(buf_addf(out, &err, "== %s\n", files[i]->d_name),
			  &err);
		dump_file(files[i]->d_name, out);
		free(files[i]);
	}
	free(files);
}

TEST(tar, fixtures_read_as_expected)
{
	(void)state;
	scoped(buf_done) struct buf got = BUF_INIT(1 << 24);
	scoped(buf_done) struct buf want = BUF_INIT(1 << 24);
	dump_folder(&got);
	read_file(EXPECTED, &want);
	struct str g = buf_str(&got), w = buf_str(&want), gl, wl;
	struct str section = STR("");
	while (g.n && w.n) {
		assert_true(str_cut(g, '\n', &gl, &g));
		assert_true(str_cut(w, '\n', &wl, &w));
		if (str_starts(gl, STR("== ")))
			section = gl;
		if (!str_eq(gl, wl))
			fail_msg("%.*s\n got: %.*s\nwant: %.*s",
				 STR_ARG(section), STR_ARG(gl), STR_ARG(wl));
	}
	assert_int_equal(g.n, 0);
	assert_int_equal(w.n, 0);
}

/* A file's name promises how it ends. */
TEST(tar, fixtures_are_named_by_what_they_prove)
{
	(void)state;
	struct str line, rest, name = STR("");
	scoped(buf_done) struct buf want = BUF_INIT(1 << 24);
	read_file(EXPECTED, &want);
	rest = buf_str(&want);
	while (str_cut(rest, '\n', &line, &rest)) {
		if (str_starts(line, STR("== ")))
			name = str_from(line, 3);
		if (str_starts(line, STR("end at ")))
			assert_true(str_starts(name, STR("good-")));
		if (str_starts(line, STR("corrupt: ")))
			assert_true(str_starts(name, STR("bad-")));
		if (str_starts(line, STR("unsupported: ")))
			assert_true(str_starts(name, STR("unsupported-")));
		assert_false(str_starts(line, STR("limit: ")));
	}
}

static int write_expected(void)
{
	scoped(buf_done) struct buf got = BUF_INIT(1 << 24);
	dump_folder(&got);
	FILE *f = fopen(EXPECTED, "wb");
	if (!f || fwrite(got.p, 1, got.n, f) != got.n || fclose(f) != 0)
		return 1;
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		unit(tar, fixtures_read_as_expected),
		unit(tar, fixtures_are_named_by_what_they_prove),
	};
	if (argc > 1 && strcmp(argv[1], "--write") == 0)
		return write_expected();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
