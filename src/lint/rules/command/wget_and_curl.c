/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"

struct state {
	bool wget, curl;
};

/* The first command of the run that makes them two. */
static int look(const struct lint_run *run, struct state *s,
		struct lint_out *out, struct err *err)
{
	struct span at = { 0, 0 };
	const char *name = NULL;
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].called;
		if (!c || !lint_cmd_is(c, "wget curl"))
			continue;
		s->wget |= lint_cmd_is(c, "wget");
		s->curl |= lint_cmd_is(c, "curl");
		if (s->wget && s->curl && !name) {
			name = lint_cmd_is(c, "wget") ? "wget" : "curl";
			at = c->name.at;
		}
	}
	if (!name)
		return 0;
	return lint_find(out, at, err,
			 "this stage uses %s and %s for the same job, so the "
			 "image carries both; use one of them",
			 name, *name == 'w' ? "curl" : "wget");
}

static int check_file(const struct lint_file *f, struct lint_out *out,
		      struct err *err)
{
	struct state own = { 0 }, triggers = { 0 };
	uint32_t stage = DF_NO_STAGE;
	for (size_t i = 0; i < f->n_runs; i++) {
		const struct lint_run *run = &f->runs[i];
		if (run->stage != stage)
			own = triggers = (struct state){ 0 };
		stage = run->stage;
		if (look(run, run->outer == run->in ? &own : &triggers, out,
			 err) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_wget_and_curl = {
	.id = "DL4001",
	.severity = SEV_WARN,
	.summary = "wget and curl in one stage",
	.check_file = check_file,
};
