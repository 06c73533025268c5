/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	(void)f;
	const struct df_instr *inner = in->inner;
	if (!inner || !(inner->kind & (DF_ONBUILD | DF_FROM | DF_MAINTAINER)))
		return 0;
	return lint_find(out, inner->keyword.at, err,
			 "ONBUILD cannot trigger %s, so the builder refuses "
			 "it; write that instruction in the Dockerfile of "
			 "the child",
			 dockerfile_kind_name(inner->kind));
}

const struct lint_rule rule_forbidden_onbuild = {
	.id = "DL3043",
	.severity = SEV_ERROR,
	.on = DF_ONBUILD,
	.summary = "ONBUILD with an instruction that it cannot trigger",
	.check_instr = check,
};
