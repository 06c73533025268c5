/* SPDX-License-Identifier: Apache-2.0 */
/* lint/suppress/fingerprint.h - when a finding of today is one of yesterday.
 *
 * A finding is known again by its rule, the text of the logical line that it
 * stands in, and which of the equal ones it is. Blanks count as one, and
 * where continuations break the line does not count; the position does not
 * count either. Outside of instructions (a comment) it is the physical
 * line. */
#pragma once
#include "finding/fingerprint.h"
#include "lint/lint.h"

/* One for each finding, in the arena. -1: ERR_NOMEM. */
must_check int lint_fingerprints(const struct finding_list *r, struct arena *a,
				 struct finding_fingerprint **out,
				 struct err *err);
