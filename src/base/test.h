/* SPDX-License-Identifier: Apache-2.0 */
/* base/test.h - one way to write a unit test.
 *
 *	TEST(tar, negative_mtime) { ... assert_int_equal(...); }
 *	TESTS_MAIN(unit(tar, negative_mtime), unit(tar, gnu_long_name))
 */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef skip /* a macro of cmocka's; streams have a member of that name */

#include "base/err.h"

#define TEST(module, name) \
	static void test_##module##_##name(__attribute__((unused)) void **state)
#define unit(module, name)                                                  \
	{                                                                   \
#module "/" #name, test_##module##_##name, NULL, NULL, NULL \
	}
#define TESTS_MAIN(...)                                            \
	int main(void)                                             \
	{                                                          \
		const struct CMUnitTest tests[] = { __VA_ARGS__ }; \
		return cmocka_run_group_tests(tests, NULL, NULL);  \
	}

/* The call succeeded (>= 0); else its error text fails the test. */
#define assert_ok(call, err)                         \
	do {                                         \
		if ((call) < 0)                      \
			fail_msg("%s", (err)->text); \
	} while (0)
/* The call failed with this code and exactly this text; clears err. */
#define assert_fails(call, err, want_code, want_text)          \
	do {                                                   \
		assert_int_equal((call), -1);                  \
		assert_int_equal((err)->code, (want_code));    \
		assert_string_equal((err)->text, (want_text)); \
		err_clear(err);                                \
	} while (0)
