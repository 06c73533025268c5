/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/spool.h - what cannot be read in place is brought to a temporary file
 * without a name: pipes, and archives that are compressed as a whole. */
#pragma once
#include "base/limits.h"

struct spooled {
	int fd;		     /* the caller's */
	uint64_t base, size; /* where the archive stands in it */
	bool is_temporary;
};
/* Takes fd over, whatever happens. A regular file that is no compressed one is
 * used in place, from its offset on; anything else is read to its end,
 * inflated when its first bytes say so; how many came is told as progress. */
struct progress;
must_check int source_spool_file(int fd, const char *name, const char *tmpdir,
				 const struct limits *lim,
				 struct progress *progress, struct spooled *out,
				 struct err *err);
