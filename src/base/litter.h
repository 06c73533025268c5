/* SPDX-License-Identifier: Apache-2.0 */
/* base/litter.h - names of temporary files, and who removes them.
 *
 * A file for NAME is called ".NAME.pare-XXXXXX" and is locked (flock) while its
 * owner lives, so that the next writer of NAME can tell the litter of a killed
 * run from the work of a living one, and removes only the former. */
#pragma once
#include <stdbool.h>

#include "base/err.h"

/* A name that nobody has; free() it. */
must_check int litter_name(const char *base, char **out, struct err *err);
/* Is name one of those, for what is called base? */
bool litter_is(const char *name, const char *base);
/* Locks what was just made. false: a sweep of another took it away meanwhile,
 * make another. File systems that know no locks are taken as they are. */
bool litter_lock(int parent, const char *name, int fd);
/* Removes what nobody holds the lock of and is the user's own. */
void litter_sweep(int parent, const char *base);
/* A file, or a directory with all in it; best effort. Follows no link and goes
 * no deeper than what pare makes. */
void litter_remove(int parent, const char *name);
