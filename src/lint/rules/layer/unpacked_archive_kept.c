/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/layer/archive.h"

static int tell(const struct lint_file *f, const struct archive_use *use,
		struct lint_out *out, struct err *err)
{
	(void)f;
	if (use->stored->run != use->run || use->stored->gone || use->removed)
		return 0;
	return lint_find(out, use->at, err,
			 "%.*s stays in the layer beside what was unpacked "
			 "from it, so its bytes ship twice; remove it in "
			 "this RUN, or pipe the download into tar",
			 STR_ARG(use->name));
}

static int check(const struct lint_file *f, struct lint_out *out,
		 struct err *err)
{
	return lint_archive_each(f, tell, out, err);
}

const struct lint_rule rule_unpacked_archive_kept = {
	.id = "PARE2004",
	.severity = SEV_WARN,
	.summary = "archive kept after it was unpacked",
	.check_file = check,
};
