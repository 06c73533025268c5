/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile/pattern.h - the patterns of ${x#p}, ${x%p} and ${x/p/r}.
 *
 * * is any text without a line feed, ? one character but a line feed, and a
 * backslash escapes *, ? and itself (before } and / it vanishes; before
 * anything else it is an error). */
#pragma once
#include "base/str.h"

/* Appends value without the part at its start (at its end) that the pattern
 * matches, the longest such part when greedy, else the shortest. */
must_check int dockerfile_pattern_strip(struct str pattern, struct str value,
					bool at_end, bool greedy,
					struct buf *out, struct err *err);
/* Appends value with the first match, or all, replaced. $0, $$ and ${name}
 * count in the replacement as in Go's regexp when all are replaced. */
must_check int dockerfile_pattern_replace(struct str pattern, struct str value,
					  struct str replacement, bool all,
					  struct buf *out, struct err *err);
