/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	return cache_rule(
		f, run, "bun",
		"run bun pm cache rm in the same RUN, or mount a cache there",
		out, err);
}

const struct lint_rule rule_bun_cache_kept = {
	.id = "PARE1013",
	.severity = SEV_WARN,
	.summary = "bun leaves its cache in the layer",
	.check_run = check,
};
