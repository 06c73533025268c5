/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/facts/words.h"

/* Instructions in front of FROM have no say, and are not asked. */
static bool counts(const struct lint_file *f, const struct df_instr *in)
{
	return in->kind != DF_UNKNOWN &&
	       dockerfile_graph_stage_of(f->graph, in->index) != DF_NO_STAGE;
}

static int check(const struct lint_file *f, struct lint_out *out,
		 struct err *err)
{
	size_t small = 0, large = 0;
	for (size_t i = 0; i < f->df->n_instrs; i++) {
		const struct df_instr *in = f->df->instrs[i];
		if (!counts(f, in))
			continue;
		small += lint_word_is_lower(in->keyword.text);
		large += lint_word_is_upper(in->keyword.text);
	}
	for (size_t i = 0; i < f->df->n_instrs; i++) {
		const struct df_instr *in = f->df->instrs[i];
		struct str word = in->keyword.text;
		if (!counts(f, in) ||
		    (small > large ? lint_word_is_lower(word)
				   : lint_word_is_upper(word)))
			continue;
		if (lint_find(out, in->keyword.at, err,
			      "%s is not in %s as most instructions here "
			      "are, which makes the file harder to read; "
			      "write them all alike",
			      str_quoted(word).text,
			      small > large ? "lower case" : "upper case") < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_consistent_instruction_casing = {
	.id = "ConsistentInstructionCasing",
	.severity = SEV_WARN,
	.summary = "instructions in mixed case",
	.check_file = check,
};
