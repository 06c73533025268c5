/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/testlint.h"
#include "lint/table.h"

enum { NAMES_MAX = 16 };

static void run(struct lint_input in, const char *rules, const char *dockerfile,
		bool words, const char *want)
{
	struct err err = { 0 };
	struct str names[NAMES_MAX];
	struct lint_choice choice = { .select = names, .show = SEV_STYLE };
	struct str rest = str_of(rules ? rules : "");
	while (rest.n) {
		assert_true(choice.n_select < NAMES_MAX);
		struct str *name = &names[choice.n_select++], tail = { 0 };
		if (!str_cut(rest, ',', name, &tail))
			*name = rest;
		rest = tail;
	}
	scoped(arena_done) struct arena keep = { 0 };
	struct finding_list r = { 0 };
	in.text = str_of(dockerfile);
	in.choice = &choice;
	if (in.path.n == 0)
		in.path = STR("Dockerfile");
	in.rules = &lint_all_rules;
	assert_ok(lint_run_rules(&in, &keep, &r, &err), &err);
	scoped(buf_done) struct buf got = BUF_INIT(1 << 20);
	for (size_t i = 0; i < r.n; i++) {
		const struct finding *f = &r.findings[i];
		assert_ok(buf_addf(&got, &err, "%u", f->from.line), &err);
		if (words)
			assert_ok(buf_addf(&got, &err, ":%u", f->from.column),
				  &err);
		assert_ok(buf_addf(&got, &err, " %s", f->id), &err);
		if (words)
			assert_ok(buf_addf(&got, &err, ": %.*s",
					   STR_ARG(f->message)),
				  &err);
		assert_ok(buf_byte(&got, '\n', &err), &err);
	}
	assert_string_equal(buf_cstr(&got), want);
}

void assert_lint(const char *rules, const char *dockerfile, const char *want)
{
	run((struct lint_input){ 0 }, rules, dockerfile, true, want);
}

void assert_lint_with(struct lint_input in, const char *rules,
		      const char *dockerfile, const char *want)
{
	run(in, rules, dockerfile, true, want);
}

void assert_lint_lines(const char *rules, const char *dockerfile,
		       const char *want)
{
	run((struct lint_input){ 0 }, rules, dockerfile, false, want);
}
