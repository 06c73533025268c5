/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/facts/bases.h"
#include "lint/facts/facts.h"
#include "lint/facts/words.h"

/* An image that is made to be copied, as FROM tonistiigi/xx AS xx is: the stage
 * adds nothing to it, and it is not known to be a system or a toolchain. */
static bool may_be_files_alone(const struct lint_file *f,
			       const struct df_instr *in)
{
	const struct df_edge *e = dockerfile_graph_edge_of(f->graph, in);
	if (!e || e->to == DF_NO_STAGE)
		return false;
	const struct df_stage *s = &f->graph->stages[e->to];
	return s->base == DF_NO_STAGE && !s->is_scratch && s->image_known &&
	       !lint_base_known(s->image) && !lint_stage_stores(f, s);
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	size_t n;
	const struct df_word *src = dockerfile_copy_sources(in, &n);
	const struct df_word *dest = dockerfile_copy_dest(in);
	const struct df_flag *from = dockerfile_flag(in, "from");
	if (!from || !dest ||
	    !lint_word_in(lint_word_unquoted(dest->text), "/") ||
	    may_be_files_alone(f, in))
		return 0;
	for (size_t i = 0; i < n; i++)
		if (lint_word_in(lint_word_unquoted(src[i].text), "/"))
			return lint_find(
				out, span_of(src[i].at.at, span_end(dest->at)),
				err,
				"this copies the whole file system of %s, "
				"with its build tools and caches; copy the "
				"directories that the program needs",
				str_quoted(from->text).text);
	return 0;
}

const struct lint_rule rule_copy_from_whole_filesystem = {
	.id = "DL3067",
	.severity = SEV_WARN,
	.on = DF_COPY,
	.summary = "COPY --from of a whole file system",
	.check_instr = check,
};
