/* SPDX-License-Identifier: Apache-2.0 */
#include "base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/cancel.h"

void fd_close(int *fd)
{
	int saved = errno;
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
	errno = saved;
}

/* Is a call that failed made again? Else err says why it is not. */
static bool again(int fd, short events, struct err *err)
{
	if (errno == EAGAIN && events) {
		struct pollfd p = { .fd = fd, .events = events };
		if (poll(&p, 1, -1) >= 0)
			return true;
	}
	if (errno == EINTR)
		return true;
	err_errno(err);
	return false;
}

int io_open(int dirfd, const char *path, int flags, unsigned mode,
	    struct err *err)
{
	do {
		if (cancel_check(err) < 0)
			return -1;
		int fd =
			openat(dirfd, path, flags | O_CLOEXEC | O_NOCTTY, mode);
		if (fd >= 0)
			return fd;
	} while (again(-1, 0, err));
	return -1;
}

ssize_t io_read(int fd, void *p, size_t n, struct err *err)
{
	do {
		if (cancel_check(err) < 0)
			return -1;
		ssize_t got = read(fd, p, n);
		if (got >= 0)
			return got;
	} while (again(fd, POLLIN, err));
	return -1;
}

ssize_t io_pread(int fd, void *p, size_t n, uint64_t at, struct err *err)
{
	do {
		if (cancel_check(err) < 0)
			return -1;
		ssize_t got = pread(fd, p, n, (off_t)at);
		if (got >= 0)
			return got;
	} while (again(-1, 0, err));
	return -1;
}

ssize_t io_read_full(int fd, void *p, size_t n, struct err *err)
{
	size_t have = 0;
	while (have < n) {
		ssize_t got = io_read(fd, (char *)p + have, n - have, err);
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		have += (size_t)got;
	}
	return (ssize_t)have;
}

ssize_t io_pread_full(int fd, void *p, size_t n, uint64_t at, struct err *err)
{
	size_t have = 0;
	while (have < n) {
		ssize_t got = io_pread(fd, (char *)p + have, n - have,
				       at + have, err);
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		have += (size_t)got;
	}
	return (ssize_t)have;
}

int io_write(int fd, const void *p, size_t n, struct err *err)
{
	const char *from = p;
	while (n) {
		if (cancel_check(err) < 0)
			return -1;
		ssize_t put = write(fd, from, n);
		if (put < 0 && !again(fd, POLLOUT, err))
			return -1;
		if (put > 0) {
			from += put;
			n -= (size_t)put;
		}
	}
	return 0;
}

int io_pwrite(int fd, const void *p, size_t n, uint64_t at, struct err *err)
{
	const char *from = p;
	while (n) {
		if (cancel_check(err) < 0)
			return -1;
		ssize_t put = pwrite(fd, from, n, (off_t)at);
		if (put < 0 && !again(-1, 0, err))
			return -1;
		if (put > 0) {
			from += put;
			at += (size_t)put;
			n -= (size_t)put;
		}
	}
	return 0;
}

int io_sync(int fd, struct err *err)
{
	do {
		if (cancel_check(err) < 0)
			return -1;
		if (fsync(fd) == 0 || errno == EINVAL || errno == EROFS)
			return 0;
	} while (again(-1, 0, err));
	return -1;
}

int io_lock(int fd, struct err *err)
{
	do {
		if (cancel_check(err) < 0)
			return -1;
		if (flock(fd, LOCK_EX) == 0)
			return 0;
	} while (again(-1, 0, err));
	return -1;
}
