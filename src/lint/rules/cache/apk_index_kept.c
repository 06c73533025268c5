/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = &run->commands[i];
		if (lint_cmd_verb(c, "apk", "add") &&
		    !lint_cmd_has(c, "--no-cache"))
			return 0;
	}
	return cache_rule(f, run, "apk",
			  "give it --no-cache, or leave it out: apk add "
			  "--no-cache fetches the index itself",
			  out, err);
}

const struct lint_rule rule_apk_index_kept = {
	.id = "PARE1002",
	.severity = SEV_WARN,
	.summary = "apk leaves the index of packages in the layer",
	.check_run = check,
};
