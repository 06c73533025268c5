/* SPDX-License-Identifier: Apache-2.0 */
/* What bash has beside POSIX and no rule looks into. */
#include "shell/internal.h"

/* [[ ... ]] as pieces that are not looked into. Its operators are words or
 * metacharacters without their meaning: [[ a < b && ( c ) ]]. */
bool shell_read_test(struct sh_parser *p, struct sh_node *n)
{
	struct sh_word dropped = { 0 };
	(void)n;
	while (p->at < p->end) {
		if (shell_look(p, 0) == '\n')
			p->at++;
		shell_blanks(p);
		if (shell_accept(p, "]]"))
			return true;
		if (shell_is_meta(shell_look(p, 0)))
			p->at += p->at < p->end;
		else if (!shell_read_word(p, &dropped))
			return false;
	}
	return shell_fail(p, "[[ has no ]]");
}

/* (( ... )), whose second ( is at p->at. */
bool shell_read_arithmetic(struct sh_parser *p, struct sh_node *n)
{
	(void)n;
	p->at++;
	if (!shell_skip_balanced(p, '(', ')') || shell_look(p, 0) != ')')
		return shell_fail(p, "(( has no ))");
	p->at++;
	return true;
}
