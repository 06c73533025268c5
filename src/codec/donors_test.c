/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/donors.h"

#include <libdeflate.h>
#include <stdlib.h>

#include "base/test.h"
#include "codec/internal.h"

enum { KIB = 1 << 10, CEILING = 64 << 20, FILES = 40 };

/* FILES of 100 KiB each, of which the one that is named differs. */
static char *make_files(int changed)
{
	char *p = malloc((size_t)FILES * 100 * KIB);
	assert_non_null(p);
	for (int f = 0; f < FILES; f++) {
		uint64_t x = 88172645463325252ull + (uint64_t)f +
			     (f == changed ? 1000 : 0);
		for (size_t i = 0; i < 100 * KIB; i++) {
			x ^= x << 13;
			x ^= x >> 7;
			x ^= x << 17;
			p[(size_t)f * 100 * KIB + i] =
				"etaoin shrdlu\n.a"[x & 15];
		}
	}
	return p;
}

struct blobs {
	const struct buf *v;
	int opened;
};

static int open_blob(void *self, size_t number, struct stream **out,
		     struct err *err)
{
	struct blobs *b = self;
	b->opened++;
	return mem_open(b->v[number].p, b->v[number].n, out, err);
}

static const struct codec_donor_ops ops = { open_blob };

static void pack(const char *files, const char *spec_text, unsigned threads,
		 struct codec_donors *d, struct buf *out)
{
	struct err err = { 0 };
	struct codec_spec spec;
	scoped(sink_close) struct sink *below = NULL, *s = NULL;
	assert_ok(codec_spec_parse(str_of(spec_text), &spec, &err), &err);
	buf_reset(out);
	assert_ok(buf_sink_open(out, &below, &err), &err);
	assert_ok(codec_sink_open(&spec, threads, below, &s, &err), &err);
	codec_sink_donors(s, d);
	for (size_t f = 0; f < FILES; f++) {
		assert_ok(codec_sink_border(s, &err), &err);
		assert_ok(sink_write(s, files + f * 100 * KIB, 100 * KIB, &err),
			  &err);
	}
	assert_ok(sink_finish(s, &err), &err);
}

/* Members by their headers: the plain bytes of each, and where it lies. */
static size_t walk(const struct buf *b, size_t at[static FILES],
		   uint32_t size[static FILES])
{
	size_t n = 0, from = 0;
	while (from < b->n) {
		const uint8_t *p = (const uint8_t *)b->p + from;
		uint32_t len, crc;
		uint8_t level;
		assert_true(
			codec_gzip_parse_head(p, b->n - from, &len, &level));
		assert_true(len <= b->n - from && n < FILES);
		codec_gzip_parse_trailer(p + len - GZIP_TRAILER, &crc,
					 &size[n]);
		at[n++] = from;
		from += len;
	}
	return n;
}

static void assert_holds(const struct buf *packed, const char *files)
{
	struct err err = { 0 };
	scoped(stream_close) struct stream *in = NULL, *s = NULL;
	scoped(buf_done) struct buf out = BUF_INIT(CEILING);
	assert_ok(mem_open(packed->p, packed->n, &in, &err), &err);
	assert_ok(codec_open(CODEC_GZIP, &in, &limits_default, NULL, &s, &err),
		  &err);
	assert_ok(stream_slurp(s, &out, &err), &err);
	assert_ok(stream_finish(s, &err), &err);
	assert_int_equal(out.n, FILES * 100 * KIB);
	assert_memory_equal(out.p, files, out.n);
}

/* 256 KiB are reached within the third file of each member. */
TEST(donors, members_end_where_files_begin)
{
	scoped(buf_done) struct buf out = BUF_INIT(CEILING);
	char *files = make_files(-1);
	size_t at[FILES];
	uint32_t size[FILES];
	pack(files, "gzip", 1, NULL, &out);
	assert_int_equal(walk(&out, at, size), 14);
	for (size_t i = 0; i < 13; i++)
		assert_int_equal(size[i], 300 * KIB);
	assert_int_equal(size[13], 100 * KIB);
	assert_holds(&out, files);
	free(files);
}

/* A file of 3 MiB behind one of 100 KiB: cut at each MiB of the large one,
 * wherever that lies in the tar. */
TEST(donors, large_files_are_cut_by_their_own_bytes)
{
	struct err err = { 0 };
	struct codec_spec spec = { CODEC_GZIP, 1, 0 };
	scoped(buf_done) struct buf out = BUF_INIT(CEILING);
	scoped(sink_close) struct sink *below = NULL, *s = NULL;
	char *files = make_files(-1);
	size_t at[FILES];
	uint32_t size[FILES];
	assert_ok(buf_sink_open(&out, &below, &err), &err);
	assert_ok(codec_sink_open(&spec, 2, below, &s, &err), &err);
	assert_ok(sink_write(s, files, 100 * KIB, &err), &err);
	assert_ok(codec_sink_border(s, &err), &err);
	assert_ok(sink_write(s, files, 3072 * KIB, &err), &err);
	assert_ok(codec_sink_border(s, &err), &err);
	assert_ok(sink_write(s, files, 7, &err), &err);
	assert_ok(sink_finish(s, &err), &err);
	assert_int_equal(walk(&out, at, size), 4);
	assert_int_equal(size[0], 1124 * KIB);
	assert_int_equal(size[1], 1024 * KIB);
	assert_int_equal(size[2], 1024 * KIB);
	assert_int_equal(size[3], 7);
	free(files);
}

/* Bytes of each member that both have, in order. */
static size_t count_alike(const struct buf *a, const struct buf *b)
{
	size_t x[FILES], y[FILES], n = 0;
	uint32_t size[FILES];
	size_t n_a = walk(a, x, size), n_b = walk(b, y, size);
	for (size_t i = 0; i < MIN(n_a, n_b); i++) {
		size_t len = (i + 1 < n_a ? x[i + 1] : a->n) - x[i];
		n += y[i] + len <= b->n &&
		     memcmp(a->p + x[i], b->p + y[i], len) == 0;
	}
	return n;
}

/* Copied members are told by a byte that no compressor would have written so:
 * the donor is of level 1 and says it were of 6. */
TEST(donors, members_with_the_same_content_are_copied)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf blob = BUF_INIT(CEILING);
	scoped(buf_done) struct buf plain = BUF_INIT(CEILING);
	scoped(buf_done) struct buf first = BUF_INIT(CEILING);
	char *old = make_files(-1), *new = make_files(7);
	size_t at[FILES];
	uint32_t size[FILES];
	pack(old, "gzip:1", 1, NULL, &blob);
	size_t n = walk(&blob, at, size);
	for (size_t i = 0; i < n; i++)
		blob.p[at[i] + GZIP_HEAD - 1] = 6;
	pack(new, "gzip:6", 1, NULL, &plain);
	for (unsigned threads = 1; threads <= 4; threads += 3) {
		scoped(codec_donors_close) struct codec_donors *d = NULL;
		scoped(buf_done) struct buf out = BUF_INIT(CEILING);
		struct blobs blobs = { &blob, 0 };
		assert_ok(codec_donors_new(&ops, &blobs, &d, &err), &err);
		assert_ok(codec_donors_add(d, 0, &err), &err);
		pack(new, "gzip:6", threads, d, &out);
		assert_int_equal(blobs.opened, 2);
		assert_int_equal(count_alike(&out, &blob), n - 1);
		assert_int_equal(count_alike(&out, &plain), 1);
		assert_holds(&out, new);
		if (threads == 1)
			assert_ok(buf_add(&first, out.p, out.n, &err), &err);
		else
			assert_true(str_eq(buf_str(&first), buf_str(&out)));
	}
	free(old);
	free(new);
}

/* Of another level, nothing is. */
TEST(donors, a_level_is_kept)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf blob = BUF_INIT(CEILING);
	scoped(buf_done) struct buf plain = BUF_INIT(CEILING);
	scoped(buf_done) struct buf out = BUF_INIT(CEILING);
	scoped(codec_donors_close) struct codec_donors *d = NULL;
	struct blobs blobs = { &blob, 0 };
	char *files = make_files(-1);
	pack(files, "gzip:1", 1, NULL, &blob);
	pack(files, "gzip:6", 1, NULL, &plain);
	assert_ok(codec_donors_new(&ops, &blobs, &d, &err), &err);
	assert_ok(codec_donors_add(d, 0, &err), &err);
	pack(files, "gzip:6", 1, d, &out);
	assert_true(str_eq(buf_str(&out), buf_str(&plain)));
	free(files);
}

/* What a donor says of itself is not believed: in each member one thing is
 * another than it should be, and the result is as without it. */
TEST(donors, lies_are_found)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf other = BUF_INIT(CEILING);
	scoped(buf_done) struct buf plain = BUF_INIT(CEILING);
	char *files = make_files(-1), *foreign = make_files(3);
	size_t at[FILES], at_o[FILES];
	uint32_t size[FILES];
	pack(files, "gzip:6", 1, NULL, &plain);
	pack(foreign, "gzip:6", 1, NULL, &other);
	size_t n = walk(&plain, at, size);
	assert_int_equal(walk(&other, at_o, size), n);
	for (int lie = 0; lie < 7; lie++) {
		scoped(buf_done) struct buf blob = BUF_INIT(CEILING);
		scoped(buf_done) struct buf out = BUF_INIT(CEILING);
		scoped(codec_donors_close) struct codec_donors *d = NULL;
		struct blobs blobs = { &blob, 0 };
		assert_ok(buf_add(&blob, plain.p, plain.n, &err), &err);
		char *member = blob.p + at[1];
		switch (lie) {
		case 0: /* another content under this one's checksum */
			buf_reset(&blob);
			assert_ok(buf_add(&blob, other.p, other.n, &err), &err);
			memcpy(blob.p + at_o[2] - GZIP_TRAILER,
			       plain.p + at[2] - GZIP_TRAILER, GZIP_TRAILER);
			break;
		case 1: /* damaged data */
			member[100] ^= 1;
			break;
		case 2: /* longer than the blob */
			memset(member + 16, 0xff, 4);
			break;
		case 3: /* shorter than its header */
			memset(member + 16, 0, 4);
			break;
		case 4: /* not where the next begins */
			member[16]++;
			break;
		case 5: /* cut off */
			blob.n = at[1] + 50;
			break;
		case 6: /* no member of ours */
			blob.p[3] = 0;
			break;
		}
		assert_ok(codec_donors_new(&ops, &blobs, &d, &err), &err);
		assert_ok(codec_donors_add(d, 0, &err), &err);
		pack(files, "gzip:6", 1, d, &out);
		assert_true(str_eq(buf_str(&out), buf_str(&plain)));
	}
	free(files);
	free(foreign);
}

TESTS_MAIN(unit(donors, members_end_where_files_begin),
	   unit(donors, large_files_are_cut_by_their_own_bytes),
	   unit(donors, members_with_the_same_content_are_copied),
	   unit(donors, a_level_is_kept), unit(donors, lies_are_found))
