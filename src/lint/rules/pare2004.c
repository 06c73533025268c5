/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/archive.h"

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	struct archive_use use = { .list = { 0 } };
	int r;
	while ((r = archive_next(f, run, &use, err)) > 0) {
		struct str name = use.name;
		if (use.stored->run != run || use.stored->gone || use.removed)
			continue;
		if (lint_find(out, use.at, err,
			      "%.*s stays beside what is unpacked from it; add "
			      "rm, or pipe the download into tar",
			      STR_ARG(name)) < 0)
			return -1;
	}
	return r;
}

const struct lint_rule rule_pare2004 = {
	.id = "PARE2004",
	.severity = SEV_WARN,
	.fix = FIX_SAFE,
	.summary = "archive kept after it was unpacked",
	.check_run = check,
};
