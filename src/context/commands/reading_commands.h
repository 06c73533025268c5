/* SPDX-License-Identifier: Apache-2.0 */
/* context/commands/reading_commands.h - what of a RUN may read the files that it names.
 *
 * "rm -rf .git" names .git and needs none. Blanked out of the script are
 * commands that do as well without the file:
 *
 * - those that succeed when it is not there: rm -f, find from a directory
 *   above, mkdir, touch, echo; options that exclude it;
 * - those that only look at it or remove it (rm, ls, test, chown, du), where
 *   nobody asks for their status: "[ -d .git ] && rm -r .git || true", the
 *   condition of an if, a line in front of others without set -e.
 *
 * What cannot be read stays as it is: in doubt a file is needed. */
#pragma once
#include "dockerfile/dockerfile.h"

/* Appends the commands of a RUN below the SHELL (NULL: the default). */
must_check int reads_collect(const struct dockerfile *df,
			     const struct df_instr *in,
			     const struct df_instr *shell, struct buf *out,
			     struct err *err);
