/* SPDX-License-Identifier: Apache-2.0 */
/* lint/facts/script_option.h - which options of the shell are on at a command.
 *
 * Those of the program that reads the script, and what the script has set and
 * unset by then: in
 *
 *	RUN (set -o pipefail; a | b); c | d
 *
 * pipefail is on at `a` and not at `c`. A set in a branch counts as taken. */
#pragma once
#include "lint/facts/facts.h"

enum lint_shell_flag { LINT_ERREXIT, LINT_PIPEFAIL };
/* Is the option on when the command of the run is reached? */
bool lint_shell_option(const struct lint_run *run,
		       const struct lint_command *at,
		       enum lint_shell_flag flag);
