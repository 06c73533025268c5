/* SPDX-License-Identifier: Apache-2.0 */
#include "source/write/tar_members.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "source/read/archive.h"
#include "base/test.h" /* last: cmocka defines skip */

/* Writes a blob as the kinds do: the bytes, then what they turned out to be. */
static uint64_t put_blob(struct tar_members *m, const char *bytes)
{
	struct err err = { 0 };
	scoped(sink_close) struct sink *to = NULL;
	uint64_t at = 0;
	assert_ok(dest_tar_begin(m, "blob", &to, &err), &err);
	assert_ok(sink_write(to, bytes, strlen(bytes), &err), &err);
	assert_ok(sink_finish(to, &err), &err);
	assert_ok(dest_tar_end(m, strlen(bytes), &at, &err), &err);
	return at;
}

static uint64_t size_of(int fd)
{
	struct stat st;
	assert_int_equal(fstat(fd, &st), 0);
	return (uint64_t)st.st_size;
}

TEST(tar_members, headers_come_last)
{
	(void)state;
	struct err err = { 0 };
	FILE *f = tmpfile();
	assert_non_null(f);
	struct tar_members m = { .fd = fileno(f) };
	uint64_t first = put_blob(&m, "hello");
	uint64_t second = put_blob(&m, "");
	assert_int_equal(first, 0);
	assert_int_equal(second, 1024);
	assert_int_equal(m.end, 1536);
	assert_ok(dest_tar_put(&m, "index.json", STR("{}"), &err), &err);
	assert_ok(dest_tar_name(&m, second, "blobs/b", 0, &err), &err);
	assert_ok(dest_tar_name(&m, first, "working-name", 5, &err), &err);
	assert_ok(dest_tar_name(&m, first, "blobs/a", 5, &err), &err);
	assert_ok(dest_tar_finish(&m, &err), &err);
	assert_int_equal(size_of(m.fd), m.end + 1024);

	scoped(source_archive_close) struct archive *a = NULL;
	assert_ok(source_archive_open(m.fd, 0, size_of(m.fd), "",
				      &limits_default, &a, &err),
		  &err);
	static const char *const names[] = { "blobs/a", "blobs/b",
					     "index.json" };
	assert_int_equal(source_archive_count(a), 3);
	for (size_t i = 0; i < 3; i++)
		assert_true(str_eqz(source_archive_name(a, i), names[i]));
	char got[6] = "";
	assert_int_equal(io_pread_full(m.fd, got, 5, 512, &err), 5);
	assert_string_equal(got, "hello");
	assert_int_equal(fclose(f), 0);
}

/* A blob that is there already goes again: the next one takes its place, and no
 * byte of it shows through the padding. */
TEST(tar_members, a_dropped_blob_leaves_no_byte)
{
	(void)state;
	struct err err = { 0 };
	scoped(sink_close) struct sink *to = NULL;
	FILE *f = tmpfile();
	assert_non_null(f);
	struct tar_members m = { .fd = fileno(f) };
	put_blob(&m, "kept");
	uint64_t end = m.end;
	assert_ok(dest_tar_begin(&m, "blob", &to, &err), &err);
	assert_ok(sink_write(to, "xxxxxxxx", 8, &err), &err);
	assert_ok(sink_finish(to, &err), &err);
	assert_ok(dest_tar_drop(&m, &err), &err);
	assert_int_equal(m.end, end);
	assert_int_equal(size_of(m.fd), end);
	assert_int_equal(put_blob(&m, "y"), end);
	char got[512], zeros[511] = { 0 };
	assert_int_equal(io_pread_full(m.fd, got, 512, end + 512, &err), 512);
	assert_int_equal(got[0], 'y');
	assert_memory_equal(got + 1, zeros, sizeof zeros);
	assert_int_equal(fclose(f), 0);
}

TEST(tar_members, sizes_stay_below_2_to_63)
{
	(void)state;
	struct err err = { 0 };
	uint64_t at = 9;
	struct tar_members m = { .fd = -1, .end = 512 };
	static const uint64_t sizes[] = { UINT64_MAX, INT64_MAX,
					  INT64_MAX - 1024 };
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
		assert_fails(dest_tar_end(&m, sizes[i], &at, &err), &err,
			     ERR_LIMIT, "a tar of over 2^63 bytes");
	assert_int_equal(m.end, 512);
	assert_int_equal(at, 9);
}

/* Of a spool the user knows no name, of a file the place in it. */
TEST(tar_members, errors_tell_the_place)
{
	(void)state;
	struct err err = { 0 };
	struct tar_members m = { .fd = -1, .end = 512 };
	assert_int_equal(dest_tar_put(&m, "a", STR("x"), &err), -1);
	assert_string_equal(err.text,
			    "writing at byte 1024: Bad file descriptor");
	err_clear(&err);
	m.is_spool = true;
	assert_int_equal(dest_tar_put(&m, "a", STR("x"), &err), -1);
	assert_null(strstr(err.text, "at byte"));
	assert_non_null(strstr(err.text, "writing "));
}

TESTS_MAIN(unit(tar_members, headers_come_last),
	   unit(tar_members, a_dropped_blob_leaves_no_byte),
	   unit(tar_members, sizes_stay_below_2_to_63),
	   unit(tar_members, errors_tell_the_place))
