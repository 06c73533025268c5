/* SPDX-License-Identifier: Apache-2.0 */
#include "source/aside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARK ".pare-"
enum { SUFFIX = 6, TRIES = 100, BASE_SHOWN = 200, REMOVE_DEPTH = 8 };

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void free_text(char **p)
{
	free(*p);
	*p = NULL;
}

const char *aside_base(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

static void remove_at(int dirfd, const char *name, unsigned depth);

static void remove_content(int dirfd, const char *name, unsigned depth)
{
	int fd = openat(dirfd, name,
			O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *e;
	if (!dir) {
		close_fd(&fd);
		return;
	}
	while ((e = readdir(dir)))
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			remove_at(fd, e->d_name, depth + 1);
	closedir(dir);
}

/* Best effort; follows no link and goes no deeper than what we make. */
static void remove_at(int dirfd, const char *name, unsigned depth)
{
	if (unlinkat(dirfd, name, 0) == 0 || depth > REMOVE_DEPTH)
		return;
	remove_content(dirfd, name, depth);
	unlinkat(dirfd, name, AT_REMOVEDIR);
}

void aside_done(struct aside *a)
{
	int saved = errno;
	if (a->name)
		remove_at(a->parent, a->name, 0);
	close_fd(&a->fd);
	close_fd(&a->parent);
	free_text(&a->name);
	free_text(&a->path);
	free_text(&a->target);
	errno = saved;
}

/* ".NAME.pare-"; a long NAME is cut, so that the whole stays a file name. */
static int prefix_of(const char *base, char *out, size_t size)
{
	return snprintf(out, size, ".%.*s" MARK, BASE_SHOWN, base);
}

bool aside_is_litter(const char *name, const char *base)
{
	char prefix[NAME_MAX + 1];
	size_t n = (size_t)prefix_of(base, prefix, sizeof prefix);
	return strncmp(name, prefix, n) == 0 && strlen(name) == n + SUFFIX;
}

/* Nobody holds the lock: its owner is gone. */
static void remove_abandoned(int parent, const char *name)
{
	struct stat st;
	int fd = openat(parent, name,
			O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && st.st_uid == geteuid() &&
	    (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode)) &&
	    flock(fd, LOCK_EX | LOCK_NB) == 0)
		remove_at(parent, name, 0);
	close(fd);
}

static void sweep(int parent, const char *base)
{
	int fd = openat(parent, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *e;
	if (!dir) {
		close_fd(&fd);
		return;
	}
	while ((e = readdir(dir)))
		if (aside_is_litter(e->d_name, base))
			remove_abandoned(parent, e->d_name);
	closedir(dir);
}

static int new_name(const char *base, char **out, struct err *err)
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

/* Between its making and its locking a sweep may take it away: then another is
 * made. File systems that know no locks are taken as they are. */
static bool lock_own(const struct aside *a)
{
	struct stat own, named;
	if (flock(a->fd, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK)
		return false;
	return fstat(a->fd, &own) == 0 &&
	       fstatat(a->parent, a->name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
	       own.st_ino == named.st_ino && own.st_dev == named.st_dev;
}

static int make_one(const struct aside *a)
{
	if (!a->is_dir)
		return openat(a->parent, a->name,
			      O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (mkdirat(a->parent, a->name, 0777) < 0)
		return -1;
	return openat(a->parent, a->name,
		      O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static int make(struct aside *a, const char *base, struct err *err)
{
	for (int i = 0; i < TRIES; i++) {
		free_text(&a->name);
		if (new_name(base, &a->name, err) < 0)
			return -1;
		a->fd = make_one(a);
		if (a->fd >= 0 && lock_own(a))
			return 0;
		int why = errno;
		bool retry = a->fd >= 0 || why == EEXIST;
		close_fd(&a->fd);
		if (retry)
			continue;
		free_text(&a->name);
		errno = why;
		return err_sys(err, "writing beside it");
	}
	free_text(&a->name);
	return err_set(err, ERR_IO, "no free name was found beside it");
}

/* The path with links resolved; its last part need not exist. */
static int resolve(const char *path, char **out, struct err *err)
{
	scoped(free_text) char *dir = NULL;
	scoped(free_text) char *real = NULL;
	*out = realpath(path, NULL);
	if (*out)
		return 0;
	size_t n = strlen(path);
	while (n > 1 && path[n - 1] == '/')
		n--;
	size_t at = n;
	while (at && path[at - 1] != '/')
		at--;
	if (at == n)
		return err_sys(err, "looking for it");
	dir = at ? strndup(path, at) : strdup(".");
	if (!dir)
		return err_nomem(err, n);
	real = realpath(dir, NULL);
	if (!real)
		return err_sys(err, "its directory");
	if (asprintf(out, "%s/%.*s", strcmp(real, "/") == 0 ? "" : real,
		     (int)(n - at), path + at) < 0)
		return err_nomem(err, n);
	return 0;
}

static int open_parent(struct aside *a, const char *dir, struct err *err)
{
	a->parent = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return a->parent < 0 ? err_sys(err, "its directory") : 0;
}

static int set_path(struct aside *a, const char *dir, struct err *err)
{
	if (asprintf(&a->path, "%s/%s", dir, a->name) >= 0)
		return 0;
	a->path = NULL;
	return err_nomem(err, PATH_MAX);
}

static int place(struct aside *a, const char *target, bool within,
		 struct err *err)
{
	scoped(free_text) char *dir = NULL;
	if (resolve(target, &a->target, err) < 0)
		return -1;
	const char *base = aside_base(a->target);
	size_t n = (size_t)(base - a->target);
	dir = within ? strdup(a->target)
		     : strndup(a->target, n > 1 ? n - 1 : n);
	if (!dir)
		return err_nomem(err, n);
	if (open_parent(a, dir, err) < 0)
		return -1;
	sweep(a->parent, base);
	return make(a, base, err) < 0 ? -1 : set_path(a, dir, err);
}

static int open_aside(const char *target, bool is_dir, bool within,
		      struct aside *out, struct err *err)
{
	scoped(aside_done) struct aside a = ASIDE_INIT;
	a.is_dir = is_dir;
	if (place(&a, target, within, err) < 0)
		return -1;
	*out = a;
	a = (struct aside)ASIDE_INIT;
	return 0;
}

int aside_file(const char *target, struct aside *out, struct err *err)
{
	return open_aside(target, false, false, out, err);
}

int aside_dir(const char *target, struct aside *out, struct err *err)
{
	return open_aside(target, true, false, out, err);
}

int aside_dir_within(const char *target, struct aside *out, struct err *err)
{
	return open_aside(target, true, true, out, err);
}

int aside_commit(struct aside *a, struct err *err)
{
	struct stat st;
	const char *base = aside_base(a->target);
	if (!a->is_dir && fstatat(a->parent, base, &st, 0) == 0 &&
	    S_ISREG(st.st_mode))
		(void)!fchmod(a->fd, st.st_mode & 0777);
	if (fsync(a->fd) < 0)
		return err_sys(err, "syncing it");
	if (renameat(a->parent, a->name, a->parent, base) < 0)
		return err_sys(err, "renaming it into place");
	free_text(&a->name);
	if (fsync(a->parent) < 0)
		return err_sys(err, "syncing its directory");
	return 0;
}

int aside_exchange(struct aside *a, struct err *err)
{
	if (fsync(a->fd) < 0)
		return err_sys(err, "syncing it");
	if (renameat2(a->parent, a->name, a->parent, aside_base(a->target),
		      RENAME_EXCHANGE) < 0)
		return err_sys(err, "taking the place of what is there");
	if (fsync(a->parent) < 0)
		return err_sys(err, "syncing its directory");
	remove_at(a->parent, a->name, 0);
	free_text(&a->name);
	return 0;
}
