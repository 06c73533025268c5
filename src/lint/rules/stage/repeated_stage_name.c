/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "base/chars.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	const struct df_word *name = dockerfile_from_name(in);
	bool exact = false, any = false;
	for (uint32_t i = 0; name && i < f->graph->n; i++) {
		const struct df_instr *other = f->graph->stages[i].from;
		if (!other || other->index >= in->index)
			break;
		const struct df_word *as = dockerfile_from_name(other);
		if (!as)
			continue;
		exact |= str_eq(as->text, name->text);
		any |= str_eq_nocase(as->text, name->text);
	}
	if (!any)
		return 0;
	struct finding found = lint_finding_at(out, name->at);
	/* Names that differ in case are two for hadolint. */
	if (!exact) {
		lint_finding_named(&found, "DuplicateStageName");
		found.severity = SEV_WARN;
	}
	return lint_report(out, &found, err,
			   "an earlier stage is called %s as well, so FROM "
			   "and COPY --from can mean only one of them; "
			   "rename this one",
			   str_quoted(name->text).text);
}

const struct lint_rule rule_repeated_stage_name = {
	.id = "DL3024",
	.alias = "DuplicateStageName",
	.severity = SEV_ERROR,
	.on = DF_FROM,
	.whole = true,
	.summary = "stage name given twice",
	.check_instr = check,
};
