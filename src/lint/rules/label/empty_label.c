/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/label/label_checks.h"
#include "lint/facts/values.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	for (size_t i = 0; i < in->n_pairs; i++) {
		const struct df_pair *p = &in->pairs[i];
		struct str value;
		if (!lint_label_find(f, lint_label_name(p)))
			continue;
		int known = lint_value(f, in, p->value.text, &value, err);
		if (known < 0)
			return -1;
		if (known && value.n == 0 &&
		    lint_find(out, p->at, err,
			      "label %s is empty, though the label "
			      "schema asks for a value; give it one",
			      str_quoted(lint_label_name(p)).text) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_empty_label = {
	.id = "DL3051",
	.severity = SEV_WARN,
	.on = DF_LABEL,
	.summary = "label of the schema is empty",
	.check_instr = check,
};
