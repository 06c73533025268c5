/* SPDX-License-Identifier: Apache-2.0 */
/* context/commands/git_use.h - does a command need the repository (.git)? */
#pragma once
#include "base/str.h"

/* A command of the text asks git, hg, svn, bzr or jj for something that needs
 * a repository, directly (git describe) or by a program that is known to do so
 * (setuptools_scm). Installing git or cloning with it is neither. In doubt
 * true: .git then stays in the context. */
bool context_commands_ask_git(struct str text);
