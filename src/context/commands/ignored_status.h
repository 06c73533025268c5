/* SPDX-License-Identifier: Apache-2.0 */
/* context/commands/ignored_status.h - does a script go on when a command fails?
 *
 * Where it does, leaving out a file that the command looks at cannot break the
 * build: "ls .git" fails, and nobody notices. */
#pragma once
#include "shell/shell.h"

/* The command may fail without the script failing, ending early or taking
 * another way that matters. In doubt false. */
bool context_status_is_ignored(const struct sh_script *s,
			       const struct sh_node *node);
