/* SPDX-License-Identifier: Apache-2.0 */
/* context/advice/advise.h - lines that would make an ignore file tighter.
 *
 * What some COPY names - a path, a wildcard, a directory, or a variable whose
 * value is not known - is never touched, nor what a line of the user takes
 * back by name. Of the rest goes what no COPY takes; and where a COPY takes
 * the whole context, what no image needs: a row of the table of reasons that
 * is sure (reason.h). The lines are tried before they are proposed: the tree
 * is judged anew with them, and a line that takes something away from a COPY
 * is dropped. A second round over the result proposes nothing. */
#pragma once
#include "context/advice/advice.h"

/* Lines are in the arena. */
must_check int context_advise(const struct context_question *q, struct arena *a,
			      struct context_advice *out, struct err *err);
/* Appends the file with the lines: old bytes first, untouched. */
must_check int context_compose(struct str text, const struct context_advice *ad,
			       struct buf *out, struct err *err);
