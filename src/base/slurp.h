/* SPDX-License-Identifier: Apache-2.0 */
/* base/slurp.h - whole files into a buffer. */
#pragma once
#include "base/str.h"

/* Appends the file to out; past out->max is ERR_LIMIT. A FIFO is waited for,
 * unless flags has O_NONBLOCK. Errors name the file. */
must_check int slurp_file(int dirfd, const char *path, int flags,
			  struct buf *out, struct err *err);
/* The same for a descriptor, which is taken over whatever happens. */
must_check int slurp_fd(int fd, const char *name, struct buf *out,
			struct err *err);
