/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"

static int check(const struct lint_file *f, struct lint_out *out,
		 struct err *err)
{
	for (size_t i = 0; i < f->n_pragmas; i++) {
		const struct lint_pragma *p = &f->pragmas[i];
		if ((p->kind == PRAGMA_HADOLINT ||
		     p->kind == PRAGMA_HADOLINT_STAGE ||
		     p->kind == PRAGMA_HADOLINT_GLOBAL) &&
		    lint_find(out, p->at, err,
			      "this comment hides findings, and suppressions "
			      "are not allowed here; fix what it hides and "
			      "remove it") < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_hadolint_ignore_pragma = {
	.id = "DL1001",
	.severity = SEV_INFO,
	.off = true,
	.summary = "hadolint ignore pragma",
	.check_file = check,
};
