/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	for (size_t i = 0; i < run->n_commands; i++)
		if (lint_cmd_verb(&run->commands[i], "yarn", "install"))
			return 0;
	return cache_rule(
		f, run, "yarn",
		"run yarn cache clean in the same RUN, or mount a cache there",
		out, err);
}

const struct lint_rule rule_yarn_cache_in_layer = {
	.id = "PARE1011",
	.severity = SEV_WARN,
	.summary = "yarn leaves its cache in the layer",
	.check_run = check,
};
