/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/facts/words.h"

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	size_t last = c->n_args;
	for (size_t i = 0; i < c->n_args; i++)
		if (c->args[i].text.n && *c->args[i].text.p != '-')
			last = i;
	if (!lint_cmd_is(c, "ln") || last == c->n_args ||
	    !lint_word_in(c->args[last].text, "/bin/sh /usr/bin/sh"))
		return 0;
	return lint_find(out, lint_cmd_span(c, last), err,
			 "ln replaces %s for everything in the image: SHELL "
			 "says which shell runs RUN",
			 str_quoted(c->args[last].text).text);
}

CHECK_COMMANDS(check_command)

const struct lint_rule rule_ln_instead_of_shell = {
	.id = "DL4005",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "ln onto /bin/sh instead of SHELL",
	.check_run = check_run,
};
