/* SPDX-License-Identifier: Apache-2.0 */
/* lint/facts/script_shell.h - the program that reads a script, and what its
 * options say.
 *
 * A script is read by what SHELL names, by what its #! line names, or by the
 * shell whose standard input it is:
 *
 *	SHELL ["/bin/bash", "-eo", "pipefail", "-c"]
 *	#!/usr/bin/env -S bash -e
 *	RUN <<EOF bash -e
 *
 * Options that a script sets by itself (set -e) hold from there on; which
 * those are at a command tells lint/facts/script_option.h. */
#pragma once
#include "base/str.h"

struct lint_shell {
	/* "sh", "ash", "dash", "bash", "ksh", "zsh"; NULL: none of them. */
	const char *name;
	bool foreign; /* PowerShell or cmd: nothing of ours to judge */
	bool errexit, pipefail;
};

/* Of the words of SHELL, of a command, or of a #! line without "#!". */
struct lint_shell lint_shell_read(const struct str *words, size_t n);
struct lint_shell lint_shell_of_shebang(struct str line);
