/* SPDX-License-Identifier: Apache-2.0 */
/* cli/promise.h - the commands that make an image smaller, as `analyze` shows
 * them. */
#pragma once
#include "analyze/analysis.h"
#include "cli/option.h"

/* The lines of all wins of one image. */
struct promises {
	struct buf lines[WINS_MAX];
};
void cli_promises_done(struct promises *p);
/* Sets the command of each win of a, which borrows from p: it can be pasted, and
 * wins what is said of it. base as the user gave it; may be NULL. */
must_check int cli_promises_make(const struct invocation *inv, const char *base,
				 struct analysis *a, struct promises *p,
				 struct err *err);
