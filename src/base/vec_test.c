/* SPDX-License-Identifier: Apache-2.0 */
#include "base/vec.h"

#include <stdlib.h>

#include "base/macros.h"
#include "base/test.h" /* last: cmocka defines skip */

static void free_v(void **v)
{
	free(*v);
}

TEST(vec, grows_and_keeps)
{
	struct err err = { 0 };
	scoped(free_v) void *p = NULL;
	uint32_t cap = 0;
	for (uint32_t i = 0; i < 1000; i++) {
		assert_ok(vec_room(&p, i, &cap, sizeof(uint32_t), &err), &err);
		assert_true(cap > i);
		((uint32_t *)p)[i] = i;
	}
	for (uint32_t i = 0; i < 1000; i++)
		assert_int_equal(((uint32_t *)p)[i], i);
}

TEST(vec, too_large_is_no_memory)
{
	struct err err = { 0 };
	void *p = NULL;
	uint32_t cap = UINT32_MAX - 1;
	assert_int_equal(vec_room(&p, cap, &cap, 8, &err), -1);
	assert_int_equal(err.code, ERR_NOMEM);
	assert_int_equal(cap, UINT32_MAX - 1);
	assert_null(p);
}

TESTS_MAIN(unit(vec, grows_and_keeps), unit(vec, too_large_is_no_memory))
