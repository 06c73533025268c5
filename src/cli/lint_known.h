/* SPDX-License-Identifier: Apache-2.0 */
/* cli/lint_known.h - findings that a baseline has, and that are not told. */
#pragma once
#include "cli/lint_files.h"
#include "lint/suppress/baseline.h"

struct lint_known {
	struct baseline baseline;
	const char *name; /* of its file; NULL: there is none */
	size_t n_hidden;
};

/* Takes what the baseline of the options, else of the first file's
 * configuration, has out of f->results. aloud: entries that were not met are
 * told on stderr. */
must_check int lint_known_hide(struct lint_known *k, struct lint_files *f,
			       bool aloud, struct err *err);
void lint_known_done(struct lint_known *k);
