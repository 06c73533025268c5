/* SPDX-License-Identifier: Apache-2.0 */
/* What is run after what. */
#include "lint/facts/command.h"
#include "lint/facts/facts.h"

/* The child of an if or a case that a stands in, when b stands in another one
 * of the same: only one of them is run. A condition comes before its body. */
static bool are_branches(const struct sh_node *a, const struct sh_node *b)
{
	for (const struct sh_node *x = a; x && x->parent; x = x->parent) {
		const struct sh_node *p = x->parent, *y = b;
		if (p->kind != SH_CASE && p->kind != SH_IF)
			continue;
		while (y && y->parent != p)
			y = y->parent;
		if (!y || y == x)
			continue;
		if (p->kind == SH_CASE)
			return true;
		size_t at = 0;
		for (const struct sh_node *n = p->child; n && n != x;
		     n = n->next)
			at++;
		return at % 2 == 1;
	}
	return false;
}

/*	if a; then b; else c; fi	b and c are after a, c is not after b
 *	x $(y)				y is run before x
 *	a || b				b is after a: it may be run */
bool lint_cmd_after(const struct lint_command *a, const struct lint_command *b)
{
	if (a->run != b->run || b->index <= a->index)
		return false;
	if (!a->node || !b->node)
		return true;
	/* What a substitution within a runs is run before a. */
	if (span_end(b->node->at) <= span_end(a->node->at))
		return false;
	return !are_branches(a->node, b->node);
}

bool lint_cmd_followed(const struct lint_command *c,
		       bool (*is_such)(const struct lint_command *c))
{
	const struct lint_run *run = c->run;
	size_t end = MIN(run->n_commands, (size_t)c->index + LINT_LOOK_AHEAD);
	for (size_t i = c->index + 1; i < end; i++) {
		const struct lint_command *later = &run->commands[i];
		if (later->called && lint_cmd_after(c, later) &&
		    is_such(later->called))
			return true;
	}
	return false;
}

/* "yes | apt-get install x" answers the question that -y would. */
bool lint_cmd_is_fed(const struct lint_command *c)
{
	for (const struct sh_node *n = c->node; n; n = n->parent) {
		for (size_t i = 0; i < n->n_redirects; i++)
			if (str_starts(span_str(c->run->run.sh.text,
						n->redirects[i].op),
				       STR("<")))
				return true;
		if (n->parent && n->parent->kind == SH_PIPELINE &&
		    n->parent->child != n)
			return true;
	}
	return false;
}

int lint_cmd_each(const struct lint_run *run,
		  int (*check)(const struct lint_command *c,
			       struct lint_out *out, struct err *err),
		  struct lint_out *out, struct err *err)
{
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].called;
		if (c && check(c, out, err) < 0)
			return -1;
	}
	return 0;
}

int lint_cmd_each_unwrapped(const struct lint_run *run,
			    int (*check)(const struct lint_command *c,
					 struct lint_out *out, struct err *err),
			    struct lint_out *out, struct err *err)
{
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].unwrapped;
		if (c->name.known && c->name.text.n && check(c, out, err) < 0)
			return -1;
	}
	return 0;
}
