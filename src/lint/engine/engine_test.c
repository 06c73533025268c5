/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/testlint.h"
#include "lint/table.h"

TEST(engine, syntax_errors_are_findings_and_hide_nothing)
{
	assert_lint("PARE-SYNTAX", "FROM a\nFOO\nRUN x\nCOPY --chwon=x a b\n",
		    "2:1 PARE-SYNTAX: there is no instruction FOO\n"
		    "4:6 PARE-SYNTAX: COPY has no flag --chwon (did you mean "
		    "--chown?)\n");
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
	scoped(arena_done) struct arena keep = { 0 };
	struct finding_list r;
	struct lint_input in = { .path = STR("Dockerfile"),
				 .text = STR("FROM a AS b\n"),
				 .target = STR("c") };
	in.rules = &lint_all_rules;
	assert_fails(lint_run_rules(&in, &keep, &r, &err), &err, ERR_NOT_FOUND,
		     "there is no stage c");
	in.target = STR("B");
	assert_ok(lint_run_rules(&in, &keep, &r, &err), &err);
	assert_int_equal(r.n_suppressed, 0);
}

TEST(engine, one_of_two_rules_speaks_for_both)
{
	assert_lint("DL3044,UndefinedVar", "FROM scratch\nENV a=1 b=$a\n",
		    "2:12 DL3044: $a does not have its new value here, since "
		    "an ENV sets all its variables at once; set it in an ENV "
		    "of its own above\n");
	assert_lint_lines("UndefinedVar", "FROM scratch\nENV a=1 b=$a\n",
			  "2 UndefinedVar\n");
	assert_lint_lines("DL3043", "FROM a\nONBUILD FROM b\n", "2 DL3043\n");
	assert_lint_lines("DL3044", "FROM a\nONBUILD FROM b\n",
			  "2 PARE-SYNTAX\n");
}

TEST(engine, a_finding_goes_by_the_name_that_means_it)
{
	static const char text[] = "FROM a\nENV AUTH=x GH_TOKEN=z\n";
	assert_lint_lines("DL3064", text, "2 DL3064\n");
	assert_lint_lines("SecretsUsedInArgOrEnv", text,
			  "2 SecretsUsedInArgOrEnv\n2 DL3064\n");
	assert_lint_lines("DL3064",
			  "FROM a\n# check=skip=SecretsUsedInArgOrEnv\n"
			  "ENV GH_TOKEN=z\n",
			  "");
	assert_lint_lines("SecretsUsedInArgOrEnv",
			  "FROM a\n# hadolint ignore=DL3064\n"
			  "ENV AUTH=x GH_TOKEN=z\n",
			  "3 SecretsUsedInArgOrEnv\n");
}

TEST(engine, words_that_are_refused_are_told_once)
{
	/* Of the platform alone: the image has no tag all the same. */
	assert_lint_lines(NULL, "FROM --platform=foo a.b/c:1 AS x\nUSER 1\n",
			  "1 PARE-SYNTAX\n");
	assert_lint_lines("DL3029,DL3006", "FROM --platform=foo debian\n",
			  "1 PARE-SYNTAX\n1 DL3006\n");
	assert_lint_lines("DL3022,DL3011",
			  "FROM a\nCOPY --from=$x a /b\nEXPOSE 70000\n",
			  "2 PARE-SYNTAX\n3 DL3011\n");
}

TESTS_MAIN(unit(engine, words_that_are_refused_are_told_once),
	   unit(engine, syntax_errors_are_findings_and_hide_nothing),
	   unit(engine, a_file_without_from_is_looked_at),
	   unit(engine, a_stage_that_is_not_there),
	   unit(engine, one_of_two_rules_speaks_for_both),
	   unit(engine, a_finding_goes_by_the_name_that_means_it))
