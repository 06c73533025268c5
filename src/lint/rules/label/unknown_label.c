/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/label/label_checks.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	if (!f->settings->strict_labels)
		return 0;
	for (size_t i = 0; i < in->n_pairs; i++) {
		struct str name = lint_label_name(&in->pairs[i]);
		if (!lint_label_find(f, name) &&
		    lint_find(out, in->pairs[i].at, err,
			      "label %s is not in the label schema, which is "
			      "strict here; remove it, or add it to the "
			      "schema",
			      str_quoted(name).text) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_unknown_label = {
	.id = "DL3050",
	.severity = SEV_INFO,
	.on = DF_LABEL,
	.summary = "label that is not in the schema",
	.check_instr = check,
};
