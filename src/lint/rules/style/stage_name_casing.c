/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/facts/words.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	(void)f;
	const struct df_word *name = dockerfile_from_name(in);
	if (!name || lint_word_is_lower(name->text))
		return 0;
	return lint_find(out, name->at, err,
			 "stage name %s has capitals, though the builder "
			 "knows stages by small letters only; write it in "
			 "small letters",
			 str_quoted(name->text).text);
}

const struct lint_rule rule_stage_name_casing = {
	.id = "StageNameCasing",
	.severity = SEV_WARN,
	.on = DF_FROM,
	.summary = "stage name with capitals",
	.check_instr = check,
};
