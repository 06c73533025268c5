/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"

enum { FEW = 2 };

/* As hadolint counts them: a condition in brackets is none. */
static size_t commands(const struct lint_run *run)
{
	size_t n = 0;
	for (size_t i = 0; i < run->n_commands; i++)
		n += run->commands[i].called &&
		     !lint_cmd_is(run->commands[i].called, "[");
	return n;
}

/* The same flags with the same values, in any order. */
static bool same_flags(const struct df_instr *a, const struct df_instr *b)
{
	if (a->n_flags != b->n_flags)
		return false;
	for (size_t i = 0; i < a->n_flags; i++) {
		bool met = false;
		for (size_t k = 0; k < b->n_flags; k++)
			met |= str_eq(a->flags[i].key, b->flags[k].key) &&
			       str_eq(a->flags[i].text, b->flags[k].text);
		if (!met)
			return false;
	}
	return true;
}

static int check_file(const struct lint_file *f, struct lint_out *out,
		      struct err *err)
{
	const struct lint_run *first = NULL;
	for (size_t i = 0; i < f->df->n_instrs; i++) {
		const struct df_instr *in = f->df->instrs[i];
		const struct lint_run *run = lint_run_of(f, in);
		/* A script of its own is no part of another command. */
		if (in->kind != DF_RUN || !run || in->n_heredocs) {
			first = NULL;
			continue;
		}
		if (!first || !same_flags(first->in, in) ||
		    commands(first) > FEW || commands(run) > FEW) {
			first = run;
			continue;
		}
		if (lint_find(out, in->keyword.at, err,
			      "RUN directly behind a RUN, both of them short: "
			      "one RUN with && makes one layer") < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_consecutive_run = {
	.id = "DL3059",
	.severity = SEV_INFO,
	.whole = true,
	.summary = "short RUN directly behind a short RUN",
	.check_file = check_file,
};
