/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile/edit.h - changes to a text as spans and what replaces them. */
#pragma once
#include "base/span.h"

struct text_edit {
	struct span at;	    /* empty: an insertion in front of at.at */
	struct str replace; /* empty: a deletion */
};

/* Appends text with all edits made to *out. Edits are in any order and are
 * sorted in place, by position; insertions at one place keep their order and
 * come in front of a replacement that starts there. ERR_USAGE when one runs
 * past the end or two overlap (an insertion strictly inside a replaced span
 * overlaps it, one at its edge does not); *out is then unchanged. */
must_check int text_edit_apply(struct str text, struct text_edit *edits,
			       size_t n, struct buf *out, struct err *err);
