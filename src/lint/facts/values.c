/* SPDX-License-Identifier: Apache-2.0 */
/* A word with its variables replaced, at an instruction: 1, the value is
 * certain; 0, a part of it is known when it is built. */
#include "lint/facts/values.h"

const struct df_var *lint_vars_at(const struct lint_file *f,
				  const struct df_instr *in)
{
	return f->vars[in->index];
}

const struct df_var *lint_var_at(const struct lint_file *f,
				 const struct df_instr *in, struct str name)
{
	return dockerfile_scope_find(f->vars[in->index], name);
}

int lint_value(const struct lint_file *f, const struct df_instr *in,
	       struct str word, struct str *out, struct err *err)
{
	scoped(buf_done) struct buf b = BUF_INIT(EXPAND_MAX);
	struct df_scope scope = {
		.a = f->arena,
		.escape = f->df->escape,
		.in_stage = in->kind != DF_FROM &&
			    dockerfile_graph_stage_of(f->graph, in->index) !=
				    DF_NO_STAGE,
	};
	int known = dockerfile_scope_expand(&scope, f->vars[in->index], word,
					    &b, err);
	if (known < 0 || arena_str(f->arena, buf_str(&b), out, err) < 0)
		return -1;
	return known;
}

bool lint_pair_sets(const struct lint_file *f, const struct df_instr *in,
		    size_t n, size_t but, struct str name)
{
	const struct str_index *keys = f->pair_keys[in->index];
	const uint32_t *ids;
	uint32_t same = keys ? str_index_find(keys, name, &ids) : 0;
	/* Ids rise: the first two decide. */
	for (uint32_t i = 0; i < MIN(same, 2u); i++)
		if (ids[i] != but && ids[i] < n)
			return true;
	return false;
}

struct span lint_word_span(const struct df_instr *in,
			   const struct df_word *word, size_t a, size_t b)
{
	/* A JSON string is decoded: its bytes have no places of their own. */
	if (in->form == DF_FORM_JSON || word->text.n == 0)
		return word->at;
	return dockerfile_logical_span(&in->line, word->logical + a,
				       word->logical + b);
}
