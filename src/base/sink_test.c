/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sink.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/test.h"
#include "base/test_drip.h"

TEST(sink, fd_in_pieces_of_all_sizes)
{
	(void)state;
	static const size_t sizes[] = { 0, 1, 262143, 1, 5, 262144, 3, 600000 };
	struct err err = { 0 };
	int fd = memfd_create("sink_test", MFD_CLOEXEC);
	uint8_t *p = malloc(600000), *got = malloc(600000);
	scoped(sink_close) struct sink *s = NULL;
	assert_ok(fd_sink_open(fd, "f", &s, &err), &err);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		memset(p, (int)i + 1, sizes[i]);
		assert_ok(sink_write(s, p, sizes[i], &err), &err);
	}
	assert_ok(sink_finish(s, &err), &err);
	off_t at = 0;
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		memset(p, (int)i + 1, sizes[i]);
		assert_int_equal(pread(fd, got, sizes[i], at), sizes[i]);
		assert_memory_equal(got, p, sizes[i]);
		at += (off_t)sizes[i];
	}
	assert_int_equal(lseek(fd, 0, SEEK_END), at);
	close(fd);
	free(p);
	free(got);
}

TEST(sink, fd_write_error_is_repeated)
{
	(void)state;
	struct err err = { 0 };
	int fd = open("/dev/full", O_WRONLY);
	scoped(sink_close) struct sink *s = NULL;
	const char *text = "writing out.tar: No space left on device";
	assert_ok(fd_sink_open(fd, "out.tar", &s, &err), &err);
	assert_ok(sink_write(s, "abc", 3, &err), &err);
	assert_fails(sink_finish(s, &err), &err, ERR_IO, text);
	assert_fails(sink_write(s, "abc", 3, &err), &err, ERR_IO, text);
	assert_fails(sink_finish(s, &err), &err, ERR_IO, text);
	close(fd);
}

TEST(sink, zeros_and_pump)
{
	(void)state;
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(20003);
	scoped(sink_close) struct sink *s = NULL;
	struct drip d = drip_of("abc", 3, 2);
	uint64_t n = 0;
	assert_ok(buf_sink_open(&b, &s, &err), &err);
	assert_ok(sink_pump(s, &d.s, &n, &err), &err);
	assert_int_equal(n, 3);
	assert_ok(sink_zeros(s, 20000, &err), &err);
	assert_ok(sink_finish(s, &err), &err);
	assert_int_equal(b.n, 20003);
	assert_memory_equal(b.p, "abc", 3);
	for (size_t i = 3; i < b.n; i++)
		assert_int_equal(b.p[i], 0);
	assert_fails(sink_zeros(s, 1, &err), &err, ERR_LIMIT,
		     "a buffer would grow past 20003 bytes");
}

TEST(sink, pump_fails_with_its_source)
{
	(void)state;
	struct err err = { 0 };
	scoped(sink_close) struct sink *s = NULL;
	struct drip d = drip_of("abcdef", 6, 2);
	d.fail_at = 3;
	assert_ok(null_sink_open(&s, &err), &err);
	assert_fails(sink_pump(s, &d.s, NULL, &err), &err, ERR_IO,
		     "drip: broken");
}

TEST(sink, hash)
{
	(void)state;
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(5);
	scoped(sink_close) struct sink *below = NULL, *s = NULL;
	struct digest got = { 0 };
	uint64_t size = 0;
	assert_ok(buf_sink_open(&b, &below, &err), &err);
	assert_ok(hash_sink_open(below, &got, &size, &s, &err), &err);
	assert_ok(sink_write(s, "a", 1, &err), &err);
	assert_ok(sink_write(s, "bc", 2, &err), &err);
	assert_ok(sink_finish(s, &err), &err);
	assert_string_equal(digest_short(&got).text, "ba7816bf8f01");
	assert_int_equal(size, 3);
	assert_memory_equal(b.p, "abc", 3);
	sink_close(&s);
	/* nothing below, nothing told */
	assert_ok(hash_sink_open(NULL, NULL, NULL, &s, &err), &err);
	assert_ok(sink_write(s, "abc", 3, &err), &err);
	assert_ok(sink_finish(s, &err), &err);
	sink_close(&s);
	/* what fails below fails above */
	assert_ok(hash_sink_open(below, NULL, NULL, &s, &err), &err);
	assert_fails(sink_write(s, "def", 3, &err), &err, ERR_LIMIT,
		     "a buffer would grow past 5 bytes");
}

TESTS_MAIN(unit(sink, fd_in_pieces_of_all_sizes),
	   unit(sink, fd_write_error_is_repeated), unit(sink, zeros_and_pump),
	   unit(sink, pump_fails_with_its_source), unit(sink, hash))
