/* SPDX-License-Identifier: Apache-2.0 */
/* base/io.h - the system calls that may wait, each written once.
 *
 * Every one looks at cancel_check before it goes to the system and whenever a
 * signal has woken it up; what the other end of a pipe or socket cannot take
 * or give yet is waited for, also where someone else set O_NONBLOCK on it.
 * An error tells why alone ("No space left on device"): the caller puts the
 * name in front with err_ctx. */
#pragma once
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"

/* For scoped(): closes it and leaves -1. */
void fd_close(int *fd);

/* O_CLOEXEC and O_NOCTTY always; a FIFO is waited for. The descriptor. */
must_check int io_open(int dirfd, const char *path, int flags, unsigned mode,
		       struct err *err);
/* One read of up to n bytes: how many came, 0 at the end. */
must_check ssize_t io_read(int fd, void *p, size_t n, struct err *err);
must_check ssize_t io_pread(int fd, void *p, size_t n, uint64_t at,
			    struct err *err);
/* The same until n bytes are there: fewer only where the file ends. */
must_check ssize_t io_read_full(int fd, void *p, size_t n, struct err *err);
must_check ssize_t io_pread_full(int fd, void *p, size_t n, uint64_t at,
				 struct err *err);
/* All n bytes. */
must_check int io_write(int fd, const void *p, size_t n, struct err *err);
must_check int io_pwrite(int fd, const void *p, size_t n, uint64_t at,
			 struct err *err);
/* fsync; what cannot be synced (a pipe, a special file) passes. */
must_check int io_sync(int fd, struct err *err);
/* flock(LOCK_EX). */
must_check int io_lock(int fd, struct err *err);
