/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/base_image/image_name.h"
#include "lint/facts/words.h"

static bool is_stage(const struct lint_file *f, const struct df_instr *from,
		     struct str name)
{
	const struct df_graph *g = f->graph;
	uint32_t own = dockerfile_graph_stage_of(g, from->index);
	return g->stages[own].base != DF_NO_STAGE ||
	       dockerfile_graph_has_written(g, own, name);
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	const struct df_word *image = dockerfile_from_image(in);
	if (!image || image->text.n == 0 ||
	    lint_word_has_expansion(image->text))
		return 0;
	struct str text = lint_word_unquoted(image->text);
	struct image_name name = lint_image_name_of(text);
	if (str_eqz(text, "scratch") || name.digest.n || name.has_tag ||
	    is_stage(f, in, text) || lint_named_context(f, text))
		return 0;
	return lint_find(
		out, image->at, err,
		"%s has no tag, so the build takes whatever is the latest on "
		"that day; name a version",
		str_quoted(text).text);
}

const struct lint_rule rule_untagged_base_image = {
	.id = "DL3006",
	.severity = SEV_WARN,
	.on = DF_FROM,
	.summary = "FROM without a tag or digest",
	.check_instr = check,
};
