/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "base/chars.h"
#include "lint/facts/words.h"

static bool is_fixed(struct str dest)
{
	if (dest.n == 0)
		return true;
	return *dest.p == '/' || *dest.p == '$' ||
	       (dest.n > 1 && is_alpha(*dest.p) && dest.p[1] == ':');
}

/* Above it in its stage, anywhere in those below, or in the base where the
 * user tells of it. */
static bool has_workdir(const struct lint_file *f, const struct df_instr *in)
{
	uint32_t s = dockerfile_graph_stage_of(f->graph, in->index);
	const struct lint_base *base = s != DF_NO_STAGE ? f->bases[s] : NULL;
	if (base && base->given && base->workdir_set)
		return true;
	return lint_stands_behind(f, in, DF_WORKDIR);
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	const struct df_word *dest = dockerfile_copy_dest(in);
	if (!dest || is_fixed(lint_word_unquoted(dest->text)) ||
	    has_workdir(f, in))
		return 0;
	return lint_find(out, dest->at, err,
			 "COPY to %s ends up wherever the base image happens "
			 "to be, since no WORKDIR is set; write WORKDIR "
			 "above, or an absolute path",
			 str_quoted(dest->text).text);
}

const struct lint_rule rule_relative_copy_without_workdir = {
	.id = "DL3045",
	.severity = SEV_WARN,
	.on = DF_COPY,
	.summary = "COPY to a relative path without WORKDIR",
	.check_instr = check,
};
