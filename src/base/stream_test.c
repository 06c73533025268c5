/* SPDX-License-Identifier: Apache-2.0 */
#include "base/stream.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/test.h"
#include "base/test_drip.h"

#define SHA_ABC   \
	"sha256:" \
	"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

/* n bytes whose value tells their place. */
static uint8_t *pattern(size_t n)
{
	uint8_t *p = malloc(n + 1);
	assert_non_null(p);
	for (size_t i = 0; i < n; i++)
		p[i] = (uint8_t)(i * 2654435761u >> 13);
	return p;
}

static int file_of(const void *p, size_t n)
{
	int fd = memfd_create("stream_test", MFD_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, p, n), n);
	return fd;
}

/* Reads s to its end with peeks and skips of many sizes; must equal p. */
static void assert_reads(struct stream *s, const uint8_t *p, size_t n)
{
	static const size_t wants[] = { 1, 512, 65536, 7, 0, 65535, 4096 };
	struct err err = { 0 };
	size_t at = 0;
	for (unsigned i = 0;; i++) {
		size_t want = wants[i % ARRAY_LEN(wants)], have;
		const uint8_t *q;
		int r = stream_peek(s, want, &q, &have, &err);
		assert_ok(r, &err);
		if (r == 0)
			break;
		assert_true(have > 0 && have <= n - at);
		assert_true(have >= MIN(want, n - at));
		assert_memory_equal(q, p + at, have);
		size_t step = i % 3 == 2 ? have : MIN(have, want / 2 + 1);
		stream_skip(s, step);
		at += step;
	}
	assert_int_equal(at, n);
	assert_ok(stream_finish(s, &err), &err);
}

TEST(stream, mem)
{
	(void)state;
	struct err err = { 0 };
	scoped(stream_close) struct stream *s = NULL;
	assert_ok(mem_open("abc", 3, &s, &err), &err);
	char got[8];
	size_t n;
	assert_ok(stream_read(s, got, 2, &n, &err), &err);
	assert_int_equal(n, 2);
	assert_memory_equal(got, "ab", 2);
	assert_ok(stream_read(s, got, 8, &n, &err), &err);
	assert_int_equal(n, 1);
	assert_int_equal(got[0], 'c');
	assert_ok(stream_read(s, got, 8, &n, &err), &err);
	assert_int_equal(n, 0);
}

TEST(stream, skip_n_past_the_end)
{
	(void)state;
	struct err err = { 0 };
	scoped(stream_close) struct stream *s = NULL;
	assert_ok(mem_open("abcdef", 6, &s, &err), &err);
	assert_ok(stream_skip_n(s, 4, &err), &err);
	assert_fails(stream_skip_n(s, 5, &err), &err, ERR_CORRUPT,
		     "the data ends 3 bytes early");
}

TEST(stream, drain_and_slurp)
{
	(void)state;
	struct err err = { 0 };
	uint64_t n = 0;
	struct drip d = drip_of("abcdef", 6, 4);
	assert_ok(stream_drain(&d.s, &n, &err), &err);
	assert_int_equal(n, 6);
	scoped(buf_done) struct buf b = BUF_INIT(6);
	d.at = 0;
	assert_ok(stream_slurp(&d.s, &b, &err), &err);
	assert_memory_equal(b.p, "abcdef", 6);
	struct drip long_one = drip_of("abcdefg", 7, 4);
	buf_reset(&b);
	assert_fails(stream_slurp(&long_one.s, &b, &err), &err, ERR_LIMIT,
		     "a buffer would grow past 6 bytes");
}

TEST(stream, failure_is_repeated)
{
	(void)state;
	struct err err = { 0 };
	struct drip d = drip_of("abcdef", 6, 1);
	const uint8_t *p;
	size_t n;
	d.fail_at = 2;
	assert_ok(stream_skip_n(&d.s, 2, &err), &err);
	assert_fails(stream_peek(&d.s, 1, &p, &n, &err), &err, ERR_IO,
		     "drip: broken");
	d.fail_at = -1;
	assert_fails(stream_peek(&d.s, 1, &p, &n, &err), &err, ERR_IO,
		     "drip: broken");
	assert_fails(stream_finish(&d.s, &err), &err, ERR_IO, "drip: broken");
	assert_int_equal(d.finished, 0);
}

TEST(stream, fd_range_peeks_across_buffers)
{
	(void)state;
	static const size_t sizes[] = { 0,	1,	512,	 65536,
					262144, 262145, 1000003, 524288 };
	uint8_t *p = pattern(1000010);
	int fd = file_of(p, 1000010);
	struct err err = { 0 };
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		scoped(stream_close) struct stream *s = NULL;
		assert_ok(fd_range_open(fd, 7, sizes[i], "f", &s, &err), &err);
		assert_reads(s, p + 7, sizes[i]);
	}
	close(fd);
	free(p);
}

TEST(stream, fd_range_two_streams_share_a_descriptor)
{
	(void)state;
	struct err err = { 0 };
	int fd = file_of("abcdef", 6);
	scoped(stream_close) struct stream *a = NULL, *b = NULL;
	const uint8_t *p, *q;
	size_t n, m;
	assert_ok(fd_range_open(fd, 0, 3, "a", &a, &err), &err);
	assert_ok(fd_range_open(fd, 3, 3, "b", &b, &err), &err);
	assert_int_equal(stream_peek(a, 3, &p, &n, &err), 1);
	assert_int_equal(stream_peek(b, 3, &q, &m, &err), 1);
	assert_memory_equal(p, "abc", 3);
	assert_memory_equal(q, "def", 3);
	stream_close(&a);
	assert_int_equal(lseek(fd, 0, SEEK_CUR), 6);
	close(fd);
}

TEST(stream, fd_range_file_ends_early)
{
	(void)state;
	struct err err = { 0 };
	int fd = file_of("abcdef", 6);
	scoped(stream_close) struct stream *s = NULL;
	const char *text = "x.tar: ends early, nothing at byte 6 of the "
			   "12 expected";
	assert_ok(fd_range_open(fd, 2, 10, "x.tar", &s, &err), &err);
	assert_fails(stream_drain(s, NULL, &err), &err, ERR_CORRUPT, text);
	assert_fails(stream_finish(s, &err), &err, ERR_CORRUPT, text);
	stream_close(&s);
	/* found by a leap, too */
	assert_ok(fd_range_open(fd, 2, 10, "x.tar", &s, &err), &err);
	assert_fails(stream_skip_n(s, 10, &err), &err, ERR_CORRUPT,
		     "x.tar: ends early, nothing at byte 11 of the "
		     "12 expected");
	stream_close(&s);
	assert_fails(fd_range_open(fd, 2, UINT64_MAX, "x.tar", &s, &err), &err,
		     ERR_CORRUPT,
		     "x.tar: no file holds 18446744073709551615 bytes at "
		     "byte 2");
	close(fd);
}

TEST(stream, fd_range_leaps)
{
	(void)state;
	struct err err = { 0 };
	uint8_t *p = pattern(2000000);
	int fd = file_of(p, 2000000);
	struct stream *inner = NULL;
	scoped(stream_close) struct stream *s = NULL;
	struct limits lim = limits_default;
	lim.blob_max = 1999999;
	assert_ok(fd_range_open(fd, 1, 1999999, "f", &inner, &err), &err);
	assert_ok(limit_open(&inner, &lim, &lim.blob_max, &s, &err), &err);
	const uint8_t *q;
	size_t n, at = 1;
	static const size_t steps[] = { 1, 2, 512, 300000, 65536, 1000000 };
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		assert_ok(stream_skip_n(s, steps[i], &err), &err);
		at += steps[i];
		assert_int_equal(stream_peek(s, 512, &q, &n, &err), 1);
		assert_memory_equal(q, p + at, 512);
	}
	assert_ok(stream_skip_n(s, 2000000 - at, &err), &err);
	assert_int_equal(stream_peek(s, 1, &q, &n, &err), 0);
	assert_ok(stream_finish(s, &err), &err);
	close(fd);
	free(p);
}

TEST(stream, fd_range_leap_past_the_range)
{
	(void)state;
	struct err err = { 0 };
	int fd = file_of("abcdefghij", 10);
	scoped(stream_close) struct stream *s = NULL;
	assert_ok(fd_range_open(fd, 1, 5, "f", &s, &err), &err);
	assert_fails(stream_skip_n(s, 8, &err), &err, ERR_CORRUPT,
		     "f: ends at byte 6, 2 bytes early");
	assert_fails(stream_finish(s, &err), &err, ERR_CORRUPT,
		     "f: ends at byte 6, 2 bytes early");
	close(fd);
}

TEST(stream, fd_of_a_pipe)
{
	(void)state;
	struct err err = { 0 };
	int ends[2];
	uint8_t *p = pattern(700001);
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		/* odd pieces, so that reads are short */
		for (size_t at = 0; at < 700001; at += 1013)
			if (write(ends[1], p + at,
				  MIN((size_t)1013, 700001 - at)) < 0)
				_exit(1);
		_exit(0);
	}
	close(ends[1]);
	scoped(stream_close) struct stream *s = NULL;
	assert_ok(fd_open(ends[0], "pipe", &s, &err), &err);
	assert_reads(s, p, 700001);
	stream_close(&s);
	assert_int_equal(close(ends[0]), -1); /* was taken over */
	free(p);
}

TEST(stream, fd_read_error)
{
	(void)state;
	struct err err = { 0 };
	scoped(stream_close) struct stream *s = NULL;
	const uint8_t *p;
	size_t n;
	assert_ok(fd_open(open("/", O_RDONLY), "/", &s, &err), &err);
	assert_fails(stream_peek(s, 1, &p, &n, &err), &err, ERR_IO,
		     "/: reading at byte 0: Is a directory");
}

TEST(stream, limit)
{
	(void)state;
	struct err err = { 0 };
	struct limits lim = limits_default;
	lim.config_max = 6;
	struct drip d = drip_of("abcdef", 6, 2);
	struct stream *inner = &d.s;
	scoped(stream_close) struct stream *s = NULL;
	assert_ok(limit_open(&inner, &lim, &lim.config_max, &s, &err), &err);
	assert_null(inner);
	assert_ok(stream_finish(s, &err), &err);
	assert_int_equal(d.finished, 1);
	stream_close(&s);
	assert_int_equal(d.closed, 1);

	struct drip over = drip_of("abcdefg", 7, 2);
	inner = &over.s;
	const char *text = "7 bytes of an image config, over the limit of 6 "
			   "(raise it with --limit config=N)";
	assert_ok(limit_open(&inner, &lim, &lim.config_max, &s, &err), &err);
	assert_ok(stream_skip_n(s, 4, &err), &err);
	assert_fails(stream_finish(s, &err), &err, ERR_LIMIT, text);
	assert_fails(stream_finish(s, &err), &err, ERR_LIMIT, text);
	assert_int_equal(over.finished, 0);
	stream_close(&s);
}

static struct digest digest(const char *text)
{
	struct err err = { 0 };
	struct digest d;
	assert_ok(digest_parse(str_of(text), &d, &err), &err);
	return d;
}

/* Opens verify over a drip of text and finishes it. */
static int verified(const char *text, uint64_t size, struct err *err)
{
	struct digest want = digest(SHA_ABC);
	struct drip d = drip_of(text, strlen(text), 1);
	struct stream *inner = &d.s;
	scoped(stream_close) struct stream *s = NULL;
	if (verify_open(&inner, &want, size, &s, err) < 0)
		return -1;
	int r = stream_finish(s, err);
	if (r == 0) {
		struct err again = { 0 };
		assert_ok(stream_finish(s, &again), &again);
		assert_int_equal(d.finished, 2);
	}
	return r;
}

TEST(stream, verify)
{
	(void)state;
	struct err err = { 0 };
	assert_ok(verified("abc", 3, &err), &err);
	assert_fails(verified("ab", 3, &err), &err, ERR_CORRUPT,
		     "blob " SHA_ABC ": is 2 bytes long, expected 3");
	assert_fails(verified("abcd", 3, &err), &err, ERR_CORRUPT,
		     "blob " SHA_ABC ": is longer than the expected 3 bytes");
	assert_fails(verified("abc", 2, &err), &err, ERR_CORRUPT,
		     "blob " SHA_ABC ": is longer than the expected 2 bytes");
	assert_fails(verified("", 0, &err), &err, ERR_CORRUPT,
		     "blob " SHA_ABC ": has digest sha256:e3b0c44298fc1c149afb"
		     "f4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_fails(verified("abd", 3, &err), &err, ERR_CORRUPT,
		     "blob " SHA_ABC ": has digest sha256:a52d159f262b2c6ddb72"
		     "4a61840befc36eb30c88877a4030b65cbe86298449c9");
}

TEST(stream, verify_is_noticed_by_who_only_reads)
{
	(void)state;
	struct err err = { 0 };
	struct digest want = digest(SHA_ABC);
	struct drip d = drip_of("abd", 3, 2);
	struct stream *inner = &d.s;
	scoped(stream_close) struct stream *s = NULL;
	assert_ok(verify_open(&inner, &want, 3, &s, &err), &err);
	assert_fails(stream_drain(s, NULL, &err), &err, ERR_CORRUPT,
		     "blob " SHA_ABC ": has digest sha256:a52d159f262b2c6ddb72"
		     "4a61840befc36eb30c88877a4030b65cbe86298449c9");
}

TEST(stream, verify_sha512_in_small_skips)
{
	(void)state;
	struct err err = { 0 };
	struct digest want;
	uint8_t *p = pattern(5000);
	assert_ok(digest_of(DIGEST_SHA512, p, 5000, &want, &err), &err);
	struct drip d = drip_of(p, 5000, 1000);
	struct stream *inner = &d.s;
	scoped(stream_close) struct stream *s = NULL;
	assert_ok(verify_open(&inner, &want, 5000, &s, &err), &err);
	const uint8_t *q;
	size_t n;
	while (stream_peek(s, 1, &q, &n, &err) > 0) {
		/* two skips behind one peek */
		stream_skip(s, n / 2);
		stream_skip(s, n - n / 2);
	}
	assert_ok(stream_finish(s, &err), &err);
	free(p);
}

TEST(stream, hash_tee)
{
	(void)state;
	struct err err = { 0 };
	struct digest got = { 0 };
	uint64_t size = 0;
	struct drip d = drip_of("abc", 3, 2);
	struct stream *inner = &d.s;
	scoped(stream_close) struct stream *s = NULL;
	assert_ok(hash_tee_open(&inner, &got, &size, &s, &err), &err);
	assert_ok(stream_skip_n(s, 1, &err), &err);
	assert_ok(stream_finish(s, &err), &err);
	assert_ok(stream_finish(s, &err), &err);
	assert_string_equal(digest_text(&got).text, SHA_ABC);
	assert_int_equal(size, 3);
	stream_close(&s);
	d.at = 0;
	inner = &d.s;
	assert_ok(hash_tee_open(&inner, NULL, NULL, &s, &err), &err);
	assert_ok(stream_finish(s, &err), &err);
}

TEST(stream, wrappers_pass_want_on_and_fail_with_their_source)
{
	(void)state;
	struct err err = { 0 };
	uint8_t *p = pattern(300000);
	struct digest want, got;
	uint64_t size;
	assert_ok(digest_of(DIGEST_SHA256, p, 300000, &want, &err), &err);
	for (int broken = 0; broken < 2; broken++) {
		struct drip d = drip_of(p, 300000, 100);
		struct stream *inner = &d.s, *limited, *verified_;
		d.fail_at = broken ? 299999 : -1;
		scoped(stream_close) struct stream *s = NULL;
		assert_ok(limit_open(&inner, &limits_default,
				     &limits_default.blob_max, &limited, &err),
			  &err);
		assert_ok(
			verify_open(&limited, &want, 300000, &verified_, &err),
			&err);
		assert_ok(hash_tee_open(&verified_, &got, &size, &s, &err),
			  &err);
		if (broken) {
			assert_fails(stream_finish(s, &err), &err, ERR_IO,
				     "drip: broken");
			assert_fails(stream_finish(s, &err), &err, ERR_IO,
				     "drip: broken");
			assert_int_equal(d.finished, 0);
			continue;
		}
		assert_reads(s, p, 300000);
		assert_true(digest_eq(&got, &want));
		assert_int_equal(size, 300000);
		assert_int_equal(d.finished, 1);
	}
	free(p);
}

TESTS_MAIN(unit(stream, mem), unit(stream, skip_n_past_the_end),
	   unit(stream, drain_and_slurp), unit(stream, failure_is_repeated),
	   unit(stream, fd_range_peeks_across_buffers),
	   unit(stream, fd_range_two_streams_share_a_descriptor),
	   unit(stream, fd_range_file_ends_early), unit(stream, fd_range_leaps),
	   unit(stream, fd_range_leap_past_the_range),
	   unit(stream, fd_of_a_pipe), unit(stream, fd_read_error),
	   unit(stream, limit), unit(stream, verify),
	   unit(stream, verify_is_noticed_by_who_only_reads),
	   unit(stream, verify_sha512_in_small_skips), unit(stream, hash_tee),
	   unit(stream, wrappers_pass_want_on_and_fail_with_their_source))
