/* SPDX-License-Identifier: Apache-2.0 */
/* What fixtures cannot say: limits, errors that stay, content left unread. */
#include "tar/reader.h"

#include <stdio.h>
#include <stdlib.h>

#include "tar/dump.h"
#include "base/test.h"

#ifndef TAR_FIXTURES
#define TAR_FIXTURES "tests/fixtures/tar"
#endif

static void read_fixture(const char *name, struct buf *b)
{
	struct err err = { 0 };
	char path[512], part[4096];
	size_t n;
	snprintf(path, sizeof path, "%s/%s.tar", TAR_FIXTURES, name);
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		assert_ok(buf_add(b, part, n, &err), &err);
	fclose(f);
}

/* Reads to the end or to the error; returns the members seen. */
static unsigned walk(const char *fixture, const struct limits *lim,
		     struct err *err)
{
	struct err own = { 0 };
	struct tar_entry e;
	unsigned n = 0;
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	scoped(stream_close) struct stream *in = NULL;
	scoped(tar_close) struct tar_reader *t = NULL;
	read_fixture(fixture, &b);
	assert_ok(mem_open(b.p, b.n, &in, &own), &own);
	assert_ok(tar_open(in, lim, &t, &own), &own);
	while (tar_next(t, &e, err) > 0)
		n++;
	/* Either way it stays so. */
	int again = tar_next(t, &e, &own);
	assert_int_equal(again, err->code ? -1 : 0);
	assert_string_equal(own.text, err->text);
	return n;
}

TEST(tar_reader, limits_name_what_was_seen)
{
	(void)state;
	static const struct {
		const char *fixture, *assignment;
		unsigned members;     /* read before the limit; fine at +1 */
		const char *limit_at; /* the smallest value that suffices */
		const char *text;
	} t[] = {
		{ "good-types", "entries=7", 7, "entries=8",
		  "tar entry 7 at 3584: 8 tar members in all layers of one "
		  "image, over the limit of 7 (raise it with --limit "
		  "entries=N)" },
		{ "good-pax-path", "pax=250", 0, "pax=256",
		  "tar entry 0 at 0: 251 bytes of one tar extended header, "
		  "over the limit of 250 (raise it with --limit pax=N)" },
		{ "good-pax-xattrs", "xattr=19", 0, "xattr=20",
		  "tar entry 0 at 0: 20 bytes of one extended attribute, over "
		  "the limit of 19 (raise it with --limit xattr=N)" },
		{ "good-sparse-gnu-extended", "sparse=26", 0, "sparse=27",
		  "tar entry 0 at 0: 27 regions of one sparse file, over the "
		  "limit of 26 (raise it with --limit sparse=N)" },
		{ "good-sparse-1.0-long-map", "sparse=149", 0, "sparse=150",
		  "tar entry 0 at 0: 150 regions of one sparse file, over the "
		  "limit of 149 (raise it with --limit sparse=N)" },
		{ "good-sparse-0.0", "sparse=1", 0, "sparse=2",
		  "tar entry 0 at 0: 2 regions of one sparse file, over the "
		  "limit of 1 (raise it with --limit sparse=N)" },
		{ "good-sparse-gnu", "sparse_size=5012", 2, "sparse_size=5013",
		  "tar entry 2 at 2048: 5013 logical bytes of the sparse "
		  "files of a layer, over the limit of 5012 (raise it with "
		  "--limit sparse_size=N)" },
	};
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct limits lim = limits_default;
		struct err err = { 0 };
		assert_ok(limits_set(&lim, str_of(t[i].assignment), &err),
			  &err);
		assert_int_equal(walk(t[i].fixture, &lim, &err), t[i].members);
		assert_int_equal(err.code, ERR_LIMIT);
		assert_string_equal(err.text, t[i].text);
		err_clear(&err);
		assert_ok(limits_set(&lim, str_of(t[i].limit_at), &err), &err);
		walk(t[i].fixture, &lim, &err);
		assert_string_equal(err.text, "");
	}
}

/* A header block whose checksum holds. */
static void put_header(struct buf *b, const char *name, char flag, size_t size)
{
	struct err err = { 0 };
	char h[512] = { 0 };
	unsigned sum = 0;
	snprintf(h, 100, "%s", name);
	snprintf(h + 124, 12, "%011zo", size);
	memset(h + 148, ' ', 8);
	h[156] = flag;
	for (size_t i = 0; i < sizeof h; i++)
		sum += (unsigned char)h[i];
	snprintf(h + 148, 8, "%06o", sum);
	assert_ok(buf_add(b, h, sizeof h, &err), &err);
}

/* A GNU long name of n bytes and its NUL, then a member. */
static void read_long_name(size_t n, const struct limits *lim, struct err *err)
{
	struct err own = { 0 };
	struct tar_entry e;
	char *room;
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	scoped(stream_close) struct stream *in = NULL;
	scoped(tar_close) struct tar_reader *t = NULL;
	size_t padded = (n + 1 + 511) & ~(size_t)511;
	put_header(&b, "L", 'L', n + 1);
	assert_ok(buf_room(&b, padded, &room, &own), &own);
	memset(room, 0, padded);
	memset(room, 'n', n);
	b.n += padded;
	put_header(&b, "f", '0', 0);
	assert_ok(mem_open(b.p, b.n, &in, &own), &own);
	assert_ok(tar_open(in, lim, &t, &own), &own);
	int r = tar_next(t, &e, err);
	assert_int_equal(r, err->code ? -1 : 1);
	if (r > 0)
		assert_int_equal(e.name.n, n);
}

TEST(tar_reader, long_names_are_capped)
{
	(void)state;
	struct err err = { 0 };
	read_long_name(4096, &limits_default, &err);
	read_long_name(4096 + 511, &limits_default, &err);
	assert_string_equal(err.text, "");
	read_long_name(4096 + 512, &limits_default, &err);
	assert_int_equal(err.code, ERR_LIMIT);
	assert_string_equal(err.text,
			    "tar entry 0 at 0: 4609 bytes of a path, over the "
			    "limit of 4096 (raise it with --limit path=N)");
}

TEST(tar_reader, content_may_be_left_anywhere)
{
	(void)state;
	struct err err = { 0 };
	struct tar_entry e;
	struct tar_run run;
	/* So many runs of each member, then on to the next. */
	for (unsigned runs = 0; runs < 6; runs++) {
		scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
		scoped(stream_close) struct stream *in = NULL;
		scoped(tar_close) struct tar_reader *t = NULL;
		read_fixture("good-sparse-1.0", &b);
		assert_ok(drip_open(buf_str(&b), &in, &err), &err);
		assert_ok(tar_open(in, &limits_default, &t, &err), &err);
		unsigned n = 0;
		int r;
		while ((r = tar_next(t, &e, &err)) > 0) {
			n++;
			for (unsigned i = 0; i < runs; i++)
				assert_ok(tar_content(t, &run, &err), &err);
		}
		assert_ok(r, &err);
		assert_int_equal(n, 4);
		assert_int_equal(tar_content(t, &run, &err), 0);
	}
}

/* A stream that shows two blocks and then fails. */
static int broken_peek(struct stream *s, size_t want, const uint8_t **p,
		       size_t *n, struct err *err)
{
	(void)s;
	(void)want;
	(void)p;
	(void)n;
	return err_set(err, ERR_IO, "the disk is gone");
}

TEST(tar_reader, a_streams_own_error_passes_as_it_is)
{
	(void)state;
	static const struct stream_ops ops = { .peek = broken_peek };
	struct stream broken = { .ops = &ops };
	struct err err = { 0 };
	struct tar_entry e;
	scoped(tar_close) struct tar_reader *t = NULL;
	assert_ok(tar_open(&broken, &limits_default, &t, &err), &err);
	assert_fails(tar_next(t, &e, &err), &err, ERR_IO, "the disk is gone");
	assert_fails(tar_next(t, &e, &err), &err, ERR_IO, "the disk is gone");
}

TEST(tar_reader, cut_content_is_told_where_it_is_read)
{
	(void)state;
	struct err err = { 0 };
	struct tar_entry e;
	struct tar_run run;
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	scoped(stream_close) struct stream *in = NULL;
	scoped(tar_close) struct tar_reader *t = NULL;
	read_fixture("bad-end-within-content", &b);
	assert_ok(mem_open(b.p, b.n, &in, &err), &err);
	assert_ok(tar_open(in, &limits_default, &t, &err), &err);
	assert_ok(tar_next(t, &e, &err), &err);
	assert_ok(tar_next(t, &e, &err), &err);
	assert_int_equal(tar_content(t, &run, &err), 1);
	assert_int_equal(run.n, 600);
	assert_fails(tar_content(t, &run, &err), &err, ERR_CORRUPT,
		     "tar entry 1 at 1024: the archive ends within the "
		     "content");
	assert_int_equal(tar_next(t, &e, &err), -1);
}

TESTS_MAIN(unit(tar_reader, limits_name_what_was_seen),
	   unit(tar_reader, long_names_are_capped),
	   unit(tar_reader, content_may_be_left_anywhere),
	   unit(tar_reader, a_streams_own_error_passes_as_it_is),
	   unit(tar_reader, cut_content_is_told_where_it_is_read))
