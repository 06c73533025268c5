/* SPDX-License-Identifier: Apache-2.0 */
/* The compressors, against the decoders of this folder and the programs. */
#include "codec/codec.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/test.h"
#include "base/test_drip.h"

enum { MEMBER = 1 << 20, CEILING = 64 << 20 };

static char *plain_of(size_t n)
{
	uint64_t x = 88172645463325252ull;
	char *p = malloc(n + 1);
	assert_non_null(p);
	for (size_t i = 0; i < n; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		/* lines that repeat, and now and then noise */
		p[i] = i / 4096 % 5 == 4 ? (char)x
					 : "etaoin shrdlu\n.a"[x & 15];
	}
	return p;
}

/* Writes plain in pieces of `piece` bytes; out gets what comes. */
static int pack(const char *spec_text, unsigned long_log, unsigned threads,
		struct str plain, size_t piece, struct buf *out,
		struct err *err)
{
	struct codec_spec spec;
	scoped(sink_close) struct sink *below = NULL, *s = NULL;
	assert_ok(codec_spec_parse(str_of(spec_text), &spec, err), err);
	spec.long_window_log = long_log;
	buf_reset(out);
	if (buf_sink_open(out, &below, err) < 0 ||
	    codec_sink_open(&spec, threads, below, &s, err) < 0)
		return -1;
	for (size_t at = 0; at < plain.n; at += piece)
		if (sink_write(s, plain.p + at, MIN(piece, plain.n - at), err) <
		    0)
			return -1;
	return sink_finish(s, err);
}

static void assert_unpacks(struct str packed, struct str plain)
{
	struct err err = { 0 };
	struct drip d = drip_of(packed.p, packed.n, 10000);
	struct stream *inner = &d.s;
	scoped(stream_close) struct stream *s = NULL;
	scoped(buf_done) struct buf out = BUF_INIT(CEILING);
	enum codec c = codec_taste((const uint8_t *)packed.p, packed.n);
	assert_ok(codec_open(c, &inner, &limits_default, NULL, &s, &err), &err);
	assert_ok(stream_slurp(s, &out, &err), &err);
	assert_ok(stream_finish(s, &err), &err);
	assert_int_equal(out.n, plain.n);
	assert_memory_equal(out.n ? out.p : "", plain.p, plain.n);
}

/* The bytes are the same for any number of threads, cut of the input and
 * day, and they unpack. */
static void assert_one_form(const char *spec, unsigned long_log,
			    struct str plain)
{
	struct err err = { 0 };
	static const struct {
		unsigned threads;
		size_t piece;
	} ways[] = { { 1, 1000 },
		     { 4, 4096 },
		     { 2, 3 * MEMBER + 17 },
		     { 1, SIZE_MAX / 2 },
		     { 8, 262143 } };
	scoped(buf_done) struct buf first = BUF_INIT(CEILING);
	scoped(buf_done) struct buf other = BUF_INIT(CEILING);
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		struct buf *to = i ? &other : &first;
		assert_ok(pack(spec, long_log, ways[i].threads, plain,
			       ways[i].piece, to, &err),
			  &err);
		if (i == 0)
			assert_unpacks(buf_str(&first), plain);
		else
			assert_true(str_eq(buf_str(&first), buf_str(&other)));
	}
}

TEST(encode, gzip_one_form)
{
	(void)state;
	static const size_t sizes[] = {
		1,	    1000,	MEMBER - 1,    MEMBER,
		MEMBER + 1, 2 * MEMBER, 9 * MEMBER + 5
	};
	char *p = plain_of(9 * MEMBER + 5);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
		assert_one_form("gzip:1", 0, (struct str){ p, sizes[i] });
	assert_one_form("gzip", 0, (struct str){ p, 3 * MEMBER });
	assert_one_form("gzip:9", 0, (struct str){ p, 2 * MEMBER });
	assert_one_form("gzip:12", 0, (struct str){ p, 100000 });
	free(p);
}

TEST(encode, gzip_header_and_members)
{
	(void)state;
	struct err err = { 0 };
	/* RFC 1952 2.3, with one extra subfield of five bytes */
	static const uint8_t header[] = { 0x1f, 0x8b, 8, 4, 0,	 0,   0, 0,
					  0,	0xff, 9, 0, 'P', 'M', 5, 0 };
	char *zeros = calloc(1, 2 * MEMBER);
	scoped(buf_done) struct buf out = BUF_INIT(CEILING);
	assert_ok(pack("gzip", 0, 1, (struct str){ zeros, 2 * MEMBER }, MEMBER,
		       &out, &err),
		  &err);
	/* two members that are alike, no third */
	assert_int_equal(out.n % 2, 0);
	assert_memory_equal(out.p, header, sizeof header);
	assert_memory_equal(out.p, out.p + out.n / 2, out.n / 2);
	/* the member's length, and the level */
	uint32_t n = (uint32_t)out.n / 2;
	assert_memory_equal(out.p + 16, &n, 4);
	assert_int_equal(out.p[20], 6);
	/* ISIZE */
	assert_memory_equal(out.p + out.n - 4, "\0\0\x10\0", 4);
	free(zeros);
}

/* Random bytes with so many of text in front: what does not compress is stored,
 * a few bytes larger than it is; what does in part is compressed. */
TEST(encode, gzip_stores_what_is_dense)
{
	(void)state;
	static const struct {
		size_t text;
		uint8_t block; /* of the first: 0 stored, 1 or 2 compressed */
	} cases[] = { { 0, 0 }, { 600, 2 }, { MEMBER / 2, 2 } };
	/* blocks of at most 65,535 bytes, each behind five of its own */
	const size_t stored = MEMBER + 29 + 5 * 17;
	uint64_t x = 88172645463325252ull;
	char *p = malloc(MEMBER);
	assert_non_null(p);
	for (size_t i = 0; i < MEMBER; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		p[i] = (char)(x >> 32);
	}
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		scoped(buf_done) struct buf out = BUF_INIT(CEILING);
		struct err err = { 0 };
		memset(p, 'a', cases[i].text);
		assert_ok(pack("gzip", 0, 1, (struct str){ p, MEMBER }, MEMBER,
			       &out, &err),
			  &err);
		/* RFC 1951 3.2.3: bits 1 and 2 are the block's type */
		assert_int_equal((uint8_t)out.p[21] >> 1 & 3, cases[i].block);
		if (cases[i].block == 0)
			assert_int_equal(out.n, stored);
		else
			assert_true(out.n < stored);
		assert_one_form("gzip", 0, (struct str){ p, MEMBER });
	}
	free(p);
}

TEST(encode, empty_input)
{
	(void)state;
	struct err err = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(CEILING);
	for (unsigned threads = 1; threads < 4; threads++) {
		assert_ok(pack("gzip", 0, threads, STR(""), 1, &out, &err),
			  &err);
		/* an empty stored block, CRC32 and ISIZE 0 */
		assert_int_equal(out.n, 34);
		assert_memory_equal(out.p,
				    "\x1f\x8b\x08\x04\0\0\0\0\0\xff"
				    "\x09\0PM\x05\0\x22\0\0\0\x06"
				    "\x01\0\0\xff\xff"
				    "\0\0\0\0\0\0\0\0",
				    34);
		assert_unpacks(buf_str(&out), STR(""));
		assert_ok(pack("zstd", 0, threads, STR(""), 1, &out, &err),
			  &err);
		assert_unpacks(buf_str(&out), STR(""));
		assert_ok(pack("none", 0, threads, STR(""), 1, &out, &err),
			  &err);
		assert_int_equal(out.n, 0);
	}
}

TEST(encode, zstd_one_form)
{
	(void)state;
	static const size_t sizes[] = { 1, 1000, 2 * MEMBER, 9 * MEMBER + 5 };
	char *p = plain_of(9 * MEMBER + 5);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
		assert_one_form("zstd:1", 0, (struct str){ p, sizes[i] });
	assert_one_form("zstd", 0, (struct str){ p, 9 * MEMBER + 5 });
	assert_one_form("zstd:4", 0, (struct str){ p, 5 * MEMBER + 5 });
	assert_one_form("zstd:7", 0, (struct str){ p, 9 * MEMBER + 5 });
	assert_one_form("zstd:10", 0, (struct str){ p, 9 * MEMBER + 5 });
	free(p);
}

/* A window of 2^20 has jobs of 1 MiB. */
TEST(encode, zstd_long_one_form)
{
	(void)state;
	static const char *const specs[] = { "zstd:1", "zstd:3", "zstd:9",
					     "zstd:12", "zstd:13" };
	char *p = plain_of(9 * MEMBER + 5);
	static const unsigned logs[] = { 10, 20, 24 };
	for (size_t i = 0; i < ARRAY_LEN(specs); i++)
		for (size_t k = 0; k < ARRAY_LEN(logs); k++)
			assert_one_form(specs[i], logs[k],
					(struct str){ p, 3 * MEMBER + 5 });
	assert_one_form("zstd:16", 20, (struct str){ p, 3 * MEMBER + 5 });
	assert_one_form("zstd:3", 22, (struct str){ p, 9 * MEMBER + 5 });
	free(p);
}

/* Noise where the probes look, text in the rest: the job goes by level 1. With
 * text in one probe of a job it goes by its own. Jobs of 8 MiB. */
TEST(encode, zstd_dense_jobs_go_fast)
{
	(void)state;
	enum { JOB = 8 * MEMBER, STRIDE = 64 << 10, PROBE = 4096 };
	struct err err = { 0 };
	scoped(buf_done) struct buf dense = BUF_INIT(CEILING);
	scoped(buf_done) struct buf mixed = BUF_INIT(CEILING);
	scoped(buf_done) struct buf fast = BUF_INIT(CEILING);
	uint64_t x = 88172645463325252ull;
	char *p = plain_of(2 * JOB + 100);
	struct str plain = { p, 2 * JOB + 100 };
	for (size_t at = 0; at < plain.n; at += STRIDE)
		for (size_t i = at; i < MIN(at + PROBE, plain.n); i++) {
			x ^= x << 13;
			x ^= x >> 7;
			x ^= x << 17;
			p[i] = (char)(x >> 32);
		}
	assert_ok(pack("zstd:9", 0, 2, plain, 70000, &dense, &err), &err);
	assert_ok(pack("zstd:1", 0, 2, plain, 70000, &fast, &err), &err);
	assert_one_form("zstd:9", 0, plain);
	memset(p + JOB - STRIDE, 'a', PROBE);
	assert_ok(pack("zstd:9", 0, 2, plain, 70000, &mixed, &err), &err);
	assert_one_form("zstd:9", 0, plain);
	/* Of one job each, less than the other's noise. */
	assert_true(dense.n > mixed.n + 2 * PROBE);
	assert_true(dense.n < fast.n + MEMBER / 4);
	assert_true(fast.n < dense.n + MEMBER / 4);
	free(p);
}

TEST(encode, fewer_threads_where_memory_ends)
{
	(void)state;
	static const struct {
		struct codec_spec spec;
		unsigned threads, within_mib, want;
	} cases[] = {
		{ { CODEC_NONE, 0, 0 }, 64, 1, 64 },
		{ { CODEC_GZIP, 6, 0 }, 64, 2048, 64 },
		{ { CODEC_GZIP, 12, 0 }, 1024, 2048, 146 },
		{ { CODEC_ZSTD, 3, 0 }, 64, 2048, 64 },
		{ { CODEC_ZSTD, 12, 0 }, 16, 2048, 16 },
		{ { CODEC_ZSTD, 19, 0 }, 16, 2048, 15 },
		{ { CODEC_ZSTD, 19, 0 }, 16, 1, 1 },
		{ { CODEC_ZSTD, 19, 27 }, 64, 2048, 12 },
		{ { CODEC_ZSTD, 9, 27 }, 64, 2048, 10 },
		{ { CODEC_ZSTD, 9, 20 }, 4, 2048, 4 },
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(codec_threads_within(
					 &cases[i].spec, cases[i].threads,
					 (uint64_t)cases[i].within_mib << 20),
				 cases[i].want);
}

/* Far enough for jobs to lie between: they would lose the match. */
TEST(encode, zstd_long_looks_far_back)
{
	(void)state;
	struct err err = { 0 };
	size_t half = 12 * MEMBER;
	char *p = plain_of(half);
	char *twice = malloc(2 * half);
	scoped(buf_done) struct buf without = BUF_INIT(CEILING);
	scoped(buf_done) struct buf with = BUF_INIT(CEILING);
	memcpy(twice, p, half);
	memcpy(twice + half, p, half);
	struct str plain = { twice, 2 * half };
	assert_ok(pack("zstd", 0, 1, plain, MEMBER, &without, &err), &err);
	assert_ok(pack("zstd", 24, 2, plain, MEMBER, &with, &err), &err);
	assert_true(with.n < without.n * 6 / 10);
	assert_unpacks(buf_str(&with), plain);
	free(p);
	free(twice);
}

TEST(encode, none_passes)
{
	(void)state;
	assert_one_form("none", 0, STR("as it is"));
}

TEST(encode, failure_below)
{
	(void)state;
	static const char *const specs[] = { "none", "gzip:1", "zstd:1",
					     "zstd:6" };
	char *p = plain_of(12 * MEMBER);
	for (size_t i = 0; i < ARRAY_LEN(specs); i++) {
		for (unsigned threads = 1; threads <= 4; threads += 3) {
			struct err err = { 0 };
			scoped(buf_done) struct buf out = BUF_INIT(100);
			assert_fails(pack(specs[i], 0, threads,
					  (struct str){ p, 12 * MEMBER }, 70000,
					  &out, &err),
				     &err, ERR_LIMIT,
				     "a buffer would grow past 100 bytes");
		}
	}
	free(p);
}

TEST(encode, closed_without_finish)
{
	(void)state;
	struct err err = { 0 };
	char *p = plain_of(5 * MEMBER);
	for (unsigned threads = 1; threads <= 4; threads += 3) {
		struct codec_spec spec = { CODEC_GZIP, 6, 0 };
		scoped(sink_close) struct sink *below = NULL, *s = NULL;
		assert_ok(null_sink_open(&below, &err), &err);
		assert_ok(codec_sink_open(&spec, threads, below, &s, &err),
			  &err);
		assert_ok(sink_write(s, p, 5 * MEMBER, &err), &err);
	}
	free(p);
}

TEST(encode, xz_is_not_written)
{
	(void)state;
	struct err err = { 0 };
	struct codec_spec spec = { CODEC_XZ, 6, 0 };
	struct sink *s;
	assert_fails(codec_sink_open(&spec, 1, NULL, &s, &err), &err,
		     ERR_UNSUPPORTED, "xz is not written");
}

/* Runs "PROGRAM < in" and reads what it says. */
static void run_program(const char *program, struct str in, struct buf *out)
{
	struct err err = { 0 };
	char name[] = "/tmp/encode_test.XXXXXX", command[200];
	int fd = mkstemp(name);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, in.p, in.n), in.n);
	close(fd);
	snprintf(command, sizeof command, "%s < %s", program, name);
	FILE *f = popen(command, "r");
	assert_non_null(f);
	char piece[65536];
	size_t n;
	buf_reset(out);
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		assert_ok(buf_add(out, piece, n, &err), &err);
	assert_int_equal(pclose(f), 0);
	unlink(name);
}

TEST(encode, programs_read_and_write_the_same)
{
	(void)state;
	static const struct {
		const char *spec; /* or NULL: pare does not write it */
		const char *reads, *writes;
	} cases[] = {
		{ "gzip:1", "gzip -dc", "gzip -1c" },
		{ "zstd:1", "zstd -qdc", "zstd -q1c" },
		{ "zstd:5", "zstd -qdc", "zstd -q1c --check" },
		{ NULL, NULL, "xz -0c" },
		{ NULL, NULL, "xz -0c --check=sha256 --block-size=300000" },
	};
	char *p = plain_of(3 * MEMBER + 7);
	struct str plain = { p, 3 * MEMBER + 7 };
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err = { 0 };
		scoped(buf_done) struct buf a = BUF_INIT(CEILING);
		scoped(buf_done) struct buf b = BUF_INIT(CEILING);
		run_program(cases[i].writes, plain, &a);
		assert_unpacks(buf_str(&a), plain);
		if (!cases[i].spec)
			continue;
		assert_ok(pack(cases[i].spec, 0, 2, plain, 65536, &a, &err),
			  &err);
		run_program(cases[i].reads, buf_str(&a), &b);
		assert_true(str_eq(buf_str(&b), plain));
	}
	free(p);
}

/* What libzstd's own jobs lose: a second version far behind the first that
 * differs in a byte every so often, too often for far matches alone. One stream
 * goes on behind such a byte at the same distance, and so must jobs. The cut at
 * 8 MiB lies within the second version. */
TEST(encode, zstd_jobs_go_on_at_a_far_distance)
{
	(void)state;
	static const char *const levels[] = { "3", "9", "12" };
	enum { HALF = 6 * MEMBER, EVERY = 50 };
	struct err err = { 0 };
	char *first = plain_of(HALF), *p = malloc(2 * HALF);
	assert_non_null(p);
	memcpy(p, first, HALF);
	memcpy(p + HALF, first, HALF);
	for (size_t at = HALF; at < 2 * HALF; at += EVERY)
		p[at] ^= 1;
	struct str plain = { p, 2 * HALF };
	for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
		scoped(buf_done) struct buf jobs = BUF_INIT(CEILING);
		scoped(buf_done) struct buf one = BUF_INIT(CEILING);
		char spec[20], command[100];
		snprintf(spec, sizeof spec, "zstd:%s", levels[i]);
		snprintf(command, sizeof command,
			 "zstd -qc -%s --long=24 --single-thread", levels[i]);
		assert_ok(pack(spec, 24, 2, plain, 65536, &jobs, &err), &err);
		run_program(command, plain, &one);
		assert_true(jobs.n < one.n + one.n / 100);
		assert_unpacks(buf_str(&jobs), plain);
	}
	free(first);
	free(p);
}

TESTS_MAIN(unit(encode, gzip_one_form), unit(encode, gzip_header_and_members),
	   unit(encode, gzip_stores_what_is_dense), unit(encode, empty_input),
	   unit(encode, zstd_one_form), unit(encode, zstd_long_one_form),
	   unit(encode, zstd_dense_jobs_go_fast),
	   unit(encode, fewer_threads_where_memory_ends),
	   unit(encode, zstd_long_looks_far_back), unit(encode, none_passes),
	   unit(encode, failure_below), unit(encode, closed_without_finish),
	   unit(encode, xz_is_not_written),
	   unit(encode, programs_read_and_write_the_same),
	   unit(encode, zstd_jobs_go_on_at_a_far_distance))
