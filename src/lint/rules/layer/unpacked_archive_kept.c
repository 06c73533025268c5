/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/layer/archive.h"

static int look(const struct lint_file *f, const struct lint_run *run,
		struct archive_use *use, struct lint_out *out, struct err *err)
{
	int r;
	use->next = 0;
	while ((r = archive_next(f, run, use, err)) > 0) {
		struct str name = use->name;
		if (use->stored->run != run || use->stored->gone ||
		    use->removed)
			continue;
		if (lint_find(out, use->at, err,
			      "%.*s stays beside what is unpacked from it; add "
			      "rm, or pipe the download into tar",
			      STR_ARG(name)) < 0)
			return -1;
	}
	return r;
}

/* All at once, since what is stored is a matter of the whole file. */
static int check(const struct lint_file *f, struct lint_out *out,
		 struct err *err)
{
	struct archive_use use = { 0 };
	for (size_t i = 0; i < f->n_runs; i++)
		if (look(f, &f->runs[i], &use, out, err) < 0)
			return -1;
	return 0;
}

const struct lint_rule rule_unpacked_archive_kept = {
	.id = "PARE2004",
	.severity = SEV_WARN,
	.summary = "archive kept after it was unpacked",
	.check_file = check,
};
