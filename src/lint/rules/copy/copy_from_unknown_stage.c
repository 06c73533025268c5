/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "base/chars.h"

/* The name of a stage up to this one, or a number of one. */
static bool is_known(const struct lint_file *f, const struct df_instr *in,
		     struct str name)
{
	uint32_t own = dockerfile_graph_stage_of(f->graph, in->index);
	size_t digits = 0;
	uint64_t index;
	while (digits < name.n && is_digit(name.p[digits]))
		digits++;
	if (str_to_u64((struct str){ name.p, digits }, &index) &&
	    own != DF_NO_STAGE && index <= own)
		return true;
	return own != DF_NO_STAGE &&
	       dockerfile_graph_find(f->graph, own + 1, name, true) !=
		       DF_NO_STAGE;
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	const struct df_flag *from = dockerfile_flag(in, "from");
	if (!from || from->text.n == 0 ||
	    memchr(from->text.p, ':', from->text.n) ||
	    is_known(f, in, from->text) || lint_named_context(f, from->text))
		return 0;
	uint32_t own = dockerfile_graph_stage_of(f->graph, in->index);
	uint32_t above = own == DF_NO_STAGE ? 0 : own;
	return lint_find(
		out, from->value, err,
		"--from=%s is not an earlier stage%s, so the builder pulls an "
		"image of that name; write the name of a stage, or an image "
		"with its tag",
		str_quoted(from->text).text,
		dockerfile_graph_hint(f->graph, above, from->text).text);
}

const struct lint_rule rule_copy_from_unknown_stage = {
	.id = "DL3022",
	.severity = SEV_WARN,
	.on = DF_COPY,
	.summary = "COPY --from of an unknown stage",
	.check_instr = check,
};
