/* SPDX-License-Identifier: Apache-2.0 */
/* cli/session.h - a session of work (work/session.h) for a command: set up
 * from the shared options, heard on stderr. */
#pragma once
#include "cli/option.h"
#include "cli/progress.h"
#include "work/session.h"

/* Its sink of events points back to it: it stays where it was opened. */
struct session {
	const struct invocation *inv;
	struct progress progress;
	struct progress_line *line;
	struct work_session work;
};

must_check int cli_session_open(const struct invocation *inv, struct session *s,
				struct err *err);
void cli_session_close(struct session *s);
/* Prints a result: to stdout, the progress line wiped first. */
must_check int cli_session_print(struct session *s, const struct buf *text,
				 struct err *err);
/* A line on stderr, unless -q. */
void cli_session_warn(struct session *s, const char *fmt, ...)
	printf_like(2, 3);
