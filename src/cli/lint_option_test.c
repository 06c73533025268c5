/* SPDX-License-Identifier: Apache-2.0 */
/* Command lines of `pare lint` as the options of the use case. */
#include "cli/lint_option.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/test.h" /* last: cmocka defines skip */

static const struct command command = {
	.name = "lint",
	.operands = { { "FILE", VALUE_FILE, .repeated = true } },
	.options = lint_option_table,
	.n_options = LINT_OPTIONS,
	.options_size = sizeof(struct lint_options),
	.common = COMMON_JOBS | COMMON_CACHE,
};

struct parsed {
	struct invocation inv;
	char text[200];
	char *words[20];
	struct work_lint_options w;
};

static void parsed_done(struct parsed *p)
{
	cli_invocation_done(&p->inv);
}

/* Words are split at blanks. */
static void parse(const char *line, struct parsed *p)
{
	struct err err = { 0 };
	int n = 0;
	*p = (struct parsed){ 0 };
	snprintf(p->text, sizeof p->text, "%s", line);
	for (char *w = strtok(p->text, " "); w; w = strtok(NULL, " "))
		p->words[n++] = w;
	assert_ok(cli_option_parse(&command, n, p->words, &p->inv, &err), &err);
	p->w = cli_lint_option_work(&p->inv);
}

TEST(lint_option, nothing_said)
{
	scoped(parsed_done) struct parsed p;
	parse("", &p);
	assert_int_equal(p.w.names.n, 0);
	assert_int_equal(p.w.select.n, 0);
	assert_false(p.w.has_show);
	assert_int_equal(p.w.fail, FAIL_UNSAID);
	assert_int_equal(p.w.shellcheck, WORK_SHELLCHECK_UNSAID);
	assert_int_equal(p.w.threads, 0);
	assert_false(p.w.no_cache);
}

TEST(lint_option, lists_and_names)
{
	scoped(parsed_done) struct parsed p;
	parse("a --select DL3,SC --ignore X --select Y b --build-arg A=1 -j3 "
	      "--no-cache --target t",
	      &p);
	assert_int_equal(p.w.names.n, 2);
	assert_string_equal(p.w.names.v[1], "b");
	assert_int_equal(p.w.select.n, 3);
	assert_string_equal(p.w.select.v[2], "Y");
	assert_int_equal(p.w.ignore.n, 1);
	assert_int_equal(p.w.n_args, 1);
	assert_true(str_eqz(p.w.args[0].value, "1"));
	assert_int_equal(p.w.threads, 3);
	assert_true(p.w.no_cache);
	assert_string_equal(p.w.target, "t");
}

TEST(lint_option, levels)
{
	static const struct {
		const char *line;
		bool has_show;
		enum severity show;
		enum lint_fail fail;
		enum severity level;
	} rows[] = {
		{ "--severity error", true, SEV_ERROR, FAIL_UNSAID, 0 },
		{ "--severity style", true, SEV_STYLE, FAIL_UNSAID, 0 },
		{ "--fail-on error", false, 0, FAIL_LEVEL, SEV_ERROR },
		{ "--fail-on info", false, 0, FAIL_LEVEL, SEV_INFO },
		{ "--fail-on style", false, 0, FAIL_LEVEL, SEV_STYLE },
		{ "--fail-on none", false, 0, FAIL_NEVER, SEV_ERROR },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(parsed_done) struct parsed p;
		parse(rows[i].line, &p);
		assert_int_equal(p.w.has_show, rows[i].has_show);
		assert_int_equal(p.w.show, rows[i].show);
		assert_int_equal(p.w.fail, rows[i].fail);
		assert_int_equal(p.w.fail_level, rows[i].level);
	}
}

TEST(lint_option, amounts)
{
	scoped(parsed_done) struct parsed p;
	parse("--fail-on 5MB --min-bytes 2k --sort bytes --today 2027-01-31 "
	      "--stdin-filename x",
	      &p);
	assert_int_equal(p.w.fail, FAIL_BYTES);
	assert_int_equal(p.w.fail_bytes, 5000000);
	assert_true(p.w.has_min_bytes);
	assert_int_equal(p.w.min_bytes, 2000);
	assert_true(p.w.by_bytes);
	assert_string_equal(p.w.today, "2027-01-31");
	assert_string_equal(p.w.stdin_name, "x");
}

TEST(lint_option, a_level_and_an_amount)
{
	scoped(parsed_done) struct parsed p;
	parse("--fail-on 5MB --fail-on warning", &p);
	assert_int_equal(p.w.fail, FAIL_LEVEL);
	assert_int_equal(p.w.fail_level, SEV_WARN);
	assert_true(p.w.has_fail_bytes);
	assert_false(p.w.has_min_bytes);
}

TEST(lint_option, shellcheck)
{
	static const struct {
		const char *line, *program;
		enum work_shellcheck how;
	} rows[] = {
		{ "--shellcheck auto", NULL, WORK_SHELLCHECK_RUN },
		{ "--shellcheck never", NULL, WORK_SHELLCHECK_NEVER },
		{ "--shellcheck ./sc", "./sc", WORK_SHELLCHECK_RUN },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(parsed_done) struct parsed p;
		parse(rows[i].line, &p);
		assert_int_equal(p.w.shellcheck, rows[i].how);
		if (rows[i].program)
			assert_string_equal(p.w.shellcheck_program,
					    rows[i].program);
		else
			assert_null(p.w.shellcheck_program);
	}
}

TESTS_MAIN(unit(lint_option, nothing_said), unit(lint_option, lists_and_names),
	   unit(lint_option, levels), unit(lint_option, amounts),
	   unit(lint_option, a_level_and_an_amount),
	   unit(lint_option, shellcheck))
