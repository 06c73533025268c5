/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/facts/words.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	(void)f;
	const struct df_flag *p = dockerfile_flag(in, "platform");
	if (!p)
		return 0;
	bool ours = lint_word_in(p->text, "$TARGETPLATFORM ${TARGETPLATFORM}");
	/* A modifier changes nothing: the variable is always set. */
	if (!ours && !(lint_word_starts(p->text, "${TARGETPLATFORM:-") &&
		       lint_word_find(p->text, 0, "/") == p->text.n &&
		       str_ends(p->text, STR("}"))))
		return 0;
	struct finding found = lint_finding_at(out, p->at);
	if (!ours)
		lint_finding_named(&found, "RedundantTargetPlatform");
	return lint_report(out, &found, err,
			   "--platform=%s asks for what the builder does "
			   "anyway; leave it out",
			   str_quoted(p->text).text);
}

const struct lint_rule rule_redundant_target_platform = {
	.id = "DL3065",
	.alias = "RedundantTargetPlatform",
	.severity = SEV_WARN,
	.on = DF_FROM,
	.summary = "FROM --platform=$TARGETPLATFORM",
	.check_instr = check,
};
