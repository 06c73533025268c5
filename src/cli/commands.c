/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"

extern const struct command command_analyze, command_cat, command_context,
	command_optimize, command_squash, command_flatten, command_history,
	command_lint, command_config, command_ls, command_diff, command_verify;

const struct command *const cli_commands[] = {
	&command_analyze,    &command_lint,	&command_context,
	&command_config,     &command_history,	&command_ls,
	&command_cat,	     &command_optimize, &command_squash,
	&command_flatten,    &command_diff,	&command_verify,
	&command_completion, &command_man,	NULL,
};
