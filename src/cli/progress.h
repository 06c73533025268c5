/* SPDX-License-Identifier: Apache-2.0 */
/* cli/progress.h - one line on a terminal for work that lasts.
 *
 * A thread looks at a struct progress ten times a second and draws on stderr,
 * from the first second on; the line is wiped at the end. Nothing is drawn when
 * stderr is no terminal, when it is a dumb one, or when the user wants quiet. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/progress.h"

struct progress_line;

/* *out is NULL when nothing is to be drawn; cli_progress_line_close takes that.
 * progress is borrowed until then. */
must_check int cli_progress_line_open(struct progress *progress, bool quiet,
				      struct progress_line **out,
				      struct err *err);
/* Around what else is written to stderr: the line is wiped, and comes back. */
void cli_progress_line_pause(struct progress_line *l);
void cli_progress_line_resume(struct progress_line *l);
/* Ends the thread and wipes the line; before anything else is written to
 * stderr. */
void cli_progress_line_close(struct progress_line **l);

/* The line for a state: "reading 12.3 of 45.6 MB, 27 %". */
void cli_progress_line_text(const struct progress *p, char *to, size_t n);
