/* SPDX-License-Identifier: Apache-2.0 */
#include "base/err.h"

#include <errno.h>
#include <string.h>

#include "base/test.h"

TEST(err, set_and_context)
{
	(void)state;
	struct err err = { 0 };
	assert_int_equal(err_set(&err, ERR_LIMIT, "%d bytes", 7), -1);
	assert_int_equal(err_ctx(&err, "entry %d", 3), -1);
	assert_int_equal(err_ctx(&err, "layer %s", "x"), -1);
	assert_string_equal(err.text, "layer x: entry 3: 7 bytes");
	assert_int_equal(err.code, ERR_LIMIT);
	assert_int_equal(err.sys, 0);
	err_clear(&err);
	assert_int_equal(err.code, ERR_NONE);
	assert_string_equal(err.text, "");
}

TEST(err, sys)
{
	(void)state;
	static const struct {
		int sys;
		enum err_code code;
	} cases[] = { { ENOENT, ERR_NOT_FOUND },
		      { ENOMEM, ERR_NOMEM },
		      { EACCES, ERR_IO } };
	for (size_t i = 0; i < 3; i++) {
		struct err err = { 0 };
		errno = cases[i].sys;
		assert_int_equal(err_sys(&err, "f"), -1);
		assert_int_equal(err.code, cases[i].code);
		assert_int_equal(err.sys, cases[i].sys);
	}
}

TEST(err, long_texts_are_cut)
{
	(void)state;
	struct err err = { 0 };
	char text[2000];
	memset(text, 'x', sizeof text);
	text[sizeof text - 1] = 0;
	err_set(&err, ERR_IO, "%s", text);
	assert_int_equal(strlen(err.text), sizeof err.text - 1);
	err_ctx(&err, "ctx");
	assert_memory_equal(err.text, "ctx: xxx", 8);
	assert_int_equal(strlen(err.text), sizeof err.text - 1);
}

TEST(err, nomem)
{
	(void)state;
	struct err err = { 0 };
	assert_fails(err_nomem(&err, 12), &err, ERR_NOMEM,
		     "out of memory (12 bytes)");
}

TESTS_MAIN(unit(err, set_and_context), unit(err, sys),
	   unit(err, long_texts_are_cut), unit(err, nomem))
