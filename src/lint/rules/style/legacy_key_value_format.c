/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	(void)f;
	for (size_t i = 0; i < in->n_pairs; i++)
		if (in->pairs[i].legacy &&
		    lint_find(out, in->pairs[i].at, err,
			      "%s %s without = is the old form, which takes "
			      "the whole rest of the line as one value; "
			      "write KEY=VALUE",
			      dockerfile_kind_name(in->kind),
			      str_quoted(in->pairs[i].key.text).text) < 0)
			return -1;
	return 0;
}

const struct lint_rule rule_legacy_key_value_format = {
	.id = "LegacyKeyValueFormat",
	.severity = SEV_WARN,
	.on = DF_ENV | DF_LABEL,
	.summary = "ENV or LABEL without =",
	.check_instr = check,
};
