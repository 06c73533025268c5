/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/internal.h"

#include <stdio.h>

#include "base/test.h"
#include "lint/testlint.h"
#include "lint/table.h"

/* Pragmas as "KIND@LINE-LINE NAME,NAME (reason)", the lines it holds for. */
static void assert_pragmas(const char *text, const char *want)
{
	static const char *const kinds[] = {
		"line",	      "stage", "global",     "shell",	  "check",
		"check-file", "pare",  "pare-stage", "pare-file",
	};
	struct err err = { 0 };
	scoped(lint_close) struct lint_job *job = NULL;
	scoped(buf_done) struct buf b = BUF_INIT(10000);
	struct lint_input in = { .path = STR("Dockerfile"),
				 .text = str_of(text) };
	in.rules = &lint_all_rules;
	assert_ok(lint_open(&in, &job, &err), &err);
	const struct lint_file *f = lint_job_file(job);
	for (size_t i = 0; i < f->n_pragmas; i++) {
		const struct lint_pragma *p = &f->pragmas[i];
		uint32_t end = MAX(span_end(p->where), p->where.at + 1) - 1;
		assert_ok(buf_addf(&b, &err, "%s@%u-%u", kinds[p->kind],
				   dockerfile_position(f->df, p->where.at).line,
				   dockerfile_position(f->df, end).line),
			  &err);
		for (size_t k = 0; k < p->n_rules; k++) {
			assert_ok(buf_addf(&b, &err, "%c%.*s", k ? ',' : ' ',
					   STR_ARG(p->rules[k])),
				  &err);
			assert_true(str_eq(span_str(f->df->text, p->rule_at[k]),
					   p->rules[k]));
		}
		assert_ok(buf_addf(&b, &err, p->reason.n ? " (%.*s)\n" : "\n",
				   STR_ARG(p->reason)),
			  &err);
	}
	assert_string_equal(buf_cstr(&b), want);
}

TEST(pragma, hadolint_grammar)
{
	assert_pragmas("# hadolint ignore=DL3006\nFROM a\n",
		       "line@1-2 DL3006\n");
	assert_pragmas("#hadolint ignore=DL3006\nFROM a\n",
		       "line@1-2 DL3006\n");
	assert_pragmas("#\thadolint  ignore = DL3006 , SC2086  # why not\n"
		       "FROM a\n",
		       "line@1-2 DL3006,SC2086 (why not)\n");
	assert_pragmas("# hadolint global ignore=DL3006\nFROM a\nRUN x\n",
		       "global@1-3 DL3006\n");
	assert_pragmas("# hadolint shell=/bin/bash\nFROM a\n",
		       "shell@1-2 /bin/bash\n");
	/* A reason behind a dash, too; names that nobody knows are names. */
	assert_pragmas("# hadolint ignore=DL3006 - why not\nFROM a\n",
		       "line@1-2 DL3006 (why not)\n");
	assert_pragmas("# hadolint ignore=DL3006,SC2086 -- why not\nFROM a\n",
		       "line@1-2 DL3006,SC2086 (why not)\n");
	assert_pragmas(
		"# hadolint ignore=DL3006 \xe2\x80\x94 why not\nFROM a\n",
		"line@1-2 DL3006 (why not)\n");
	assert_pragmas("# hadolint global ignore=DL3006 // so\nFROM a\n",
		       "global@1-2 DL3006 (so)\n");
	assert_pragmas("# hadolint shell=bash - so\nFROM a\n",
		       "shell@1-2 bash (so)\n");
	assert_pragmas("# hadolint ignore=no_such.rule,DL3006\nFROM a\n",
		       "line@1-2 no_such.rule,DL3006\n");
	/* None of them is one. */
	assert_pragmas("# hadolint ignore=DL3006 why not\nFROM a\n", "");
	assert_pragmas("# hadolint ignore=DL3006-why\nFROM a\n",
		       "line@1-2 DL3006-why\n");
	assert_pragmas("# hadolint ignore=DL3006,\nFROM a\n", "");
	assert_pragmas("# hadolint ignore=\nFROM a\n", "");
	assert_pragmas("# hadolint ignore\nFROM a\n", "");
	assert_pragmas("# hadolintignore=DL3006\nFROM a\n", "");
	assert_pragmas("# hadolint stage shell=x\nFROM a\n", "");
	assert_pragmas("# see hadolint ignore=DL3006\nFROM a\n", "");
	assert_pragmas("FROM a\nRUN echo '# hadolint ignore=DL3006'\n", "");
}

TEST(pragma, own_grammar)
{
	assert_pragmas("# pare:ignore PARE1001\nFROM a\n",
		       "pare@1-2 PARE1001\n");
	assert_pragmas("# pare:ignore PARE1001,DL3008 we pin elsewhere\n"
		       "FROM a\n",
		       "pare@1-2 PARE1001,DL3008 (we pin elsewhere)\n");
	assert_pragmas("# pare:ignore PARE1001, DL3008 # so\nFROM a\n",
		       "pare@1-2 PARE1001,DL3008 (so)\n");
	assert_pragmas("# pare:ignore-file DL3\nFROM a\nRUN x\n",
		       "pare-file@1-3 DL3\n");
	assert_pragmas("# pare:ignore\nFROM a\n", "");
	assert_pragmas("# pare:ignored DL3\nFROM a\n", "");
	assert_pragmas("# pare:ignore-stages DL3\nFROM a\n", "");
}

TEST(pragma, where_it_holds)
{
	/* Other comments and blank lines between do not matter. */
	assert_pragmas("FROM a\n# pare:ignore X\n# more\n\nRUN x && \\\n y\n"
		       "RUN z\n",
		       "pare@2-6 X\n");
	/* Inside an instruction: the line below. */
	assert_pragmas(
		"FROM a\nRUN x && \\\n# pare:ignore X\n# more\n y && \\\n"
		" z\n",
		"pare@5-5 X\n");
	assert_pragmas("FROM a\nRUN <<EOF\nx\n  # pare:ignore X\ny\nz\nEOF\n",
		       "pare@5-5 X\n");
	assert_pragmas("FROM a\nCOPY <<EOF /x\n# pare:ignore X\nEOF\n", "");
	/* Nothing stands below it. */
	assert_pragmas("FROM a\n# pare:ignore X\n", "pare@2-2 X\n");
}

TEST(pragma, behind_a_command)
{
	assert_pragmas("FROM a\nRUN x # pare:ignore X so it is\nRUN y\n",
		       "pare@2-2 X (so it is)\n");
	assert_pragmas("FROM a\nRUN x && \\\n  y  # pare:ignore X\n",
		       "pare@3-3 X\n");
	assert_pragmas("FROM a\nRUN <<EOF\nx # pare:ignore X\ny\nEOF\n",
		       "pare@3-3 X\n");
	/* No comment of the shell. */
	assert_pragmas("FROM a\nRUN echo ' # pare:ignore X'\n", "");
	assert_pragmas("FROM a\nRUN echo x# pare:ignore X\n", "");
	assert_pragmas("FROM a\nCOPY x # pare:ignore /x\n", "");
}

TEST(pragma, stages)
{
	static const char file[] = "FROM a\nRUN x\n%s\nRUN y\nFROM b\nRUN z\n";
	char text[200];
	snprintf(text, sizeof text, file, "# pare:ignore-stage X");
	assert_pragmas(text, "pare-stage@1-4 X\n");
	snprintf(text, sizeof text, file, "# hadolint stage ignore=X");
	assert_pragmas(text, "stage@3-4 X\n");
	/* Right above FROM: of the stage that begins. */
	assert_pragmas("FROM a\nRUN x\n# pare:ignore-stage X\nFROM b\nRUN y\n"
		       "FROM c\n",
		       "pare-stage@4-5 X\n");
	assert_pragmas("# hadolint stage ignore=X\nFROM b\nRUN y\nFROM c\n",
		       "stage@2-3 X\n");
	assert_pragmas("# pare:ignore-stage X\nRUN y\n", "pare-stage@1-2 X\n");
}

TEST(pragma, buildkits_checks)
{
	assert_pragmas("# check=skip=A,B;error=true\nFROM a\n",
		       "check-file@1-2 A,B\n");
	assert_pragmas("# syntax=x\n# check=skip=all\nFROM a\n",
		       "check-file@1-3 all\n");
	/* The value ends at a blank. */
	assert_pragmas("# check=skip=A, B\nFROM a\n", "check-file@1-2 A\n");
	assert_pragmas("FROM a\n# check=skip=A;error=false\nRUN x\nRUN y\n",
		       "check@2-3 A\n");
	assert_pragmas("FROM a\n# check=error=true\nRUN x\n", "");
	assert_lint_lines("PARE0001", "# check=foo=1\nFROM a\n",
			  "1 PARE-SYNTAX\n");
}

TEST(pragma, suppresses_what_it_names_alone)
{
	static const char bad[] =
		"FROM a\n%s\nCOPY --x=y a b\nCOPY --x=y a b\n";
	static const struct {
		const char *comment, *want;
	} rows[] = {
		{ "#", "3 PARE-SYNTAX\n4 PARE-SYNTAX\n" },
		{ "# pare:ignore PARE-SYNTAX", "4 PARE-SYNTAX\n" },
		{ "# pare:ignore pare-syntax", "4 PARE-SYNTAX\n" },
		{ "# pare:ignore all", "4 PARE-SYNTAX\n" },
		{ "# hadolint ignore=PARE-SYNTAX", "4 PARE-SYNTAX\n" },
		{ "# pare:ignore-file PARE-SYNTAX", "" },
		{ "# pare:ignore-stage PARE", "" },
		{ "# hadolint global ignore=PARE-SYNTAX", "" },
		{ "# hadolint stage ignore=PARE-SYNTAX", "" },
		{ "# check=skip=all", "3 PARE-SYNTAX\n4 PARE-SYNTAX\n" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char text[300];
		snprintf(text, sizeof text, bad, rows[i].comment);
		assert_lint_lines("PARE-SYNTAX", text, rows[i].want);
	}
}

TEST(pragma, unused_ones_are_findings)
{
	assert_lint("PARE0001",
		    "FROM a\n# pare:ignore PARE-SYNTAX,NOSUCH why\n"
		    "COPY a b\n",
		    "2:15 PARE0001: PARE-SYNTAX finds nothing here that could "
		    "be suppressed\n"
		    "2:27 PARE0001: no rule is called NOSUCH\n");
	/* Not those of rules that did not look. */
	assert_lint("PARE0001",
		    "FROM a\n# pare:ignore SC2086,DL3002\nCOPY a b\n", "");
	/* One of two that would do is not unused. */
	assert_lint("PARE0001",
		    "# pare:ignore-file PARE-SYNTAX\nFROM a\n"
		    "# pare:ignore PARE-SYNTAX\nCOPY --x=y a b\n",
		    "");
	assert_lint("PARE0001",
		    "# pare:ignore-file PARE0001\nFROM a\n"
		    "# pare:ignore PARE-SYNTAX\nCOPY a b\n",
		    "");
}

TEST(pragma, forbidden_ones_do_nothing)
{
	struct err err = { 0 };
	scoped(arena_done) struct arena keep = { 0 };
	struct finding_list r;
	struct str only[] = { STR("PARE") };
	struct lint_choice c = { .select = only,
				 .n_select = 1,
				 .show = SEV_STYLE,
				 .forbid_suppressions = true };
	struct lint_input in = { .path = STR("Dockerfile"),
				 .text = STR("FROM scratch\n# pare:ignore all\n"
					     "COPY --x=y a b\n"),
				 .choice = &c };
	in.rules = &lint_all_rules;
	assert_ok(lint_run_rules(&in, &keep, &r, &err), &err);
	size_t syntax = 0;
	for (size_t i = 0; i < r.n; i++)
		syntax += strcmp(r.findings[i].id, "PARE-SYNTAX") == 0;
	assert_int_equal(syntax, 1);
	assert_int_equal(r.n_suppressed, 0);
}

TESTS_MAIN(unit(pragma, hadolint_grammar), unit(pragma, own_grammar),
	   unit(pragma, where_it_holds), unit(pragma, behind_a_command),
	   unit(pragma, stages), unit(pragma, buildkits_checks),
	   unit(pragma, suppresses_what_it_names_alone),
	   unit(pragma, unused_ones_are_findings),
	   unit(pragma, forbidden_ones_do_nothing))
