/* SPDX-License-Identifier: Apache-2.0 */
/* context/copies/wildcard.h - wildcards in the sources of COPY and ADD.
 *
 * Go's filepath.Match, which BuildKit uses: * is any text and ? one character
 * within a path component, [a-z] and [^a-z] one character of a class, a
 * backslash escapes. ** is no more than *. A malformed pattern matches
 * nothing. */
#pragma once
#include "base/str.h"

/* Holds a *, ? or [ that is not escaped. */
bool context_has_wildcard(struct str pattern);
bool context_wildcard_match(struct str pattern, struct str path);
