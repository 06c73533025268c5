/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	return cache_rule(f, run, "pnpm",
			  "mount a cache there, or remove it in the same RUN",
			  out, err);
}

const struct lint_rule rule_pnpm_store_kept = {
	.id = "PARE1012",
	.severity = SEV_WARN,
	.summary = "pnpm leaves its store in the layer",
	.check_run = check,
};
