/* SPDX-License-Identifier: Apache-2.0 */
/* lint/shellcheck/shellcheck_answer.h - shellcheck's JSON (its format json1) becomes
 * findings. */
#pragma once
#include "lint/shellcheck/shellcheck_script.h"

/* Which scripts a file stands for: first[file], then next[script], until n. */
struct check_uses {
	const struct check_script *scripts;
	size_t n;
	size_t *first, *next;
};
must_check int lint_shellcheck_uses_make(struct check_uses *u, size_t n_files,
					 struct arena *a, struct err *err);

struct check_answer {
	struct str text;
	size_t from, to; /* it was asked about files [from, to) */
	const struct check_uses *uses;
};

/* Adds the findings to the jobs of the scripts. ERR_CORRUPT: it is no answer,
 * and nothing was added; ERR_NOMEM. */
must_check int lint_shellcheck_answer_add(const struct check_answer *answer,
					  struct err *err);
