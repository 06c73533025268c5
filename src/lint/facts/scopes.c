/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts/scopes.h"

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

int scopes_begin(const struct lint_file *f, const struct df_stage *stage,
		 struct scopes_walk *out, struct err *err)
{
	size_t n = 0;
	for (const struct df_var *v = stage->vars; v; v = v->older)
		n++;
	const struct df_var **vars =
		arena_array(f->arena, n, sizeof *vars, err);
	if (!vars)
		return -1;
	*out = (struct scopes_walk){ .vars = vars, .n = n };
	for (const struct df_var *v = stage->vars; v; v = v->older)
		vars[--n] = v;
	return 0;
}

const struct df_var *scopes_before(struct scopes_walk *w,
				   const struct df_instr *in)
{
	while (w->at < w->n && (!w->vars[w->at]->from ||
				w->vars[w->at]->from->index < in->index))
		w->at++;
	return w->at ? w->vars[w->at - 1] : NULL;
}

int scopes_value(const struct lint_file *f, const struct df_instr *in,
		 struct str word, struct str *out, struct err *err)
{
	scoped(buf_done) struct buf b = BUF_INIT(EXPAND_MAX);
	struct scopes s;
	bool plain = !memchr(word.p ? word.p : "", '$', word.n);
	s = (struct scopes){ .scope = { .a = f->arena,
					.escape = f->df->escape } };
	if (!plain && scopes_at(f, in, &s, err) < 0)
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
