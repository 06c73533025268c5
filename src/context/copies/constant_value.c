/* SPDX-License-Identifier: Apache-2.0 */
#include "context/copies/constant_value.h"

#include "dockerfile/expand.h"

/* The value of a variable is a word again, with variables of its own, and each
 * is asked in turn:
 *
 *   ARG V           COPY lib-$B: B is set, to "$A-1"; A is set, to "$V"; V has
 *   ENV A=$V        no default, so the source is not constant.
 *   ENV B=$A-1
 *
 * Forty lines ENV Vn=$Vm$Vm, each using the one above twice, would take 2^40
 * questions. Hence both limits; what goes over them counts as not constant. */
enum { DEPTH_MAX = 16, ASKED_MAX = 1000 };

/* One word on trial. */
struct constness {
	const struct df_scope *s;
	const struct df_var *vars; /* in force where the word stands */
	unsigned depth, *asked;	   /* asked is shared by all depths */
	bool varies;
	struct err *err;
	bool failed;
};

static bool get_value(void *self, struct str name, struct str *value)
{
	const struct constness *a = self;
	const struct df_var *v = dockerfile_scope_find(a->vars, name);
	*value = v ? v->value : STR("");
	return v && v->set;
}

static void check_word(struct constness *a, struct str word);

/* The text that gave the variable its value, before it was expanded. The last
 * pair of an ENV with the name twice counts. */
static struct str unexpanded(const struct df_var *v)
{
	const struct df_instr *in = v->from;
	for (size_t i = in ? in->n_pairs : 0; i-- > 0;)
		if (str_eq(in->pairs[i].key.text, v->name))
			return in->pairs[i].value.text;
	return STR("");
}

/* By --build-arg. */
static bool is_given(const struct df_scope *s, struct str name)
{
	for (size_t i = 0; i < s->n_args; i++)
		if (str_eq(s->args[i].name, name))
			return true;
	return false;
}

/* Called for each variable of the word while it is expanded. */
static void check_variable(void *self, struct str name, struct span at,
			   bool set)
{
	struct constness *a = self;
	const struct df_var *v = dockerfile_scope_find(a->vars, name);
	(void)at;
	if (!set || !v || !v->known) {
		a->varies = true;
		return;
	}
	/* "ARG A" in a stage takes the value of an ARG A above the first FROM;
	 * that is the line whose text has to be looked at. */
	if (v->origin == DF_VAR_GLOBAL)
		v = dockerfile_scope_find(a->s->globals, name);
	if (!v || (v->origin == DF_VAR_ARG && is_given(a->s, name)))
		return;
	/* v->older: what was in force where that line stands. ENV A=$A asks the
	 * A before it, so this ends. */
	struct constness inner = { .s = a->s,
				   .vars = v->older,
				   .depth = a->depth + 1,
				   .asked = a->asked,
				   .err = a->err };
	check_word(&inner, unexpanded(v));
	a->varies |= inner.varies;
	a->failed |= inner.failed;
}

/* The text that comes out is of no interest: the expansion is done for its
 * calls of check_variable. A word that cannot be expanded is not constant. */
static void check_word(struct constness *a, struct str word)
{
	scoped(buf_done) struct buf out = BUF_INIT(EXPAND_MAX);
	struct err err = { 0 };
	struct expand x = { .escape = a->s->escape,
			    .get = get_value,
			    .seen = check_variable,
			    .self = a };
	if (a->depth > DEPTH_MAX || ++*a->asked > ASKED_MAX) {
		a->varies = true;
		return;
	}
	if (dockerfile_expand_text(&x, word, &out, &err) >= 0)
		return;
	a->varies = true;
	if (err.code == ERR_NOMEM && !a->failed) {
		a->failed = true;
		*a->err = err;
	}
}

int context_value_is_constant(const struct df_scope *s,
			      const struct df_var *vars, struct str word,
			      struct err *err)
{
	unsigned asked = 0;
	struct constness a = {
		.s = s, .vars = vars, .asked = &asked, .err = err
	};
	check_word(&a, word);
	return a.failed ? -1 : !a.varies;
}
