/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/files.h"

#include <fcntl.h>
#include <unistd.h>

#include "source/read/testimage.h"
#include "base/test.h" /* last: cmocka defines skip */

static struct files open_dir(const char *path)
{
	struct files f = FILES_INIT;
	f.fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(f.fd >= 0);
	return f;
}

/* "1 BYTES", "0", or the error. */
static const char *look(const struct files *f, const char *name, bool outside)
{
	static char text[600];
	struct err err = { 0 };
	scoped(source_file_done) struct file at = FILE_INIT;
	scoped(stream_close) struct stream *in = NULL;
	size_t n;
	int r = outside ? source_files_find_outside(f, str_of(name), &at, &err)
			: source_files_find(f, str_of(name), &at, &err);
	if (r <= 0) {
		testimage_print(text, sizeof text, "%s",
				r < 0 ? err.text : "0");
		return text;
	}
	assert_ok(source_file_open(&at, name, &in, &err), &err);
	assert_ok(stream_read(in, text + 2, sizeof text - 3, &n, &err), &err);
	memcpy(text, "1 ", 2);
	text[n + 2] = 0;
	return text;
}

TEST(files, names_stay_within_the_directory)
{
	IN_NEW_PLACE;
	scoped(source_files_done) struct files f = FILES_INIT;
	(void)state;
	testimage_run("mkdir d d/sub; echo -n in >d/sub/a; echo -n out >o; "
		      "ln -s ../o d/up; ln -s sub/a d/in; mkfifo d/fifo; "
		      "ln -s $PWD/o d/absolute; ln -s ../d/fifo d/tofifo");
	unsigned before = testimage_open_files();
	f = open_dir("d");
	assert_string_equal(look(&f, "sub/a", false), "1 in");
	assert_string_equal(look(&f, "./sub//a", false), "1 in");
	assert_string_equal(look(&f, "in", false), "1 in");
	assert_string_equal(look(&f, "none", false), "0");
	assert_string_equal(look(&f, "sub/a/b", false), "0");
	assert_string_equal(look(&f, "up", false), "0");
	assert_string_equal(look(&f, "fifo", false), "not a regular file");
	assert_string_equal(look(&f, "sub", false), "not a regular file");
	/* asked for: a symlink of the layout may lead out of it */
	assert_string_equal(look(&f, "up", true), "1 out");
	assert_string_equal(look(&f, "sub/a", true), "0"); /* no link */
	assert_string_equal(look(&f, "absolute", true), "0");
	assert_string_equal(look(&f, "tofifo", true),
			    "a link to what is not a regular file");
	assert_true(source_files_has(&f, "fifo"));
	assert_false(source_files_has(&f, "none"));
	source_files_done(&f);
	assert_int_equal(testimage_open_files(), before);
}

TEST(files, a_small_file_whole)
{
	struct err err = { 0 };
	struct limits lim = limits_default;
	struct str text;
	IN_NEW_PLACE;
	scoped(arena_done) struct arena a = { 0 };
	scoped(source_files_done) struct files f = FILES_INIT;
	(void)state;
	testimage_run("mkdir d; echo -n 12345 >d/a; : >d/empty");
	f = open_dir("d");
	lim.manifest_max = 5;
	assert_int_equal(source_files_read(&f, "a", &lim, &lim.manifest_max, &a,
					   &text, &err),
			 1);
	assert_true(str_eqz(text, "12345"));
	assert_int_equal(source_files_read(&f, "empty", &lim, &lim.manifest_max,
					   &a, &text, &err),
			 1);
	assert_int_equal(text.n, 0);
	assert_int_equal(source_files_read(&f, "none", &lim, &lim.manifest_max,
					   &a, &text, &err),
			 0);
	lim.manifest_max = 4;
	assert_int_equal(source_files_read(&f, "a", &lim, &lim.manifest_max, &a,
					   &text, &err),
			 -1);
	assert_int_equal(err.code, ERR_LIMIT);
	assert_memory_equal(err.text, "a: ", 3);
}

TESTS_MAIN(unit(files, names_stay_within_the_directory),
	   unit(files, a_small_file_whole))
