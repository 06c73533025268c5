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
			 "stage name %s has upper-case letters, but the "
			 "builder turns stage names into lower case; write it "
			 "in lower case",
			 str_quoted(name->text).text);
}

const struct lint_rule rule_stage_name_casing = {
	.id = "StageNameCasing",
	.severity = SEV_WARN,
	.on = DF_FROM,
	.summary = "stage name with upper-case letters",
	.check_instr = check,
};
