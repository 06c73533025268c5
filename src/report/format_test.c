/* SPDX-License-Identifier: Apache-2.0 */
#include "report/format.h"

#include "base/test.h"

/* The names of all formats for a kind, blanks between. */
static void expect(enum report_kind kind, const char *want)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf got = BUF_INIT(1 << 10);
	const struct report_format *f;
	for (size_t i = 0; (f = report_format_at(kind, i)); i++)
		assert_ok(buf_addf(&got, &err, "%s%s", i ? " " : "", f->name),
			  &err);
	assert_string_equal(buf_cstr(&got), want);
}

TEST(format, text_and_json_for_every_result)
{
	(void)state;
	for (enum report_kind k = REPORT_REWRITE; k <= REPORT_DROPS; k++) {
		assert_string_equal(report_format_at(k, 0)->name, "text");
		assert_true(report_format_at(k, 0)->people);
		assert_string_equal(report_format_at(k, 1)->name, "json");
		assert_false(report_format_at(k, 1)->people);
	}
	expect(REPORT_DIFF, "text json");
	expect(REPORT_ANALYSIS, "text json sarif github gitlab checkstyle "
				"codeclimate junit");
}

TEST(format, findings_have_those_of_other_linters)
{
	(void)state;
	expect(REPORT_FINDINGS, "text json sarif github gitlab checkstyle "
				"codeclimate junit tty gnu");
	assert_string_equal(
		report_format_find(REPORT_FINDINGS, STR("gitlab_codeclimate"))
			->name,
		"gitlab");
}

TEST(format, a_name_is_found_where_it_is_written)
{
	(void)state;
	assert_null(report_format_find(REPORT_FINDINGS, STR("TTY")));
	assert_null(report_format_find(REPORT_FINDINGS, STR("")));
	assert_null(report_format_find(REPORT_DIFF, STR("sarif")));
	assert_string_equal(report_format_find(REPORT_RULES, STR("json"))->name,
			    "json");
}

/* Room for all of them is what callers have on the stack. */
TEST(format, as_many_as_there_is_room_for)
{
	(void)state;
	assert_null(report_format_at(REPORT_FINDINGS, REPORT_FORMATS_MAX));
}

/* What a row says it writes is a member that is there: a kind is asked by
 * commands that then call the member. */
TEST(format, optional_members_come_together)
{
	(void)state;
	const struct report_format *f;
	for (size_t i = 0; (f = report_format_at(REPORT_VERIFY, i)); i++)
		assert_non_null(f->difference);
	for (size_t i = 0; (f = report_format_at(REPORT_CONTEXT, i)); i++)
		assert_non_null(f->context_why);
	for (size_t i = 0; (f = report_format_at(REPORT_REWRITE, i)); i++)
		assert_non_null(f->drops);
}

TESTS_MAIN(unit(format, text_and_json_for_every_result),
	   unit(format, findings_have_those_of_other_linters),
	   unit(format, a_name_is_found_where_it_is_written),
	   unit(format, as_many_as_there_is_room_for),
	   unit(format, optional_members_come_together))
