/* SPDX-License-Identifier: Apache-2.0 */
#include "report/list.h"

#include "layer/testsource.h"
#include "report/testreport.h"
#include "work/testwork.h"
#include "base/test.h" /* last: cmocka defines skip */

/* Every type, set-id bits with and without x, xattrs, a hard link, times with
 * and without a fraction and before 1970, and a name that a terminal would
 * obey. */
static const struct testspec spec = {
	.layers = { "d d m1777 o0:50; d e m1700; f f #1234 m4755 t1000000000; "
		    "f g m6644 xuser.a:1 t-1; h h >f; l l >../f\\x1b m777; "
		    "c c v1:3 m666; b b v8:16; p p",
		    "f \\x1b[2J\\xff =x t1.500000000" },
};

static void expect(const char *name, const char *path, bool in_full)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	scoped(work_list_done) struct work_list list = { 0 };
	const struct work_list_options opt = { "oci:img:1", path, in_full };
	const struct report_list r = { &list, in_full };
	const struct text_style style = { .width = 80 };
	const struct report_format *f;
	testwork_open(&t, NULL);
	testsource_oci("img", &spec, 1, false, "1");
	assert_ok(work_list_run(&t.s, &opt, &list, &err), &err);
	for (size_t i = 0; (f = report_format_at(REPORT_LIST, i)); i++) {
		scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
		assert_ok(f->list(&r, &style, &out, &err), &err);
		testreport_expect(REPORT_FIXTURES, name, f->name, &out);
	}
}

TEST(list, every_format)
{
	expect("list", "/", false);
	expect("list-long", "/", true);
	expect("list-link", "l", true);
}

TEST(list, times_that_no_calendar_has)
{
	static const struct {
		struct instant at;
		const char *text;
	} cases[] = {
		{ { 0, 0 }, "1970-01-01T00:00:00Z" },
		{ { 0, 5 }, "1970-01-01T00:00:00.000000005Z" },
		{ { -62167219200, 0 }, "0000-01-01T00:00:00Z" },
		{ { -62167219201, 0 }, "@-62167219201" },
		{ { 253402300799, 0 }, "9999-12-31T23:59:59Z" },
		{ { 253402300800, 0 }, "@253402300800" },
		{ { INT64_MAX, 0 }, "@9223372036854775807" },
		{ { INT64_MIN, 0 }, "@-9223372036854775808" },
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(report_list_time(cases[i].at).text,
				    cases[i].text);
}

TESTS_MAIN(unit(list, every_format), unit(list, times_that_no_calendar_has))
