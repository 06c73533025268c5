/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/testlint.h"

TEST(engine, syntax_errors_are_findings_and_hide_nothing)
{
	assert_lint("PARE-SYNTAX", "FROM a\nFOO\nRUN x\nCOPY --chwon=x a b\n",
		    "2:1 PARE-SYNTAX: there is no instruction FOO\n"
		    "4:6 PARE-SYNTAX: COPY has no flag --chwon\n");
	/* Told whatever is selected. */
	assert_lint_lines("PARE0001", "FROM a\nFOO\n", "2 PARE-SYNTAX\n");
}

TEST(engine, a_file_without_from_is_looked_at)
{
	assert_lint_lines("PARE0001", "COPY --chwon=x a b\n",
			  "1 PARE-SYNTAX\n");
	assert_lint("PARE0001", "",
		    "1:1 PARE-SYNTAX: the file has no instruction\n");
}

TEST(engine, a_stage_that_is_not_there)
{
	struct err err = { 0 };
	struct lint_result r;
	struct lint_input in = { .path = STR("Dockerfile"),
				 .text = STR("FROM a AS b\n"),
				 .target = STR("c") };
	assert_fails(lint_run_rules(&in, &r, &err), &err, ERR_NOT_FOUND,
		     "there is no stage c");
	in.target = STR("B");
	assert_ok(lint_run_rules(&in, &r, &err), &err);
	assert_int_equal(r.n_suppressed, 0);
	lint_result_done(&r);
}

TESTS_MAIN(unit(engine, syntax_errors_are_findings_and_hide_nothing),
	   unit(engine, a_file_without_from_is_looked_at),
	   unit(engine, a_stage_that_is_not_there))
