/* SPDX-License-Identifier: Apache-2.0 */
#include "layer/record.h"

#include <stdlib.h>

#include "base/test.h" /* last: cmocka defines skip */

static const uint8_t sum[32] = { 1, 2, 3 };

static struct index_record file_at(const char *path, uint64_t offset)
{
	return (struct index_record){
		.path = str_of(path),
		.type = TAR_FILE,
		.mode = 0644,
		.mtime = { -5, 7 },
		.size = 3,
		.payload = 3,
		.offset = offset,
		.end = offset + 1024,
		.sha256 = sum,
	};
}

static void put(struct buf *b, const struct index_record *r,
		struct record_state *s)
{
	struct err err = { 0 };
	assert_ok(layer_record_put(b, r, s, &err), &err);
}

/* A name is coded against the one before, an equal time not at all. */
TEST(record, what_is_put_comes_back)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(1 << 16);
	scoped(layer_record_state_done) struct record_state
		to = RECORD_STATE_INIT,
		from = RECORD_STATE_INIT;
	struct index_record first = file_at("usr/lib/a", 0), got;
	struct index_record second = file_at("usr/lib/bc", 1024);
	put(&b, &first, &to);
	size_t n = b.n;
	put(&b, &second, &to);
	assert_true(b.n - n < n);
	struct cur c = cur_of(b.p, b.n);
	assert_ok(layer_record_get(&c, &from, &got, &err), &err);
	assert_true(str_eqz(got.path, "usr/lib/a"));
	assert_ok(layer_record_get(&c, &from, &got, &err), &err);
	assert_true(str_eqz(got.path, "usr/lib/bc"));
	assert_true(instant_eq(got.mtime, second.mtime));
	assert_int_equal(got.offset, 1024);
	assert_int_equal(got.end, 2048);
	assert_memory_equal(got.sha256, sum, 32);
	assert_ptr_equal(c.p, c.end);
}

/* Cut anywhere, a record is refused; the copy lets a sanitizer see a read past
 * its end. */
TEST(record, a_cut_is_found)
{
	scoped(buf_done) struct buf b = BUF_INIT(1 << 16);
	scoped(layer_record_state_done) struct record_state to =
		RECORD_STATE_INIT;
	struct index_record r = file_at("a", 0), got;
	put(&b, &r, &to);
	for (size_t n = 0; n < b.n; n++) {
		struct err err = { 0 };
		scoped(layer_record_state_done) struct record_state s =
			RECORD_STATE_INIT;
		char *p = malloc(n + 1);
		assert_non_null(p);
		memcpy(p, b.p, n);
		struct cur c = cur_of(p, n);
		assert_int_equal(layer_record_get(&c, &s, &got, &err), -1);
		assert_int_equal(err.code, ERR_CORRUPT);
		free(p);
	}
}

/* The second record shares eight bytes with a path that is not there. */
TEST(record, a_prefix_of_nothing_is_refused)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(1 << 16);
	scoped(layer_record_state_done) struct record_state
		to = RECORD_STATE_INIT,
		from = RECORD_STATE_INIT;
	struct index_record first = file_at("usr/lib/a", 0), got;
	struct index_record second = file_at("usr/lib/b", 1024);
	put(&b, &first, &to);
	size_t n = b.n;
	put(&b, &second, &to);
	struct cur c = cur_of(b.p + n, b.n - n);
	assert_fails(layer_record_get(&c, &from, &got, &err), &err, ERR_CORRUPT,
		     "layer index: the record of the member at 0 is broken");
}

TEST(record, xattrs_come_back_in_order)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(1 << 10);
	const struct tar_xattr v[] = { { STR("user.a"), STR("1") },
				       { STR("user.b"), STR("") } };
	struct str name, value;
	assert_ok(layer_xattr_code(v, 2, &b, &err), &err);
	struct cur c = cur_of(b.p, b.n);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(layer_xattr_next(&c, &name, &value), 1);
		assert_true(str_eq(name, v[i].name));
		assert_true(str_eq(value, v[i].value));
	}
	assert_int_equal(layer_xattr_next(&c, &name, &value), 0);
}

TESTS_MAIN(unit(record, what_is_put_comes_back), unit(record, a_cut_is_found),
	   unit(record, a_prefix_of_nothing_is_refused),
	   unit(record, xattrs_come_back_in_order))
