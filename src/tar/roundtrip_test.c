/* SPDX-License-Identifier: Apache-2.0 */
/* Random members: what is written is read back equal. */
#include <stdio.h>
#include <stdlib.h>

#include "tar/dump.h"
#include "tar/writer.h"
#include "base/test.h"

enum { MEMBERS = 40, SEEDS = 200, NAME_ROOM = 700, XATTRS = 3, REGIONS = 60 };

/* xorshift64*: the same numbers everywhere. */
static uint64_t next_random(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * 0x2545f4914f6cdd1d;
}

static uint64_t below(uint64_t *state, uint64_t n)
{
	return next_random(state) % n;
}

/* One member with all that it borrows. */
struct sample {
	struct tar_entry e;
	char name[NAME_ROOM], target[NAME_ROOM];
	struct tar_xattr xattrs[XATTRS];
	char xattr_names[XATTRS][32], values[XATTRS][40];
	struct tar_region regions[REGIONS];
	uint64_t data; /* bytes of content to write */
};

/* Any bytes but NUL, often a slash. */
static struct str random_name(uint64_t *state, char *to)
{
	static const uint64_t sizes[] = { 12, 110, 270, NAME_ROOM };
	size_t n = 1 + below(state, sizes[below(state, 4)] - 1);
	for (size_t i = 0; i < n; i++)
		to[i] = below(state, 12) ? (char)(1 + below(state, 255)) : '/';
	if (to[n - 1] == '/')
		to[n - 1] = 'x';
	return (struct str){ to, n };
}

/* Mostly what fits ustar, sometimes what does not. */
static uint32_t random_id(uint64_t *state)
{
	uint64_t r = next_random(state);
	return (uint32_t)(r % 3 ? r >> 8 & 0xffff : r >> 8);
}

static void random_xattrs(uint64_t *state, struct sample *s)
{
	s->e.n_xattrs = below(state, 3) ? 0 : 1 + below(state, XATTRS);
	for (size_t i = 0; i < s->e.n_xattrs; i++) {
		snprintf(s->xattr_names[i], 32, "user.%zu", i);
		size_t n = below(state, 41);
		for (size_t k = 0; k < n; k++)
			s->values[i][k] = (char)next_random(state);
		s->xattrs[i].name = str_of(s->xattr_names[i]);
		s->xattrs[i].value = (struct str){ s->values[i], n };
	}
	s->e.xattrs = s->e.n_xattrs ? s->xattrs : NULL;
}

static void random_content(uint64_t *state, struct sample *s)
{
	s->e.size = s->data = below(state, 3) ? below(state, 1200) : 0;
	s->e.payload = s->e.size;
	if (below(state, 4))
		return;
	s->e.is_sparse = true;
	s->e.sparse = s->regions;
	s->e.n_sparse = below(state, REGIONS);
	s->data = 0;
	uint64_t end = 0;
	for (size_t i = 0; i < s->e.n_sparse; i++) {
		/* A hole, so that regions do not touch; none in front. */
		uint64_t hole = (i > 0) + below(state, 2) * below(state, 9999);
		struct tar_region r = { end + hole, 1 + below(state, 50) };
		s->regions[i] = r;
		end = r.offset + r.size;
		s->data += r.size;
	}
	s->e.size = end + (below(state, 2) ? below(state, 1ull << 34) : 0);
}

static void random_sample(uint64_t *state, struct sample *s)
{
	memset(s, 0, sizeof *s);
	s->e.type = (enum tar_type)below(state, TAR_OTHER);
	s->e.name = random_name(state, s->name);
	s->e.mode = (uint32_t)below(state, 010000);
	s->e.uid = random_id(state);
	s->e.gid = random_id(state);
	s->e.mtime.s = (int64_t)next_random(state) >> below(state, 64);
	if (below(state, 2))
		s->e.mtime.ns = (uint32_t)below(state, INSTANT_NS);
	if (s->e.type == TAR_HARDLINK || s->e.type == TAR_SYMLINK)
		s->e.target = random_name(state, s->target);
	if (s->e.type == TAR_CHAR || s->e.type == TAR_BLOCK) {
		s->e.devmajor = random_id(state);
		s->e.devminor = random_id(state);
	}
	random_xattrs(state, s);
	if (s->e.type == TAR_FILE)
		random_content(state, s);
}

static char content_byte(uint64_t seed, uint64_t number, uint64_t i)
{
	return (char)(1 + (seed * 31 + number * 7 + i) % 255);
}

static void write_sample(struct tar_writer *w, const struct sample *s,
			 uint64_t seed, uint64_t number, struct buf *b)
{
	struct err err = { 0 };
	uint64_t want, before = b->n;
	assert_ok(tar_entry_bytes(&s->e, &want, &err), &err);
	assert_ok(tar_write_entry(w, &s->e, &err), &err);
	for (uint64_t i = 0; i < s->data; i++) {
		char c = content_byte(seed, number, i);
		assert_ok(tar_write_data(w, &c, 1, &err), &err);
	}
	assert_int_equal(b->n - before, want);
}

static void assert_str(struct str got, struct str want)
{
	assert_int_equal(got.n, want.n);
	if (want.n)
		assert_memory_equal(got.p, want.p, want.n);
}

static void assert_entry(const struct tar_entry *got,
			 const struct tar_entry *want)
{
	assert_int_equal(got->type, want->type);
	if (want->type == TAR_DIR) {
		assert_int_equal(got->name.p[got->name.n - 1], '/');
		assert_str((struct str){ got->name.p, got->name.n - 1 },
			   want->name);
	} else {
		assert_str(got->name, want->name);
	}
	assert_str(got->target, want->target);
	assert_int_equal(got->mode, want->mode);
	assert_int_equal(got->uid, want->uid);
	assert_int_equal(got->gid, want->gid);
	assert_true(instant_eq(got->mtime, want->mtime));
	assert_int_equal(got->devmajor, want->devmajor);
	assert_int_equal(got->devminor, want->devminor);
	assert_int_equal(got->size, want->size);
	assert_int_equal(got->is_sparse, want->is_sparse);
	assert_int_equal(got->n_sparse, want->n_sparse);
	if (want->n_sparse)
		assert_memory_equal(got->sparse, want->sparse,
				    want->n_sparse * sizeof *want->sparse);
	assert_int_equal(got->n_xattrs, want->n_xattrs);
	for (size_t i = 0; i < want->n_xattrs; i++) {
		assert_str(got->xattrs[i].name, want->xattrs[i].name);
		assert_str(got->xattrs[i].value, want->xattrs[i].value);
	}
}

static void assert_content(struct tar_reader *t, const struct sample *s,
			   uint64_t seed, uint64_t number)
{
	struct err err = { 0 };
	struct tar_run run;
	uint64_t total = 0, data = 0;
	int r;
	while ((r = tar_content(t, &run, &err)) > 0) {
		for (uint64_t i = 0; run.p && i < run.n; i++, data++)
			assert_int_equal((char)run.p[i],
					 content_byte(seed, number, data));
		total += run.n;
	}
	assert_ok(r, &err);
	assert_int_equal(total, s->e.size);
	assert_int_equal(data, s->data);
}

static void write_all(const struct sample *s, uint64_t seed, struct buf *b)
{
	struct err err = { 0 };
	scoped(sink_close) struct sink *to = NULL;
	scoped(tar_writer_close) struct tar_writer *w = NULL;
	assert_ok(buf_sink_open(b, &to, &err), &err);
	assert_ok(tar_writer_open(to, &w, &err), &err);
	for (uint64_t i = 0; i < MEMBERS; i++)
		write_sample(w, &s[i], seed, i, b);
	assert_ok(tar_write_end(w, &err), &err);
	assert_ok(sink_finish(to, &err), &err);
}

static void read_all(const struct sample *s, uint64_t seed, struct stream *in,
		     uint64_t size)
{
	struct err err = { 0 };
	struct tar_entry e;
	scoped(tar_close) struct tar_reader *t = NULL;
	assert_ok(tar_open(in, &limits_default, &t, &err), &err);
	for (uint64_t i = 0; i < MEMBERS; i++) {
		assert_ok(tar_next(t, &e, &err), &err);
		assert_entry(&e, &s[i].e);
		assert_int_equal(e.number, i);
		/* Every fifth is skipped. */
		if (i % 5)
			assert_content(t, &s[i], seed, i);
	}
	assert_int_equal(tar_next(t, &e, &err), 0);
	assert_int_equal(tar_next(t, &e, &err), 0);
	assert_int_equal(tar_offset(t), size);
}

TEST(tar, what_is_written_is_read_back)
{
	(void)state;
	struct err err = { 0 };
	struct sample *s = calloc(MEMBERS, sizeof *s);
	assert_non_null(s);
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		uint64_t random = seed * 0x9e3779b97f4a7c15;
		scoped(buf_done) struct buf b = BUF_INIT(1 << 24);
		scoped(buf_done) struct buf again = BUF_INIT(1 << 24);
		scoped(stream_close) struct stream *in = NULL;
		for (size_t i = 0; i < MEMBERS; i++)
			random_sample(&random, &s[i]);
		write_all(s, seed, &b);
		write_all(s, seed, &again);
		assert_true(str_eq(buf_str(&b), buf_str(&again)));
		if (seed % 2)
			assert_ok(mem_open(b.p, b.n, &in, &err), &err);
		else
			assert_ok(drip_open(buf_str(&b), &in, &err), &err);
		read_all(s, seed, in, b.n);
	}
	free(s);
}

TESTS_MAIN(unit(tar, what_is_written_is_read_back))
