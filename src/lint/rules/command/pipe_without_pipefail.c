/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/facts/words.h"

/* No shell of the Bourne family: its pipes are not ours to judge. */
static bool is_foreign(struct str shell)
{
	return lint_word_starts(lint_word_base(shell), "pwsh powershell cmd");
}

static bool has_pipefail(const struct lint_run *run)
{
	size_t n = 0;
	const struct df_word *w =
		run->shell ? dockerfile_command(run->shell, &n) : NULL;
	bool o = false, pipefail = false;
	if (run->shell_said.n && is_foreign(run->shell_said))
		return true;
	if (n == 0)
		return false;
	if (is_foreign(w[0].text))
		return true;
	for (size_t i = 1; i < n; i++) {
		struct str s = w[i].text;
		o |= s.n > 1 && *s.p == '-' && s.p[1] != '-' &&
		     memchr(s.p, 'o', s.n);
		pipefail |= str_eqz(s, "pipefail");
	}
	return o && pipefail &&
	       lint_word_in(lint_word_base(w[0].text), "bash zsh ash");
}

/* The | behind the first command of a pipeline that the node is part of. */
static const struct sh_node *pipe_around(const struct sh_node *node)
{
	for (; node && node->parent; node = node->parent)
		if (node->parent->kind == SH_PIPELINE &&
		    node->parent->child->next)
			return node->parent->child;
	return NULL;
}

static int check_run(const struct lint_file *f, const struct lint_run *run,
		     struct lint_out *out, struct err *err)
{
	(void)f;
	const struct sh_node *first = NULL;
	for (size_t i = 0; i < run->n_commands && !first; i++)
		first = pipe_around(run->commands[i].node);
	if (!first || has_pipefail(run))
		return 0;
	return lint_find(out, dockerfile_run_span(&run->run, first->op_at), err,
			 "pipe in RUN, and the SHELL in force has no -o "
			 "pipefail: what fails in front of it goes unnoticed");
}

const struct lint_rule rule_pipe_without_pipefail = {
	.id = "DL4006",
	.severity = SEV_WARN,
	.summary = "pipe in RUN without pipefail",
	.check_run = check_run,
};
