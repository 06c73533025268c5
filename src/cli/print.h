/* SPDX-License-Identifier: Apache-2.0 */
/* cli/print.h - standard output, where results go.
 *
 * All of it is there, or the command fails: a full disk, a closed descriptor
 * and a reader that went away are errors like any other. */
#pragma once
#include "base/str.h"

/* For main, first of all. A standard descriptor that is closed would be given
 * to the next file that is opened, and printing would go into that: it is
 * opened on nothing, so that using it fails. SIGPIPE becomes EPIPE, so that
 * nothing half made is left behind. */
void cli_print_begin(void);
/* Ends with a line end, whether or not text does. */
must_check int cli_print_result(struct str text, struct err *err);
/* What stdio still holds (help, man pages, completions). */
must_check int cli_print_flush(struct err *err);
/* The error is a reader that went away: ends the program as SIGPIPE would have
 * done, silently, unless the caller ignores that signal. */
void cli_print_die_of_pipe(const struct err *err);
