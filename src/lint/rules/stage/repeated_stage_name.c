/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "base/chars.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	const struct df_word *name = dockerfile_from_name(in);
	uint32_t own = dockerfile_graph_stage_of(f->graph, in->index);
	if (!name || dockerfile_graph_find(f->graph, own, name->text, true) ==
			     DF_NO_STAGE)
		return 0;
	bool exact = dockerfile_graph_has_written(f->graph, own, name->text);
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
