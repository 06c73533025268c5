/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file_state.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/io.h"

enum { LIST_MAX = 64 << 10, VALUE_MAX = 64 << 10 };

static bool same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

bool file_state_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino &&
	       a->st_size == b->st_size && same_time(a->st_mtim, b->st_mtim) &&
	       same_time(a->st_ctim, b->st_ctim);
}

/* Capabilities, signatures, hashes. */
static bool speaks_of_bytes(const char *xattr)
{
	return strncmp(xattr, "security.", 9) == 0 &&
	       strcmp(xattr, "security.selinux") != 0;
}

/* from is opened with O_PATH, so that it need not be readable. */
static void copy_xattrs(int from, int to)
{
	char path[64], names[LIST_MAX], value[VALUE_MAX];
	snprintf(path, sizeof path, "/proc/self/fd/%d", from);
	ssize_t n = listxattr(path, names, sizeof names);
	for (ssize_t at = 0; at < n; at += (ssize_t)strlen(names + at) + 1) {
		const char *name = names + at;
		if (speaks_of_bytes(name))
			continue;
		ssize_t size = getxattr(path, name, value, sizeof value);
		if (size >= 0)
			(void)!fsetxattr(to, name, value, (size_t)size, 0);
	}
}

/* The new group has the rights that the old one had: not when they differ. */
static mode_t mode_for(const struct stat *was, bool group_kept)
{
	mode_t mode = was->st_mode & 0777;
	if (!group_kept)
		mode &= ~(mode_t)070 | (mode & 07) << 3;
	return mode;
}

void file_state_copy(int dir, const char *name, int fd)
{
	struct stat was, own;
	scoped(fd_close) int from =
		openat(dir, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (from < 0 || fstat(from, &was) < 0 || !S_ISREG(was.st_mode))
		return;
	if (fchown(fd, was.st_uid, was.st_gid) < 0)
		(void)!fchown(fd, (uid_t)-1, was.st_gid);
	copy_xattrs(from, fd);
	bool kept = fstat(fd, &own) == 0 && own.st_gid == was.st_gid;
	(void)!fchmod(fd, mode_for(&was, kept));
}
