/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	(void)f;
	return lint_find(out, in->keyword.at, err,
			 "MAINTAINER is deprecated, and tools that list "
			 "images no longer read it; write LABEL "
			 "org.opencontainers.image.authors=NAME");
}

const struct lint_rule rule_maintainer = {
	.id = "DL4000",
	.alias = "MaintainerDeprecated",
	.severity = SEV_ERROR,
	.on = DF_MAINTAINER,
	.summary = "MAINTAINER instead of LABEL",
	.check_instr = check,
};
