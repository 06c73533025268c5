/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/facts/script_option.h"

/* The | behind the first command of a pipeline that the node is part of. */
static const struct sh_node *pipe_around(const struct sh_node *node)
{
	for (; node && node->parent; node = node->parent)
		if (node->parent->kind == SH_PIPELINE &&
		    node->parent->child->next)
			return node->parent->child;
	return NULL;
}

/* dash, which is sh of Debian and Ubuntu, has no pipefail; Alpine has no
 * bash. */
static const char *shell_with_pipefail(const struct lint_run *run)
{
	const char *sh = lint_run_base_shell(run);
	return sh && strcmp(sh, "busybox") == 0 ? "/bin/ash" : "/bin/bash";
}

/* One finding a script, at its first pipe that nothing watches over. */
static int check_run(const struct lint_file *f, const struct lint_run *run,
		     struct lint_out *out, struct err *err)
{
	/* What is built for nobody breaks nothing. */
	bool thrown_away = run->stage != DF_NO_STAGE && !f->needs[run->stage];
	if (run->shell_is.foreign || thrown_away)
		return 0;
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = &run->commands[i];
		const struct sh_node *first = pipe_around(c->node);
		if (!first || lint_shell_option(run, c, LINT_PIPEFAIL))
			continue;
		return lint_find(
			out, dockerfile_run_span(&run->run, first->op_at), err,
			"only the last command of this pipe decides, so the "
			"build goes on when one in front of it fails; write "
			"SHELL [\"%s\", \"-o\", \"pipefail\", \"-c\"] above",
			shell_with_pipefail(run));
	}
	return 0;
}

const struct lint_rule rule_pipe_without_pipefail = {
	.id = "DL4006",
	.severity = SEV_WARN,
	.summary = "pipe in RUN without pipefail",
	.check_run = check_run,
};
