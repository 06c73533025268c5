/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/words.h"

/* No blank line stands between. */
static bool is_next(struct str text, uint32_t from, uint32_t to)
{
	unsigned ends = 0;
	for (uint32_t i = from; i < to; i++)
		ends += text.p[i] == '\n';
	return ends == 1;
}

/* The last comment directly above it that is none to a linter. */
static const struct df_comment *description(const struct lint_file *f,
					    const struct df_instr *in)
{
	uint32_t below = in->at.at;
	for (uint32_t i = in->n_comments; i-- > 0;) {
		const struct df_comment *c =
			&f->df->comments[in->first_comment + i];
		if (c->inside || !is_next(f->df->text, span_end(c->at), below))
			return NULL;
		if (!word_starts(c->text, "check= hadolint pare:ignore"))
			return c;
		below = c->at.at;
	}
	return NULL;
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	struct str first, rest, name = { 0 };
	const struct df_comment *c = description(f, in);
	const struct df_word *as = df_from_name(in);
	bool met = false;
	size_t n = in->kind == DF_FROM ? as != NULL : in->n_pairs;
	if (!c || n == 0)
		return 0;
	if (!str_cut(c->text, ' ', &first, &rest))
		first = c->text;
	for (size_t i = 0; i < n; i++) {
		name = as ? f->graph->stages[df_graph_stage_of(f->graph,
							       in->index)]
				       .name
			  : in->pairs[i].key.text;
		met |= str_eq(first, name);
	}
	if (met)
		return 0;
	return lint_find(out, c->at, err,
			 "comment above %s does not begin with %s",
			 in->kind == DF_FROM ? "FROM" : "ARG",
			 n > 1 ? "a name of it" : str_quoted(name).text);
}

const struct lint_rule rule_invalid_definition_description = {
	.id = "InvalidDefinitionDescription",
	.severity = SEV_WARN,
	.off = true,
	.fix = FIX_SAFE,
	.on = DF_FROM | DF_ARG,
	.summary =
		"comment above FROM or ARG that does not begin with its name",
	.check_instr = check,
};
