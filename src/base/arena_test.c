/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdalign.h>

#include "base/test.h"

TEST(arena, aligned_zeroed_apart)
{
	(void)state;
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	char *last = NULL;
	for (size_t i = 1; i < 3000; i++) {
		size_t n = i % 7 == 0 ? i * 5 : i % 50 + 1;
		char *p = arena_alloc(&a, n, &err);
		assert_non_null(p);
		assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
		for (size_t k = 0; k < n; k++)
			assert_int_equal(p[k], 0);
		memset(p, 0xaa, n);
		assert_ptr_not_equal(p, last);
		last = p;
	}
}

TEST(arena, strings_end_with_nul)
{
	(void)state;
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	struct str s;
	assert_ok(arena_str(&a, STR("a\0b"), &s, &err), &err);
	assert_int_equal(s.n, 3);
	assert_memory_equal(s.p, "a\0b", 4);
	assert_ok(arena_str(&a, (struct str){ 0 }, &s, &err), &err);
	assert_int_equal(s.n, 0);
	assert_int_equal(s.p[0], 0);
}

TEST(arena, larger_than_a_chunk)
{
	(void)state;
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	char *p = arena_bytes(&a, 1 << 20, &err);
	assert_non_null(p);
	memset(p, 1, 1 << 20);
	assert_non_null(arena_bytes(&a, 1, &err));
}

TEST(arena, ceiling_and_overflow)
{
	(void)state;
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { .max = 100 };
	assert_non_null(arena_bytes(&a, 100, &err));
	assert_null(arena_bytes(&a, 1, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	assert_string_equal(err.text, "a document needs over 100 bytes");
	err_clear(&err);
	assert_null(arena_array(&a, SIZE_MAX / 2, 3, &err));
	assert_int_equal(err.code, ERR_NOMEM);
	err_clear(&err);
	struct str s, huge = { "", SIZE_MAX };
	assert_int_equal(arena_str(&a, huge, &s, &err), -1);
	assert_int_equal(err.code, ERR_NOMEM);
}

TESTS_MAIN(unit(arena, aligned_zeroed_apart), unit(arena, strings_end_with_nul),
	   unit(arena, larger_than_a_chunk), unit(arena, ceiling_and_overflow))
