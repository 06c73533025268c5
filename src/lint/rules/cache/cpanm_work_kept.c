/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	return cache_rule(f, run, "cpanm", "end the RUN with rm -rf ~/.cpanm",
			  out, err);
}

const struct lint_rule rule_cpanm_work_kept = {
	.id = "PARE1043",
	.severity = SEV_WARN,
	.summary = "cpanm leaves what it worked on in the layer",
	.check_run = check,
};
