/* SPDX-License-Identifier: Apache-2.0 */
#include "base/litter.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"

#define MARK ".pare-"
enum { SUFFIX = 6, BASE_SHOWN = 200, REMOVE_DEPTH = 8 };

/* ".NAME.pare-"; a long NAME is cut, so that the whole stays a file name. */
static int prefix_of(const char *base, char *out, size_t size)
{
	return snprintf(out, size, ".%.*s" MARK, BASE_SHOWN, base);
}

int litter_name(const char *base, char **out, struct err *err)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
	char prefix[NAME_MAX + 1];
	unsigned char r[SUFFIX];
	char suffix[SUFFIX + 1] = { 0 };
	prefix_of(base, prefix, sizeof prefix);
	if (getrandom(r, sizeof r, 0) != sizeof r)
		return err_sys(err, "getting random bytes");
	for (int i = 0; i < SUFFIX; i++)
		suffix[i] = letters[r[i] % 32];
	if (asprintf(out, "%s%s", prefix, suffix) < 0) {
		*out = NULL;
		return err_nomem(err, NAME_MAX);
	}
	return 0;
}

bool litter_is(const char *name, const char *base)
{
	char prefix[NAME_MAX + 1];
	size_t n = (size_t)prefix_of(base, prefix, sizeof prefix);
	return strncmp(name, prefix, n) == 0 && strlen(name) == n + SUFFIX;
}

bool litter_lock(int parent, const char *name, int fd)
{
	struct stat own, named;
	if (flock(fd, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK)
		return false;
	return fstat(fd, &own) == 0 &&
	       fstatat(parent, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
	       own.st_ino == named.st_ino && own.st_dev == named.st_dev;
}

static void remove_at(int parent, const char *name, unsigned depth);

static void remove_content(int parent, const char *name, unsigned depth)
{
	int fd = openat(parent, name,
			O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *e;
	if (!dir) {
		fd_close(&fd);
		return;
	}
	while ((e = readdir(dir)))
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			remove_at(fd, e->d_name, depth + 1);
	closedir(dir);
}

static void remove_at(int parent, const char *name, unsigned depth)
{
	if (unlinkat(parent, name, 0) == 0 || depth > REMOVE_DEPTH)
		return;
	remove_content(parent, name, depth);
	unlinkat(parent, name, AT_REMOVEDIR);
}

void litter_remove(int parent, const char *name)
{
	remove_at(parent, name, 0);
}

/* Nobody holds the lock: its owner is gone. */
static void remove_abandoned(int parent, const char *name)
{
	struct stat st;
	scoped(fd_close) int fd = openat(
		parent, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd >= 0 && fstat(fd, &st) == 0 && st.st_uid == geteuid() &&
	    (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode)) &&
	    flock(fd, LOCK_EX | LOCK_NB) == 0)
		litter_remove(parent, name);
}

void litter_sweep(int parent, const char *base)
{
	int fd = openat(parent, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *e;
	if (!dir) {
		fd_close(&fd);
		return;
	}
	while ((e = readdir(dir)))
		if (litter_is(e->d_name, base))
			remove_abandoned(parent, e->d_name);
	closedir(dir);
}
