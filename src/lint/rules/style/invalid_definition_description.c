/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/facts/words.h"

/* The last comment above it that is none to a linter. Blank lines between do
 * not count; an empty comment parts it from what is above. */
static const struct df_comment *description(const struct lint_file *f,
					    const struct df_instr *in)
{
	for (uint32_t i = in->n_comments; i-- > 0;) {
		const struct df_comment *c =
			&f->df->comments[in->first_comment + i];
		if (c->inside || c->text.n == 0)
			return NULL;
		if (!lint_word_starts(c->text, "check= hadolint pare:ignore"))
			return c;
	}
	return NULL;
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	struct str first, rest, name = { 0 };
	const struct df_comment *c = description(f, in);
	const struct df_word *as = dockerfile_from_name(in);
	bool met = false;
	size_t n = in->kind == DF_FROM ? as != NULL : in->n_pairs;
	if (!c || n == 0)
		return 0;
	if (!str_cut(c->text, ' ', &first, &rest))
		first = c->text;
	for (size_t i = 0; i < n; i++) {
		name = as ? f->graph->stages[dockerfile_graph_stage_of(
						     f->graph, in->index)]
				       .name
			  : in->pairs[i].key.text;
		met |= str_eq(first, name);
	}
	if (met)
		return 0;
	return lint_find(out, c->at, err,
			 "the comment above %s does not begin with %s, so "
			 "docker build --call=outline does not show it; "
			 "begin it so",
			 in->kind == DF_FROM ? "FROM" : "ARG",
			 n > 1 ? "a name of it" : str_quoted(name).text);
}

const struct lint_rule rule_invalid_definition_description = {
	.id = "InvalidDefinitionDescription",
	.severity = SEV_WARN,
	.off = true,
	.on = DF_FROM | DF_ARG,
	.summary =
		"comment above FROM or ARG that does not begin with its name",
	.check_instr = check,
};
