/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	return cache_rule(f, run, "go-build",
			  "build in a stage of its own, or mount a cache there",
			  out, err);
}

const struct lint_rule rule_go_build_cache_kept = {
	.id = "PARE1030",
	.severity = SEV_WARN,
	.summary = "go leaves object files in the layer",
	.check_run = check,
};
