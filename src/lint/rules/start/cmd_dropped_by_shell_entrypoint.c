/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/facts/misread.h"
#include "lint/rules/start/entrypoint.h"

/* The words of CMD become $0, $1, ... of the shell: a text that uses them
 * wants them. */
static bool uses_arguments(struct str text)
{
	for (size_t i = 0; i + 1 < text.n; i++) {
		size_t k = i + 1 + (text.p[i + 1] == '{');
		if (text.p[i] == '$' && k < text.n &&
		    strchr("@*#0123456789", text.p[k]))
			return true;
	}
	return false;
}

static int check(const struct lint_file *f, struct lint_out *out,
		 struct err *err)
{
	const struct df_instr *entry = lint_start_instr(f, DF_ENTRYPOINT),
			      *cmd = lint_start_instr(f, DF_CMD);
	struct span at;
	if (!entry || !cmd || entry->form != DF_FORM_LINE ||
	    uses_arguments(entry->rest.text))
		return 0;
	/* The shell form was not meant: that is told where it stands. */
	if (lint_almost_json(f, entry, &at) || lint_trailing_hash(f, entry).n)
		return 0;
	/* An ENTRYPOINT resets the CMD of the stages below it. */
	if (dockerfile_graph_stage_of(f->graph, entry->index) >
	    dockerfile_graph_stage_of(f->graph, cmd->index))
		return 0;
	return lint_find(out, cmd->at, err,
			 "CMD has no effect, since the ENTRYPOINT of line %u "
			 "runs through a shell that hands no arguments on; "
			 "write that ENTRYPOINT as a JSON array",
			 dockerfile_position(f->df, entry->at.at).line);
}

const struct lint_rule rule_cmd_dropped_by_shell_entrypoint = {
	.id = "PARE7005",
	.severity = SEV_WARN,
	.summary = "CMD that the shell form of ENTRYPOINT drops",
	.check_file = check,
};
