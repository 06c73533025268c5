/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/testrules.h - rows of a rule's test: a Dockerfile and the places
 * that are found in it. */
#pragma once
#include "base/test.h"
#include "lint/lint.h"
#include "lint/table.h"

struct row {
	const char *rule; /* the one that runs */
	const char *text;
	/* "LINE:COLUMN-LINE:COLUMN" each, blanks between; a name in front of
	 * it where it is not the rule's: "NAME@2:1-2:5". */
	const char *want;
};

static inline void assert_places(const struct finding_list *r,
				 const struct row *row)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(1 << 16);
	for (size_t i = 0; i < r->n; i++) {
		const struct finding *f = &r->findings[i];
		assert_ok(buf_addf(&b, &err, "%s%s%s%u:%u-%u:%u", i ? " " : "",
				   strcmp(f->id, row->rule) ? f->id : "",
				   strcmp(f->id, row->rule) ? "@" : "",
				   f->from.line, f->from.column, f->to.line,
				   f->to.column),
			  &err);
		assert_true(f->message.n > 0);
		assert_true(f->message.p[f->message.n - 1] != '.');
	}
	if (strcmp(buf_cstr(&b), row->want) != 0)
		fail_msg("%s in\n%sgot  %s\nwant %s", row->rule, row->text, b.p,
			 row->want);
}

static inline void assert_row_with(struct lint_input in, const struct row *row)
{
	struct err err = { 0 };
	struct str name = str_of(row->rule);
	/* Rows are snippets, and what the builder would refuse of them is not
	 * what they are about. */
	struct str ignored = STR("PARE-SYNTAX");
	struct lint_choice choice = { .select = &name,
				      .n_select = 1,
				      .ignore = &ignored,
				      .n_ignore = 1,
				      .show = SEV_STYLE };
	scoped(arena_done) struct arena keep = { 0 };
	struct finding_list r = { 0 };
	in.path = STR("Dockerfile");
	in.text = str_of(row->text);
	in.choice = &choice;
	in.rules = &lint_all_rules;
	assert_ok(lint_run_rules(&in, &keep, &r, &err), &err);
	assert_places(&r, row);
}

static inline void assert_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		assert_row_with((struct lint_input){ 0 }, &rows[i]);
}
