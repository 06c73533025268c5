/* SPDX-License-Identifier: Apache-2.0 */
/* context/commands/ignored_status.h - does a script go on when a command fails? */
#pragma once
#include "shell/shell.h"

/* The command may fail, and the script does neither end nor fail by that. In
 * doubt false. */
bool status_is_ignored(const struct sh_script *s, const struct sh_node *node);
