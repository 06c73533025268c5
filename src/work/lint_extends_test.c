/* SPDX-License-Identifier: Apache-2.0 */
#include "work/lint_extends.h"

#include <stdio.h>
#include <stdlib.h>

#include "layer/testsource.h"
#include "base/test.h" /* last: cmocka defines skip */

/* Of "x". */
static const char sum[] =
	"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";

TEST(lint_extends, kept_by_its_sum)
{
	IN_NEW_PLACE;
	scoped(buf_done) struct buf out = BUF_INIT(100);
	struct err err = { 0 };
	char here[4096];
	assert_non_null(realpath(".", here));
	setenv("PARE_CACHE_DIR", here, 1);
	assert_int_equal(work_lint_pulled_read(str_of(sum), &out, &err), 0);
	assert_int_equal(work_lint_pulled_keep(str_of(sum), STR("y"), &err),
			 -1);
	assert_int_equal(err.code, ERR_CORRUPT);
	err_clear(&err);
	assert_ok(work_lint_pulled_keep(str_of(sum), STR("x"), &err), &err);
	assert_int_equal(work_lint_pulled_read(str_of(sum), &out, &err), 1);
	assert_int_equal(out.n, 1);
}

/* Whatever a URL's content says of paths is of nobody's disk. */
static int give(void *self, const struct lint_extends *e, struct buf *out,
		struct err *err)
{
	(void)e;
	return buf_str_add(out, str_of(self), err);
}

TEST(lint_extends, by_url)
{
	static const struct {
		const char *gives, *error;
	} rows[] = {
		{ "lint: {ignore: [DL3006]}", NULL },
		{ "extends: /etc/passwd",
		  "c.yaml: line 1: what a URL names cannot extend a path, only "
		  "another URL" },
		{ "lint: {no: 1}",
		  "c.yaml: http://x/y: line 1: lint has no key no (did you "
		  "mean no-fail?)" },
	};
	char text[300];
	snprintf(text, sizeof text, "extends: http://x/y#sha256=%s\n", sum);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(work_lint_bases_done) struct work_lint_bases s = {
			.pull = give, .pull_self = (void *)rows[i].gives
		};
		scoped(lint_config_done) struct lint_config c = { 0 };
		struct err err = { 0 };
		int r = work_lint_config_load(&s, "c.yaml", true, str_of(text),
					      &c, &err);
		assert_string_equal(err.text,
				    rows[i].error ? rows[i].error : "");
		assert_int_equal(r, rows[i].error ? -1 : 0);
		if (r == 0)
			assert_int_equal(c.choice.n_ignore, 1);
	}
}

TESTS_MAIN(unit(lint_extends, kept_by_its_sum), unit(lint_extends, by_url))
