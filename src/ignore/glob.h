/* SPDX-License-Identifier: Apache-2.0 */
/* ignore/glob.h - two functions of Go that BuildKit leans on. */
#pragma once
#include "base/str.h"

/* path.Clean; room has p.n + 1 bytes, the result is in it. */
struct str ignore_clean(struct str p, char *room);
/* Whether filepath.Match(p, ".") takes the pattern: it looks no further than
 * where the name fails, so not all that is malformed is found. */
bool ignore_well_formed(struct str p);
