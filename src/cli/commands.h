/* SPDX-License-Identifier: Apache-2.0 */
/* cli/commands.h - the commands that pare has.
 *
 * The one place that names them all: main, help, the man pages and the
 * completions are handed this table, so none of them knows a command. */
#pragma once
#include "cli/option.h"

/* In the order of `pare --help`; ends with NULL. */
extern const struct command *const cli_commands[];
