/* SPDX-License-Identifier: Apache-2.0 */
/* work/lint_known.h - findings that a baseline has, and that are not told. */
#pragma once
#include "work/lint_files.h"
#include "lint/suppress/baseline.h"

struct lint_known {
	struct baseline baseline;
	const char *name; /* of its file; NULL: there is none */
	size_t n_hidden;
};

/* Takes what the baseline of the options, else of the first file's
 * configuration, has out of f->results. Entries that were not met
 * are a note. */
must_check int work_lint_known_hide(struct lint_known *k, struct lint_files *f,
				    struct err *err);
void work_lint_known_done(struct lint_known *k);
