/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts/script_option.h"

static bool encloses(const struct sh_node *outer, const struct sh_node *n)
{
	return n->at.at >= outer->at.at &&
	       span_end(n->at) <= span_end(outer->at);
}

/* What is set in a subshell, an arm of a pipeline or a substitution ends with
 * it: in `(set -e; a); b` nothing is set for b. */
static bool reaches(const struct lint_run *run, const struct sh_node *set,
		    const struct sh_node *at)
{
	const struct sh_node *n = set;
	for (; n->parent; n = n->parent) {
		bool arm = n->parent->kind == SH_PIPELINE &&
			   n->parent->child->next;
		if ((arm || n->kind == SH_SUBSHELL || n->kind == SH_FUNCTION) &&
		    !encloses(n, at))
			return false;
	}
	return n == run->run.sh.root || encloses(n, at);
}

/* set -o pipefail, set -euo pipefail, set +e, shopt -so pipefail. */
static void apply_set(const struct lint_command *c, enum lint_shell_flag flag,
		      bool *on)
{
	const char *name = flag == LINT_ERREXIT ? "errexit" : "pipefail";
	bool shopt = lint_cmd_is(c, "shopt");
	bool value = true, named = false;
	for (size_t i = 0; i < c->n_args; i++) {
		struct str w = c->args[i].text;
		bool sign = w.n > 1 && (*w.p == '-' || *w.p == '+');
		if (str_eqz(w, "--"))
			return;
		if (!sign) {
			if (named && str_eqz(w, name))
				*on = value;
			named &= shopt;
			continue;
		}
		value = shopt ? !str_has(w, 'u') : *w.p == '-';
		if (!shopt && flag == LINT_ERREXIT && str_has(w, 'e'))
			*on = value;
		named |= str_has(w, 'o');
	}
}

bool lint_shell_option(const struct lint_run *run,
		       const struct lint_command *at, enum lint_shell_flag flag)
{
	bool on = flag == LINT_ERREXIT ? run->shell_is.errexit
				       : run->shell_is.pipefail;
	for (size_t i = 0; i < at->index; i++) {
		const struct lint_command *c = run->commands[i].called;
		if (c && c->node && at->node && lint_cmd_is(c, "set shopt") &&
		    reaches(run, c->node, at->node))
			apply_set(c, flag, &on);
	}
	return on;
}
