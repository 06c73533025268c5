/* SPDX-License-Identifier: Apache-2.0 */
/* `pare completion SHELL`: completion scripts, from the tables. The part that
 * is the same for every program stands here; each shell has its own writer. */
#include "cli/completion.h"

static const char *const shells[] = { "bash", "zsh", "fish", NULL };
static void (*const writers[])(const struct command *const *commands,
			       FILE *to) = { cli_completion_bash,
					     cli_completion_zsh,
					     cli_completion_fish };

static int run(const struct invocation *inv, struct err *err)
{
	int shell;
	if (cli_option_choose("SHELL is", shells, inv->args[0], &shell, err) <
	    0)
		return -1;
	writers[shell](inv->commands, stdout);
	return 0;
}

const struct command command_completion = {
	.name = "completion",
	.summary = "print a completion script for a shell",
	.description =
		"Prints a script that teaches the shell pare's commands, "
		"options and values.",
	.since = "0.1",
	.operands = { { .name = "SHELL",
			.required = true,
			.choices = shells } },
	.examples = { { "eval \"$(pare completion bash)\"", "for this shell" },
		      { "pare completion fish > "
			"~/.config/fish/completions/pare.fish",
			"for every shell to come" } },
	.run = run,
};
