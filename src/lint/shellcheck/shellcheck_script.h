/* SPDX-License-Identifier: Apache-2.0 */
/* lint/shellcheck/shellcheck_script.h - a RUN as shellcheck reads it, and back. */
#pragma once
#include "lint/lint.h"

/* Of a script that it is asked about. */
enum {
	SHELLCHECK_SCRIPT_MAX = 16 << 10,
	SHELLCHECK_MARKS_MAX = 2000,
	SHELLCHECK_DEPTH_MAX = 64
};

struct check_script {
	struct str text;   /* the file: preamble, then the script */
	uint32_t preamble; /* bytes of it in front, whole lines */
	uint32_t skipped;  /* bytes of the script left out at its head */
	struct lint_job *job;
	const struct lint_run *run;
	size_t file; /* its number among the files; equal ones share one */
};

/* 1: *out is set, in the arena; 0: shellcheck is not asked about this RUN;
 * -1: ERR_NOMEM, ERR_LIMIT. */
must_check int lint_shellcheck_script_make(struct lint_job *job,
					   const struct lint_run *run,
					   struct arena *a,
					   struct check_script *out,
					   struct err *err);

/* Of shellcheck: from 1, columns are characters, ends are exclusive. */
struct check_place {
	uint64_t line, column, end_line, end_column;
};
/* The span in the Dockerfile; false: it begins in the preamble. */
bool lint_shellcheck_script_place(const struct check_script *s,
				  const struct check_place *at,
				  struct span *out);
