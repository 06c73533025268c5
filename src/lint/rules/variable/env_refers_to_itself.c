/* SPDX-License-Identifier: Apache-2.0 */
/*	ENV A=1 B=$A		B is what A was before the line, or empty
 *	ENV A=$A:/x		fine: its own name means the old value
 *	ENV A=1			fine, if an earlier line set A: then
 *	ENV A=2 B=$A		it may be meant */
#include "lint/rule.h"
#include "lint/facts/values.h"
#include "lint/facts/words.h"

struct look {
	const struct lint_file *f;
	const struct df_instr *in;
	const struct df_word *word;
	size_t own; /* the pair whose value it is */
	const struct df_var *vars;
	struct span at;
	struct str name;
	bool met;
};

static void seen(void *self, struct str name, struct span at, bool set)
{
	struct look *l = self;
	(void)set;
	if (l->met || dockerfile_scope_find(l->vars, name))
		return;
	if (!lint_pair_sets(l->f, l->in, l->in->n_pairs, l->own, name))
		return;
	l->at = lint_word_span(l->in, l->word, at.at, span_end(at));
	l->name = name;
	l->met = true;
}

static int look(const struct lint_file *f, const struct df_instr *in,
		const struct df_var *vars, struct lint_out *out,
		struct err *err)
{
	for (size_t i = 0; i < in->n_pairs; i++) {
		scoped(buf_done) struct buf b = BUF_INIT(EXPAND_MAX);
		struct look l = { .f = f,
				  .in = in,
				  .word = &in->pairs[i].value,
				  .own = i,
				  .vars = vars };
		struct expand x = { .escape = f->df->escape,
				    .seen = seen,
				    .self = &l };
		if (dockerfile_expand_text(&x, in->pairs[i].value.text, &b,
					   err) < 0) {
			if (err->code == ERR_NOMEM)
				return -1;
			err_clear(err);
		}
		if (l.met &&
		    lint_find(out, l.at, err,
			      "$%s does not have its new value here, since "
			      "an ENV sets all its variables at once; set it "
			      "in an ENV of its own above",
			      str_quoted(l.name).text) < 0)
			return -1;
	}
	return 0;
}

static int check(const struct lint_file *f, const struct df_stage *s,
		 struct lint_out *out, struct err *err)
{
	for (uint32_t i = s->first; i < s->end; i++) {
		const struct df_instr *in = f->df->instrs[i];
		if (in->kind == DF_ENV &&
		    look(f, in, lint_vars_at(f, in), out, err) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_env_refers_to_itself = {
	.id = "DL3044",
	.severity = SEV_ERROR,
	.summary = "ENV refers to a variable of the same ENV",
	.check_stage = check,
};
