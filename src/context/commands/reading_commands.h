/* SPDX-License-Identifier: Apache-2.0 */
/* context/commands/reading_commands.h - the commands of a RUN that may read the
 * files they name.
 *
 * "rm -rf .git" names .git and works as well without it. Such commands are
 * overwritten with blanks, so that a search of the text does not find the name:
 *
 * - those that succeed when the file is not there: rm -f, find from a directory
 *   above, mkdir, touch, echo; options that exclude it;
 * - those that only inspect or remove it (rm, ls, test, chown, du), where their
 *   status is ignored (ignored_status.h): "[ -d .git ] && rm -r .git || true",
 *   the condition of an if, a line in front of others without set -e.
 *
 * A script that the shell's parser cannot read is kept as it is: in doubt a
 * file is needed. */
#pragma once
#include "dockerfile/dockerfile.h"

/* Appends the text of a RUN under that SHELL (NULL: the default one). */
must_check int context_add_reading_commands(const struct dockerfile *df,
					    const struct df_instr *in,
					    const struct df_instr *shell,
					    struct buf *out, struct err *err);
