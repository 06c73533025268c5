/* SPDX-License-Identifier: Apache-2.0 */
/* lint/shellcheck/shellcheck_process.h - the program beside us: where it is, a directory
 * of its own, what it says. */
#pragma once
#include "base/arena.h"

/* Absolute path of the program in PATH (entries that are not absolute are
 * passed over), or of the one that was named: with a slash a file, else in
 * PATH. 1; 0: not in PATH and not named; -1: the named one is none, or
 * ERR_NOMEM. */
must_check int lint_shellcheck_program_find(const char *named, struct str *out,
					    struct arena *a, struct err *err);

/* A directory below TMPDIR or /tmp that is ours alone. */
struct check_dir {
	char *path; /* NULL: none */
	int fd;
	size_t n; /* files 0, 1, ... n-1 */
};
#define CHECK_DIR_INIT      \
	{                   \
		NULL, -1, 0 \
	}
void lint_shellcheck_dir_done(struct check_dir *d); /* with all that is in it */
must_check int lint_shellcheck_dir_make(struct check_dir *d, struct err *err);
/* Writes the file with the number d->n. */
must_check int lint_shellcheck_dir_add(struct check_dir *d, struct str text,
				       struct err *err);

/* Runs program argv[1..] in the directory, without input; out gets what it
 * prints, at most out->max bytes. Ends with its exit status; -1: ERR_IO (it
 * did not start, was killed, or took over timeout_ms), ERR_LIMIT,
 * ERR_CANCELLED. The first line that it said on stderr is in said. */
must_check int lint_shellcheck_process_run(const struct check_dir *d,
					   char *const *argv,
					   uint32_t timeout_ms, struct buf *out,
					   struct quoted *said,
					   struct err *err);
