/* SPDX-License-Identifier: Apache-2.0 */
/* context/advice/advise.h - lines that would make an ignore file tighter.
 *
 * What may be left out is told in candidates.h. The lines for it are tried
 * before they are proposed: the tree is judged again by the ignore file with
 * them, and a line that excludes what a COPY names is dropped. A second run
 * over the result proposes nothing. */
#pragma once
#include "context/advice/advice.h"

/* Lines are in the arena. */
must_check int context_advise(const struct context_advice_input *q,
			      struct arena *a, struct context_advice *out,
			      struct err *err);
/* Appends the file with the lines: old bytes first, untouched. */
must_check int context_compose_ignore(struct str text,
				      const struct context_advice *ad,
				      struct buf *out, struct err *err);
