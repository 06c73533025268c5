/* SPDX-License-Identifier: Apache-2.0 */
/* A heredoc has the status of its last command, as every script has that does
 * not say set -e. In
 *
 *	RUN <<EOF
 *	apt-get update
 *	echo done
 *	EOF
 *
 * the build goes on when there is no net. `a && b` in place of lines, an `||`
 * of its own, and commands that do not fail are left alone. */
#include "lint/rule.h"
#include "lint/facts/script_option.h"

static bool has_substitution(const struct sh_node *n)
{
	for (size_t i = 0; i < n->n_assigns; i++)
		for (size_t k = 0; k < n->assigns[i].n_parts; k++)
			if (n->assigns[i].parts[k].kind == SH_COMMAND)
				return true;
	return false;
}

/* Its failure would be worth stopping for. */
static bool may_fail(const struct lint_command *c)
{
	if (c->name.text.n == 0)
		return has_substitution(c->node);
	return !lint_cmd_is(c, "set shopt echo printf export readonly local "
			       "true : umask unset trap exit return exec "
			       "alias sleep [ test");
}

static bool has_or(const struct sh_node *n)
{
	for (const struct sh_node *k = n->child; k; k = k->next)
		if (k->op == SH_OP_OR)
			return true;
	return n->kind == SH_AND_OR ? false : n->negated;
}

/* A statement whose status nobody asks for. if and case ask by themselves. */
static bool is_unwatched(const struct sh_node *n)
{
	if (n->op == SH_OP_BACKGROUND || n->negated)
		return false;
	switch (n->kind) {
	case SH_SIMPLE:
	case SH_PIPELINE:
	case SH_BRACE:
	case SH_SUBSHELL:
	case SH_FOR:
		return true;
	case SH_AND_OR:
		return !has_or(n);
	default:
		return false;
	}
}

/* An || or a condition between the command and the statement catches it. */
static bool is_caught(const struct sh_node *n, const struct sh_node *statement)
{
	while (n != statement && n->parent) {
		n = n->parent;
		if (n->kind == SH_IF || has_or(n))
			return true;
	}
	return n != statement;
}

/* The first command within the statement that may fail; *i is of the first
 * command behind the statements before it, and moves on: a script of a hundred
 * thousand lines is gone through once. */
static const struct lint_command *failing(const struct lint_run *run,
					  const struct sh_node *statement,
					  size_t *i)
{
	enum { TRIES_MAX = 64 };
	const struct lint_command *found = NULL;
	unsigned tries = 0;
	for (; *i < run->n_commands; ++*i) {
		const struct lint_command *c = &run->commands[*i];
		if (!c->node || c->node->at.at >= span_end(statement->at))
			break;
		if (!found && c->node->at.at >= statement->at.at &&
		    may_fail(c) && tries++ < TRIES_MAX &&
		    !is_caught(c->node, statement))
			found = c;
	}
	return found;
}

static bool has_trap(const struct lint_run *run)
{
	for (size_t i = 0; i < run->n_commands; i++)
		if (lint_cmd_is(&run->commands[i], "trap"))
			return true;
	return false;
}

static int check_run(const struct lint_file *f, const struct lint_run *run,
		     struct lint_out *out, struct err *err)
{
	(void)f;
	bool heredoc =
		run->run.form == DF_RUN_HEREDOC || run->run.form == DF_RUN_FILE;
	if (!heredoc || !run->shell_is.name || !run->run.sh.root ||
	    has_trap(run))
		return 0;
	const struct sh_node *n = run->run.sh.root->child;
	for (size_t i = 0; n && n->next; n = n->next) {
		const struct lint_command *c = failing(run, n, &i);
		if (!c || !is_unwatched(n) ||
		    lint_shell_option(run, c, LINT_ERREXIT))
			continue;
		return lint_find(
			out, dockerfile_run_span(&run->run, n->at), err,
			"when %s fails, the build goes on: only the last "
			"command of a heredoc counts; write set -e in its "
			"first line",
			lint_cmd_words(c, 0).text);
	}
	return 0;
}

const struct lint_rule rule_heredoc_without_errexit = {
	.id = "PARE8001",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "heredoc of RUN without set -e, which loses errors",
	.check_run = check_run,
};
