/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/testplaces.h - where a rule finds something, for tables of
 * tests. */
#pragma once
#include "base/test.h"
#include "lint/lint.h"
#include "lint/table.h"

struct place_case {
	const char *dockerfile;
	const char *want; /* "LINE:COLUMN", blanks between; empty: nothing */
};

static inline void found_places(const char *rule, const char *dockerfile,
				struct buf *got)
{
	struct err err = { 0 };
	struct str name = str_of(rule);
	/* Rows are snippets, and what the builder would refuse of them is not
	 * what they are about. */
	struct str ignored = STR("PARE-SYNTAX");
	struct lint_choice choice = { .select = &name,
				      .n_select = 1,
				      .ignore = &ignored,
				      .n_ignore = 1,
				      .show = SEV_STYLE };
	struct lint_input in = { .path = STR("Dockerfile"),
				 .text = str_of(dockerfile),
				 .choice = &choice };
	scoped(arena_done) struct arena keep = { 0 };
	struct finding_list r = { 0 };
	in.rules = &lint_all_rules;
	assert_ok(lint_run_rules(&in, &keep, &r, &err), &err);
	for (size_t i = 0; i < r.n; i++) {
		const struct finding *f = &r.findings[i];
		if (strcmp(f->id, rule) != 0)
			fail_msg("%s in\n%s", f->id, dockerfile);
		assert_ok(buf_addf(got, &err, "%s%u:%u", i ? " " : "",
				   f->from.line, f->from.column),
			  &err);
	}
}

static inline void assert_places(const char *rule,
				 const struct place_case *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		scoped(buf_done) struct buf got = BUF_INIT(10000);
		found_places(rule, rows[i].dockerfile, &got);
		if (!str_eqz(buf_str(&got), rows[i].want))
			fail_msg("%s: wanted [%s], got [%s] in\n%s", rule,
				 rows[i].want, buf_cstr(&got),
				 rows[i].dockerfile);
	}
}
