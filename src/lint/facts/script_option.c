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

/* set -o pipefail, set -euo pipefail, set +e, shopt -so pipefail. false: the
 * command says nothing of the option. */
static bool says(const struct lint_command *c, enum lint_shell_flag flag,
		 bool *on)
{
	const char *name = flag == LINT_ERREXIT ? "errexit" : "pipefail";
	bool shopt = lint_cmd_is(c, "shopt");
	bool value = true, named = false, said = false;
	for (size_t i = 0; i < c->n_args; i++) {
		struct str w = c->args[i].text;
		bool sign = w.n > 1 && (*w.p == '-' || *w.p == '+');
		bool here = false;
		if (str_eqz(w, "--"))
			break;
		if (sign) {
			value = shopt ? !str_has(w, 'u') : *w.p == '-';
			here = !shopt && flag == LINT_ERREXIT &&
			       str_has(w, 'e');
			named |= str_has(w, 'o');
		} else {
			here = named && str_eqz(w, name);
			named &= shopt;
		}
		if (here)
			*on = value;
		said |= here;
	}
	return said;
}

static size_t sets_before(const struct lint_run *run, uint32_t index)
{
	size_t from = 0, to = run->n_sets;
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		if (run->sets[mid] < index)
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

/* The newest command that speaks of the option decides. Thousands of them that
 * do not reach the place are nobody's script, and count as one that does. */
bool lint_shell_option(const struct lint_run *run,
		       const struct lint_command *at, enum lint_shell_flag flag)
{
	enum { SETS_MAX = 256 };
	bool on = true;
	size_t i = sets_before(run, at->index);
	for (size_t left = SETS_MAX; i > 0; i--) {
		const struct lint_command *c =
			run->commands[run->sets[i - 1]].called;
		if (left-- == 0)
			return true;
		if (at->node && reaches(run, c->node, at->node) &&
		    says(c, flag, &on))
			return on;
	}
	return flag == LINT_ERREXIT ? run->shell_is.errexit
				    : run->shell_is.pipefail;
}
