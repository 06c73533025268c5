/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	size_t n;
	const struct df_word *words = dockerfile_command(in, &n);
	if (n == 0 || in->form == DF_FORM_JSON)
		return 0;
	struct finding found = lint_finding_at(
		out, span_of(words[0].at.at, span_end(words[n - 1].at)));
	/* BuildKit's check is quiet where SHELL says which shell is meant,
	 * and does not look at HEALTHCHECK. */
	if (in->kind == DF_HEALTHCHECK || lint_stands_behind(f, in, DF_SHELL))
		lint_finding_named(&found, "DL3025");
	return lint_report(
		out, &found, err,
		"%s runs through a shell, which does not pass signals on, so "
		"docker stop has to kill the program; write it as a JSON "
		"array, [\"program\", \"argument\"]",
		dockerfile_kind_name(in->kind));
}

const struct lint_rule rule_shell_form_command = {
	.id = "DL3025",
	.alias = "JSONArgsRecommended",
	.severity = SEV_WARN,
	.on = DF_CMD | DF_ENTRYPOINT | DF_HEALTHCHECK,
	.summary = "command in shell form",
	.check_instr = check,
};
