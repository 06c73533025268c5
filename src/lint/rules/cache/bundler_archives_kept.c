/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	return cache_rule(
		f, run, "bundler",
		"remove the cache directory of the gems in the same RUN", out,
		err);
}

const struct lint_rule rule_bundler_archives_kept = {
	.id = "PARE1041",
	.severity = SEV_WARN,
	.summary = "bundler leaves the archives of gems in the layer",
	.check_run = check,
};
