/* SPDX-License-Identifier: Apache-2.0 */
/* base/space.h - is there room for what is to be written?
 *
 * Asked before long work. What a file system does not tell, or may store in
 * fewer bytes than were written, passes: nothing is refused that could be
 * done. */
#pragma once
#include <stdint.h>

#include "base/err.h"

/* On the file system of fd, at least need bytes; where is for the message.
 * ERR_IO (ENOSPC) tells both numbers. */
must_check int space_check(int fd, uint64_t need, const char *where,
			   struct err *err);
/* For temporary files below dir, as spool_dir tells it. */
must_check int space_check_temporary(const char *dir, uint64_t need,
				     struct err *err);
