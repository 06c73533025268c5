/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/facts/words.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	(void)f;
	const struct df_word *name = dockerfile_from_name(in);
	if (!name || !lint_word_in_nocase(name->text, "scratch context"))
		return 0;
	struct finding found = lint_finding_at(out, name->at);
	/* To hadolint other letters are other names. */
	if (!lint_word_in(name->text, "scratch context"))
		lint_finding_named(&found, "ReservedStageName");
	return lint_report(out, &found, err,
			   "%s means something else to the builder, so "
			   "nothing can use this stage by its name; rename it",
			   str_quoted(name->text).text);
}

const struct lint_rule rule_reserved_stage_name = {
	.id = "DL3063",
	.alias = "ReservedStageName",
	.severity = SEV_WARN,
	.on = DF_FROM,
	.summary = "stage with a reserved name",
	.check_instr = check,
};
