/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts/image_path.h"
#include "lint/rule.h"
#include "lint/facts/words.h"

/* The argument that names the link: the last of two operands or more. `ln -s
 * /bin/sh` makes a link in the working directory, -t puts all into one. n_args:
 * there is none. */
static size_t link_of(const struct lint_command *c)
{
	size_t last = c->n_args, operands = 0;
	for (size_t i = 0; i < c->n_args; i++)
		if (c->args[i].text.n && *c->args[i].text.p != '-') {
			last = i;
			operands++;
		}
	bool into = lint_cmd_option(c, "-t --target-directory").n;
	return operands > 1 && !into ? last : c->n_args;
}

/* An image without any shell gets one: nothing is replaced. */
static bool makes_first_shell(const struct lint_command *c)
{
	for (size_t i = 0; i < c->n_args; i++)
		if (lint_word_in(lint_word_base(c->args[i].text),
				 "busybox toybox busybox.static"))
			return true;
	return false;
}

static int check_run(const struct lint_file *f, const struct lint_run *run,
		     struct lint_out *out, struct err *err)
{
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].called;
		struct str place;
		size_t last = c && lint_cmd_is(c, "ln") ? link_of(c) : 0;
		if (!c || !lint_cmd_is(c, "ln") || last == c->n_args ||
		    makes_first_shell(c))
			continue;
		if (lint_place_arg(f, c, c->args[last].text, &place, err) < 0)
			return -1;
		if (!lint_word_in(place, "/bin/sh /usr/bin/sh"))
			continue;
		if (lint_find(out, lint_cmd_span(c, last), err,
			      "ln replaces %s for everything in the image, "
			      "the scripts of packages included; use SHELL to "
			      "choose the shell of RUN",
			      str_quoted(place).text) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_ln_instead_of_shell = {
	.id = "DL4005",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "ln onto /bin/sh instead of SHELL",
	.check_run = check_run,
};
