/* SPDX-License-Identifier: Apache-2.0 */
/* Assignments of a script, and which of them a command is sure to see.
 *
 * An assignment reaches a command when it is the last of its name in front of
 * it and nothing between the two may leave it out or undo it:
 *
 *	P=a; use $P			a
 *	P=a && use $P			a
 *	if x; then P=a; fi; use $P	not known: nobody can tell whether x
 *	(P=a); use $P			not known: the subshell had it
 *	while use $P; do P=a; done	not known: b first, then a
 *
 * So on the way from the assignment up to what encloses both, only lists,
 * braces, the front of && and ||, and conditions may be met. */
#include "lint/facts/script_values.h"

#include "base/chars.h"
#include "lint/facts/values.h"
#include "lint/facts/words.h"

/* A script that assigns more often is not worth the search: none of its own
 * values is known then. */
enum { VALUES_MAX = 100 };

static int add(struct script_values *s, struct script_value v, struct err *err)
{
	if (s->n == VALUES_MAX)
		return 0;
	if (arena_grow(s->a, &s->v, s->n, &s->cap, sizeof *s->v, err) < 0)
		return -1;
	s->v[s->n++] = v;
	return 0;
}

/* NAME of NAME=..., NAME+=... and NAME[1]=...: the latter two have values that
 * nobody has here. */
static struct str name_of(struct str word, bool *plain)
{
	size_t n = 0;
	while (n < word.n &&
	       (is_alpha(word.p[n]) || is_digit(word.p[n]) || word.p[n] == '_'))
		n++;
	*plain = n < word.n && word.p[n] == '=';
	return (struct str){ word.p, n };
}

/* export A=1, read a b, unset a: arguments that are names or begin with one. */
static int add_arguments(struct script_values *s, const struct sh_node *node,
			 uint32_t command, bool assigns, struct err *err)
{
	struct str text = s->run->run.sh.text;
	for (size_t i = 1; i < node->n_words; i++) {
		struct str word = span_str(text, node->words[i].at);
		bool plain;
		struct str name = name_of(word, &plain);
		/* export A alone leaves the value as it is. */
		if (name.n == 0 || (assigns && name.n == word.n))
			continue;
		struct script_value v = { .name = name,
					  .node = node,
					  .command = command };
		if (assigns && plain)
			v.word = &node->words[i];
		if (add(s, v, err) < 0)
			return -1;
	}
	return 0;
}

static int add_command(struct script_values *s, uint32_t command,
		       struct err *err)
{
	const struct sh_script *sh = &s->run->run.sh;
	const struct sh_node *node = sh->commands[command];
	struct str text = sh->text;
	for (size_t i = 0; node->n_words == 0 && i < node->n_assigns; i++) {
		bool plain;
		struct script_value v = { .node = node, .command = command };
		v.name = name_of(span_str(text, node->assigns[i].at), &plain);
		v.word = plain ? &node->assigns[i] : NULL;
		if (add(s, v, err) < 0)
			return -1;
	}
	struct str name = node->n_words ? span_str(text, node->words[0].at)
					: (struct str){ 0 };
	if (lint_word_in(name, "export readonly declare typeset local"))
		return add_arguments(s, node, command, true, err);
	if (lint_word_in(name, "read unset getopts mapfile readarray"))
		return add_arguments(s, node, command, false, err);
	if (lint_word_in(name, ". source eval"))
		return add(s,
			   (struct script_value){ .node = node,
						  .command = command },
			   err);
	return 0;
}

/* Names of the loops around the command: for i in a b. */
static int add_loops(struct script_values *s, const struct sh_node *node,
		     struct err *err)
{
	for (const struct sh_node *n = node->parent; n; n = n->parent) {
		struct script_value v = { 0 };
		if (n->kind != SH_FOR || n->n_words == 0)
			continue;
		v.name = span_str(s->run->run.sh.text, n->words[0].at);
		if (s->n && s->v[s->n - 1].node == NULL &&
		    str_eq(s->v[s->n - 1].name, v.name))
			continue;
		if (add(s, v, err) < 0)
			return -1;
	}
	return 0;
}

int lint_script_values(const struct lint_run *run, struct arena *a,
		       struct script_values *out, struct err *err)
{
	const struct sh_script *sh = &run->run.sh;
	*out = (struct script_values){ .run = run, .a = a };
	for (size_t i = 0; sh->readable && i < sh->n_commands; i++)
		if (add_loops(out, sh->commands[i], err) < 0 ||
		    add_command(out, (uint32_t)i, err) < 0)
			return -1;
	return 0;
}

static bool holds(const struct sh_node *outer, const struct sh_node *node)
{
	while (node && node != outer)
		node = node->parent;
	return node;
}

/* What stands at x within its parent is run whenever the parent is, and what
 * it sets is still set behind it. */
static bool is_passed(const struct sh_node *x)
{
	const struct sh_node *p = x->parent;
	if (x->op == SH_OP_BACKGROUND)
		return false;
	switch (p->kind) {
	case SH_LIST:
	case SH_BRACE:
		return true;
	case SH_AND_OR:
	case SH_IF:
		return x == p->child;
	default:
		return false;
	}
}

/* In `a && P=x && use`, what stands in front of the use has been run. */
static bool is_chained(const struct sh_node *x, const struct sh_node *to)
{
	if (x->parent->kind != SH_AND_OR)
		return false;
	for (; x && !holds(x, to); x = x->next)
		if (x->op != SH_OP_AND)
			return false;
	return x;
}

/* The assignment is sure to have been made where the command stands. */
static bool reaches(const struct sh_node *from, const struct sh_node *to)
{
	for (const struct sh_node *x = from; x; x = x->parent) {
		if (holds(x, to))
			return true;
		if (!x->parent || !(is_passed(x) || is_chained(x, to)))
			return false;
	}
	return false;
}

/* The command itself, or for one of a substitution the command outside that
 * has it among its words: what is set in front of that is set within. */
static const struct sh_node *outermost(const struct sh_script *sh,
				       const struct sh_node *node)
{
	const struct sh_node *top = node;
	while (top->parent)
		top = top->parent;
	if (top == sh->root)
		return node;
	for (size_t i = 0; i < sh->n_commands; i++) {
		const struct sh_node *c = sh->commands[i];
		if (c->at.at < node->at.at &&
		    span_end(c->at) >= span_end(node->at) && !holds(c, node))
			return c;
	}
	return node;
}

/* Behind the command within a loop around it, or anywhere when the command is
 * part of a function: it may be run a second time. */
static bool comes_round(const struct sh_node *later, const struct sh_node *node)
{
	for (const struct sh_node *n = node->parent; n; n = n->parent) {
		if (n->kind == SH_FUNCTION)
			return true;
		if ((n->kind == SH_WHILE || n->kind == SH_UNTIL ||
		     n->kind == SH_FOR) &&
		    holds(n, later))
			return true;
	}
	return false;
}

/* 1: the script gives it this value; 0: it has it from the environment; -1:
 * it gives it one that nobody knows. */
static int assigned(const struct script_values *s, uint32_t command,
		    struct str name, struct str *value)
{
	const struct sh_script *sh = &s->run->run.sh;
	const struct sh_node *node = sh->commands[command];
	const struct script_value *last = NULL;
	for (size_t i = 0; i < s->n; i++) {
		const struct script_value *v = &s->v[i];
		if (v->name.n && !str_eq(v->name, name))
			continue;
		if (!v->node || s->n == VALUES_MAX)
			return -1;
		if (v->command < command)
			last = v;
		else if (v->command > command && comes_round(v->node, node))
			return -1;
	}
	if (!last)
		return s->n == VALUES_MAX ? -1 : 0;
	if (!last->known || !(reaches(last->node, node) ||
			      reaches(last->node, outermost(sh, node))))
		return -1;
	*value = last->value;
	return 1;
}

bool lint_script_value(const struct script_values *s, uint32_t command,
		       struct str name, struct str *value)
{
	int r = assigned(s, command, name, value);
	if (r)
		return r > 0;
	const struct df_var *v = lint_var_at(s->run->file, s->run->outer, name);
	bool there = v && v->set && v->known;
	*value = there ? v->value : (struct str){ 0 };
	return there;
}
