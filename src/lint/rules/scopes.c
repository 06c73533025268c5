/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/scopes.h"

/* The list has the newest in front: those of later lines are skipped. */
static const struct df_var *older_than(const struct df_var *v, uint32_t index)
{
	while (v && v->from && v->from->index >= index)
		v = v->older;
	return v;
}

int scopes_at(const struct lint_file *f, const struct df_instr *in,
	      struct scopes *out, struct err *err)
{
	uint32_t s = in->kind == DF_FROM
			     ? DF_NO_STAGE
			     : df_graph_stage_of(f->graph, in->index);
	(void)err;
	*out = (struct scopes){ .scope = { .a = f->arena,
					   .escape = f->df->escape,
					   .in_stage = s != DF_NO_STAGE } };
	if (s == DF_NO_STAGE) {
		out->vars = older_than(f->graph->globals, in->index);
		return 0;
	}
	out->stage = &f->graph->stages[s];
	out->vars = older_than(out->stage->vars, in->index);
	return 0;
}

int scopes_value(const struct lint_file *f, const struct df_instr *in,
		 struct str word, struct str *out, struct err *err)
{
	scoped(buf_done) struct buf b = BUF_INIT(EXPAND_MAX);
	struct scopes s;
	if (scopes_at(f, in, &s, err) < 0)
		return -1;
	int known = df_scope_expand(&s.scope, s.vars, word, &b, err);
	if (known < 0 || arena_str(f->arena, buf_str(&b), out, err) < 0)
		return -1;
	return known;
}

struct span scopes_span(const struct df_instr *in, const struct df_word *word,
			size_t a, size_t b)
{
	/* A JSON string is decoded: its bytes have no places of their own. */
	if (in->form == DF_FORM_JSON || word->text.n == 0)
		return word->at;
	return df_logical_span(&in->line, word->logical + a, word->logical + b);
}
