/* SPDX-License-Identifier: Apache-2.0 */
#include "context/copies/constant_value.h"

#include "dockerfile/expand.h"

/* A value that is made of others, which are made of others: how deep, and how
 * many in all. */
enum { DEPTH_MAX = 16, ASKED_MAX = 1000 };

struct asker {
	const struct df_scope *s;
	const struct df_var *vars;
	unsigned depth, *asked;
	bool uncertain;
	struct err *err;
	bool failed;
};

static bool get(void *self, struct str name, struct str *value)
{
	const struct asker *a = self;
	const struct df_var *v = df_scope_find(a->vars, name);
	*value = v ? v->value : STR("");
	return v && v->set;
}

static void ask(struct asker *a, struct str word);

/* The raw text that gave the variable its value. */
static struct str written(const struct df_var *v)
{
	const struct df_instr *in = v->from;
	for (size_t i = in ? in->n_pairs : 0; i-- > 0;)
		if (str_eq(in->pairs[i].key.text, v->name))
			return in->pairs[i].value.text;
	return STR("");
}

static bool is_given(const struct df_scope *s, struct str name)
{
	for (size_t i = 0; i < s->n_args; i++)
		if (str_eq(s->args[i].name, name))
			return true;
	return false;
}

static void seen(void *self, struct str name, struct span at, bool set)
{
	struct asker *a = self;
	const struct df_var *v = df_scope_find(a->vars, name);
	(void)at;
	if (!set || !v || !v->known) {
		a->uncertain = true;
		return;
	}
	if (v->origin == DF_VAR_GLOBAL)
		v = df_scope_find(a->s->globals, name);
	if (!v || (v->origin == DF_VAR_ARG && is_given(a->s, name)))
		return;
	struct asker below = { .s = a->s,
			       .vars = v->older,
			       .depth = a->depth + 1,
			       .asked = a->asked,
			       .err = a->err };
	ask(&below, written(v));
	a->uncertain |= below.uncertain;
	a->failed |= below.failed;
}

static void ask(struct asker *a, struct str word)
{
	scoped(buf_done) struct buf out = BUF_INIT(EXPAND_MAX);
	struct err err = { 0 };
	struct expand x = {
		.escape = a->s->escape, .get = get, .seen = seen, .self = a
	};
	if (a->depth > DEPTH_MAX || ++*a->asked > ASKED_MAX) {
		a->uncertain = true;
		return;
	}
	if (expand_text(&x, word, &out, &err) >= 0)
		return;
	a->uncertain = true;
	if (err.code == ERR_NOMEM && !a->failed) {
		a->failed = true;
		*a->err = err;
	}
}

int word_is_certain(const struct df_scope *s, const struct df_var *vars,
		    struct str word, struct err *err)
{
	unsigned asked = 0;
	struct asker a = { .s = s, .vars = vars, .asked = &asked, .err = err };
	ask(&a, word);
	return a.failed ? -1 : !a.uncertain;
}
