/* SPDX-License-Identifier: Apache-2.0 */
/* Commands as uses of a tool of the catalogue. */
#include "catalog/catalog.h"
#include "lint/facts/command.h"
#include "lint/facts/words.h"

const struct catalog_tool *lint_cmd_tool(const struct lint_command *c)
{
	return c->name.known ? catalog_of_program(c->base) : NULL;
}

/* "-S" is how an argument of letters begins (-Sy), "--sync" all of one. */
static bool has_operation(const struct lint_command *c, const char *operations)
{
	struct str word;
	while (lint_word_next(&operations, &word))
		for (size_t i = 0; i < c->n_args; i++) {
			struct str a = c->args[i].text;
			if (str_eq(a, word) ||
			    (word.n == 2 && str_starts(a, word)))
				return true;
		}
	return false;
}

bool lint_cmd_does(const struct lint_command *c,
		   const struct catalog_tool *tool, const char *verbs)
{
	if (!tool || !verbs)
		return false;
	if (verbs[0] == '-' && verbs[1] && verbs[1] != ' ')
		return lint_cmd_is(c, tool->programs) &&
		       has_operation(c, verbs);
	if (c->n_args == 0)
		return lint_cmd_is(c, tool->programs) &&
		       catalog_listed(verbs, STR("-"));
	return lint_cmd_verb(c, tool->programs, verbs);
}

bool lint_cmd_installs(const struct lint_command *c)
{
	const struct catalog_tool *tool = lint_cmd_tool(c);
	return tool && lint_cmd_does(c, tool, tool->verbs.add);
}

bool lint_cmd_uninstalls(const struct lint_command *c)
{
	const struct catalog_tool *tool = lint_cmd_tool(c);
	return tool && lint_cmd_does(c, tool, tool->verbs.remove);
}

struct str lint_cmd_group(const struct lint_command *c)
{
	const struct catalog_tool *tool = lint_cmd_tool(c);
	return tool && tool->group ? lint_cmd_option(c, tool->group)
				   : (struct str){ 0 };
}

bool lint_cmd_sweeps(const struct lint_command *c)
{
	const struct catalog_tool *tool = lint_cmd_tool(c);
	if (!tool)
		return false;
	for (size_t i = 0; i < c->n_args; i++)
		if (catalog_listed(tool->sweeps, c->args[i].text))
			return true;
	return lint_cmd_does(c, tool, tool->verbs.sweep);
}

/* "git -C d clone": from 0 on it is 2, since -C takes a word. A lone hyphen is
 * an operand. */
size_t lint_cmd_next_operand(const struct lint_command *c, size_t i)
{
	while (i < c->n_args && c->args[i].text.n > 1 &&
	       c->args[i].text.p[0] == '-')
		i += catalog_option_takes_word(c->base, c->args[i].text) ? 2
									 : 1;
	return i < c->n_args ? i : c->n_args;
}
