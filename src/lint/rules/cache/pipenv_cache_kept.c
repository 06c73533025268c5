/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	return cache_rule(
		f, run, "pipenv",
		"end the RUN with rm -rf ~/.cache, or mount a cache there", out,
		err);
}

const struct lint_rule rule_pipenv_cache_kept = {
	.id = "PARE1020",
	.severity = SEV_WARN,
	.summary = "pipenv leaves its cache in the layer",
	.check_run = check,
};
