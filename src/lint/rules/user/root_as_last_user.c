/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/facts/words.h"

static bool is_root(struct str user)
{
	return lint_word_in(user, "root 0") ||
	       lint_word_starts(user, "root: 0:");
}

static int check(const struct lint_file *f, const struct df_stage *s,
		 struct lint_out *out, struct err *err)
{
	const struct df_instr *last = NULL;
	for (uint32_t i = s->first; i < s->end; i++)
		if (f->df->instrs[i]->kind == DF_USER)
			last = f->df->instrs[i];
	if (!last || last->n_words == 0 ||
	    !is_root(lint_word_unquoted(last->words[0].text)))
		return 0;
	return lint_find(out, last->words[0].at, err,
			 "the last USER of the stage is %s",
			 str_quoted(last->words[0].text).text);
}

const struct lint_rule rule_root_as_last_user = {
	.id = "DL3002",
	.severity = SEV_WARN,
	.summary = "the last USER of a stage is root",
	.check_stage = check,
};
