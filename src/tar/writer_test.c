/* SPDX-License-Identifier: Apache-2.0 */
#include "tar/writer.h"

#include <stdlib.h>

#include "tar/layout.h"
#include "tar/reader.h"
#include "base/test.h"

/* Writes one member with its content; *out is all of it. */
static void write_one(const struct tar_entry *e, struct str content,
		      struct buf *out)
{
	struct err err = { 0 };
	scoped(sink_close) struct sink *to = NULL;
	scoped(tar_writer_close) struct tar_writer *w = NULL;
	uint64_t want;
	assert_ok(tar_entry_bytes(e, &want, &err), &err);
	assert_ok(buf_sink_open(out, &to, &err), &err);
	assert_ok(tar_writer_open(to, &w, &err), &err);
	assert_ok(tar_write_entry(w, e, &err), &err);
	/* In two pieces: padding comes once. */
	size_t half = content.n / 2;
	assert_ok(tar_write_data(w, content.p, half, &err), &err);
	assert_ok(tar_write_data(w, content.p + half, content.n - half, &err),
		  &err);
	assert_ok(sink_finish(to, &err), &err);
	assert_int_equal(out->n, want);
	assert_int_equal(out->n % TAR_BLOCK_SIZE, 0);
}

static void assert_field(const char *field, size_t n, const char *want,
			 size_t want_n)
{
	assert_int_equal(n, want_n);
	assert_memory_equal(field, want, n);
}
#define FIELD(f, literal) assert_field((f), sizeof(f), literal, sizeof literal)

TEST(tar_writer, a_plain_file_is_one_ustar_header)
{
	(void)state;
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	write_one(&(struct tar_entry){ .name = STR("usr/bin/env"),
				       .mode = 04755,
				       .uid = 1000,
				       .gid = 07777777,
				       .mtime = { 1700000000, 0 },
				       .size = 5 },
		  STR("hello"), &b);
	assert_int_equal(b.n, 1024);
	const struct tar_raw_header *h = (const void *)b.p;
	assert_string_equal(h->name, "usr/bin/env");
	FIELD(h->mode, "0004755");
	FIELD(h->uid, "0001750");
	FIELD(h->gid, "7777777");
	FIELD(h->size, "00000000005");
	FIELD(h->mtime, "14524770400");
	FIELD(h->devmajor, "0000000");
	assert_int_equal(h->flag, '0');
	assert_memory_equal(h->magic, "ustar\00000", 8);
	assert_int_equal(h->uname[0], 0);
	assert_int_equal(h->prefix[0], 0);
	assert_memory_equal(b.p + 512, "hello\0", 6);
}

TEST(tar_writer, device_numbers_past_seven_digits_are_base256)
{
	(void)state;
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	write_one(&(struct tar_entry){ .name = STR("c"),
				       .type = TAR_CHAR,
				       .devmajor = 07777777,
				       .devminor = 0xfffffffe },
		  STR(""), &b);
	const struct tar_raw_header *h = (const void *)b.p;
	assert_int_equal(b.n, 512);
	FIELD(h->devmajor, "7777777");
	assert_memory_equal(h->devminor, "\x80\0\0\0\xff\xff\xff\xfe", 8);
}

/* n bytes of c, a slash after the first `at` (0: none). */
static struct str long_name(char *to, size_t n, size_t at)
{
	memset(to, 'n', n);
	if (at)
		to[at] = '/';
	return (struct str){ to, n };
}

TEST(tar_writer, names_are_split_when_ustar_holds_them)
{
	(void)state;
	static const struct {
		enum tar_type type;
		size_t n, slash, bytes;
	} t[] = {
		{ TAR_FILE, 100, 0, 512 },    { TAR_FILE, 101, 0, 1536 },
		{ TAR_FILE, 101, 1, 512 },    { TAR_FILE, 256, 155, 512 },
		{ TAR_FILE, 256, 156, 1536 }, { TAR_FILE, 256, 154, 1536 },
		{ TAR_DIR, 99, 0, 512 },      { TAR_DIR, 100, 0, 1536 },
		{ TAR_DIR, 255, 155, 512 },   { TAR_DIR, 256, 155, 1536 },
		{ TAR_FILE, 4096, 9, 5632 },
	};
	char name[4096];
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
		struct tar_entry e = { .type = t[i].type };
		e.name = long_name(name, t[i].n, t[i].slash);
		write_one(&e, STR(""), &b);
		assert_int_equal(b.n, t[i].bytes);
		const struct tar_raw_header *h = (const void *)b.p;
		if (b.n == 512 && t[i].n > 100)
			assert_int_equal(strnlen(h->prefix, 155), t[i].slash);
	}
}

TEST(tar_writer, records_count_their_own_length)
{
	(void)state;
	/* Around the lengths where a digit more changes the sum. */
	static const struct {
		size_t value, record;
	} t[] = { { 1, 25 },   { 75, 99 },   { 76, 101 },
		  { 77, 102 }, { 974, 999 }, { 975, 1001 } };
	char value[1024];
	memset(value, 'v', sizeof value);
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
		struct tar_xattr x = { STR("user.a"), { value, t[i].value } };
		write_one(&(struct tar_entry){ .name = STR("f"),
					       .xattrs = &x,
					       .n_xattrs = 1 },
			  STR(""), &b);
		assert_int_equal(strtoul(b.p + 512, NULL, 10), t[i].record);
		assert_int_equal(b.p[512 + t[i].record - 1], '\n');
		assert_int_equal(b.p[512 + t[i].record], 0);
	}
}

TEST(tar_writer, pax_says_what_ustar_cannot)
{
	(void)state;
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	char name[300];
	struct tar_xattr x[] = { { STR("security.capability"),
				   { "\1\0\0\2", 4 } },
				 { STR("user.z"), STR("=\n") } };
	long_name(name, 300, 0);
	name[0] = (char)0xff;
	write_one(&(struct tar_entry){ .name = { name, 300 },
				       .target = { name, 101 },
				       .type = TAR_SYMLINK,
				       .uid = 4294967294,
				       .gid = 2097152,
				       .mtime = { -2, 500000000 },
				       .xattrs = x,
				       .n_xattrs = 2 },
		  STR(""), &b);
	const char want[] = "21 hdrcharset=BINARY\n"
			    "310 path=\xff";
	const char behind[] = "18 uid=4294967294\n"
			      "15 gid=2097152\n"
			      "14 mtime=-1.5\n"
			      "41 SCHILY.xattr.security.capability=\1\0\0\2\n"
			      "26 SCHILY.xattr.user.z==\n\n";
	assert_string_equal(b.p, "PaxHeaders/\xffnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
				 "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
				 "nnnnnnnnnnnnnnn0000644");
	assert_memory_equal(b.p + 512, want, sizeof want - 1);
	assert_memory_equal(b.p + 512 + 21 + 310, "115 linkpath=\xff", 14);
	assert_memory_equal(b.p + 512 + 21 + 310 + 115, behind, sizeof behind);
	/* What cannot be said in the header is 0 there. */
	const struct tar_raw_header *h = (const void *)(b.p + b.n - 512);
	FIELD(h->uid, "0000000");
	FIELD(h->mtime, "00000000000");
}

TEST(tar_writer, a_sparse_file_is_pax_1_0)
{
	(void)state;
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	struct tar_region r[] = { { 4096, 3 }, { 9000000000, 2 } };
	write_one(&(struct tar_entry){ .name = STR("var/db"),
				       .size = 9663676416,
				       .is_sparse = true,
				       .sparse = r,
				       .n_sparse = 2 },
		  STR("abcde"), &b);
	assert_int_equal(b.n, 512 + 512 + 512 + 512 + 512);
	assert_string_equal(b.p, "PaxHeaders/db");
	assert_string_equal(b.p + 512, "22 GNU.sparse.major=1\n"
				       "22 GNU.sparse.minor=0\n"
				       "26 GNU.sparse.name=var/db\n"
				       "34 GNU.sparse.realsize=9663676416\n");
	assert_string_equal(b.p + 1024, "GNUSparseFile.0/db");
	assert_memory_equal(b.p + 1024 + 124, "00000001005", 12);
	assert_string_equal(b.p + 1536,
			    "3\n4096\n3\n9000000000\n2\n9663676416\n0\n");
	assert_string_equal(b.p + 2048, "abcde");
}

TEST(tar_writer, the_root_has_a_name)
{
	(void)state;
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	write_one(&(struct tar_entry){ .type = TAR_DIR }, STR(""), &b);
	assert_string_equal(b.p, "/");
}

TEST(tar_writer, what_tar_cannot_say_is_refused)
{
	(void)state;
	struct err err = { 0 };
	uint64_t n;
	struct tar_xattr equals = { STR("user.a=b"), STR("x") };
	struct tar_region late = { 5, 6 };
	struct tar_entry f = { .name = STR("f"), .n_xattrs = 1 };
	assert_fails(tar_entry_bytes(&(struct tar_entry){ .name = STR("f"),
							  .flag = 'V',
							  .type = TAR_OTHER },
				     &n, &err),
		     &err, ERR_UNSUPPORTED,
		     "tar member \"f\": cannot write a member of type 'V'");
	assert_fails(tar_entry_bytes(&(struct tar_entry){ 0 }, &n, &err), &err,
		     ERR_CORRUPT, "tar member \"\": a member without a name");
	assert_fails(
		tar_entry_bytes(&(struct tar_entry){ .name = { "a\0b", 3 } },
				&n, &err),
		&err, ERR_CORRUPT,
		"tar member \"a\\x00b\": name \"a\\x00b\" holds a NUL byte");
	f.xattrs = &equals;
	assert_fails(tar_entry_bytes(&f, &n, &err), &err, ERR_UNSUPPORTED,
		     "tar member \"f\": PAX cannot name the attribute "
		     "\"user.a=b\"");
	assert_fails(tar_entry_bytes(&(struct tar_entry){ .name = STR("f"),
							  .size = 10,
							  .is_sparse = true,
							  .sparse = &late,
							  .n_sparse = 1 },
				     &n, &err),
		     &err, ERR_CORRUPT,
		     "tar member \"f\": sparse region 0 is out of order");
}

TEST(tar_writer, an_archive_ends_with_two_zero_blocks)
{
	(void)state;
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	scoped(sink_close) struct sink *to = NULL;
	scoped(tar_writer_close) struct tar_writer *w = NULL;
	assert_ok(buf_sink_open(&b, &to, &err), &err);
	assert_ok(tar_writer_open(to, &w, &err), &err);
	assert_ok(tar_write_end(w, &err), &err);
	assert_int_equal(b.n, 1024);
	for (size_t i = 0; i < b.n; i++)
		assert_int_equal(b.p[i], 0);
}

/* The header alone comes first, and the size is known last: no room for PAX. */
TEST(tar_writer, a_file_of_any_size_in_one_block)
{
	static const uint64_t sizes[] = { 0, 077777777777, 0100000000000,
					  (1ull << 60) + 7 };
	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct err err = { 0 };
		scoped(stream_close) struct stream *in = NULL;
		scoped(tar_close) struct tar_reader *t = NULL;
		struct limits lim = limits_default;
		union tar_block b;
		struct tar_entry e;
		lim.layer_max = lim.blob_max = INT64_MAX;
		assert_ok(tar_file_block(STR("a/b"), sizes[i], &b, &err), &err);
		assert_memory_equal(
			b.h.magic, sizes[i] > 077777777777 ? "ustar " : "ustar",
			6);
		assert_ok(mem_open(&b, sizeof b, &in, &err), &err);
		assert_ok(tar_open(in, &lim, &t, &err), &err);
		assert_int_equal(tar_next(t, &e, &err), 1);
		assert_int_equal(e.size, sizes[i]);
		assert_int_equal(e.mode, 0644);
		assert_true(str_eqz(e.name, "a/b"));
	}
	char name[100];
	struct err err = { 0 };
	union tar_block b;
	memset(name, 'n', sizeof name);
	assert_int_equal(
		tar_file_block((struct str){ name, sizeof name }, 1, &b, &err),
		-1);
	assert_int_equal(err.code, ERR_CORRUPT);
}

TESTS_MAIN(unit(tar_writer, a_plain_file_is_one_ustar_header),
	   unit(tar_writer, device_numbers_past_seven_digits_are_base256),
	   unit(tar_writer, names_are_split_when_ustar_holds_them),
	   unit(tar_writer, records_count_their_own_length),
	   unit(tar_writer, pax_says_what_ustar_cannot),
	   unit(tar_writer, a_sparse_file_is_pax_1_0),
	   unit(tar_writer, the_root_has_a_name),
	   unit(tar_writer, what_tar_cannot_say_is_refused),
	   unit(tar_writer, an_archive_ends_with_two_zero_blocks),
	   unit(tar_writer, a_file_of_any_size_in_one_block))
