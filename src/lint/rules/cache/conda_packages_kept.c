/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	return cache_rule(f, run, "conda",
			  "run conda clean --all --yes in the same RUN", out,
			  err);
}

const struct lint_rule rule_conda_packages_kept = {
	.id = "PARE1023",
	.severity = SEV_WARN,
	.summary = "conda leaves its packages in the layer",
	.check_run = check,
};
