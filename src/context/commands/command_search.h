/* SPDX-License-Identifier: Apache-2.0 */
/* context/commands/command_search.h - is a command run, is a name mentioned?
 *
 * Asked of the text of collect_commands.h, to tell whether something in the
 * context is made again by the build, or asked for. In doubt it is not made,
 * and it is asked for: then it is sent, as it is today. */
#pragma once
#include "base/str.h"

/* One of the commands of the list, with blanks between them, is run. "npm" is
 * any use of it, "npm+ci+install" one with ci or install among its arguments,
 * "yarn+-" one with no arguments but options. What is told to work elsewhere
 * (npm install -g, cd client && npm ci) is not run here. */
bool context_commands_run(struct str text, const char *list);

/* The same, before the name is mentioned for the first time: what a command
 * finds must have been made by then. */
bool context_commands_run_before(struct str text, const char *list,
				 struct str name);

/* The text in front of the first run of a command of the list, anywhere. */
struct str context_commands_before(struct str text, const char *list);

/* The name stands somewhere, as a path component or alone. */
bool context_commands_mention(struct str text, struct str name);
