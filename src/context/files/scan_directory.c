/* SPDX-License-Identifier: Apache-2.0 */
/* One directory, read by a thread of the pool. Everything of it goes into
 * buffers of its own; the thread that walks (walk.c) puts them into the tree,
 * in the order in which directories were asked for, so any number of threads
 * gives one tree. */
#include "context/files/scan_directory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/macros.h"
#include "base/path.h"
#include "base/vec.h"
#include "context/files/file_tree.h"

void context_scan_free(struct context_scan *s)
{
	buf_done(&s->path);
	free(s->found);
	buf_done(&s->names);
	free(s);
}

/* No symlink on the way is followed, not even one that somebody puts in a
 * directory's place while this runs: the walk never leaves the context. Kernels
 * before 5.6 lack openat2 and protect the last component only. */
static int open_dir(int rootfd, const char *path)
{
	int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	int fd = path_openat2(rootfd, path, flags, 0,
			      RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
	if (fd < 0 && errno == ENOSYS)
		fd = openat(rootfd, path, flags);
	return fd;
}

static uint8_t type_of_mode(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:
		return CONTEXT_FILE;
	case S_IFDIR:
		return CONTEXT_DIR;
	case S_IFLNK:
		return CONTEXT_LINK;
	case S_IFSOCK:
		return CONTEXT_SOCKET;
	default:
		return CONTEXT_SPECIAL;
	}
}

/* The type that readdir gives is believed, which saves a stat for directories
 * and symlinks. The rest is asked: a file has a size, and DT_UNKNOWN of some
 * file systems may be anything. False: it is gone since. */
static bool inspect(int fd, const struct dirent *d, struct context_found *f)
{
	struct stat st;
	if (d->d_type == DT_DIR || d->d_type == DT_LNK) {
		f->type = d->d_type == DT_DIR ? CONTEXT_DIR : CONTEXT_LINK;
		return true;
	}
	if (fstatat(fd, d->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return false;
	f->type = type_of_mode(st.st_mode);
	if (f->type == CONTEXT_FILE) {
		f->size = st.st_size > 0 ? (uint64_t)st.st_size : 0;
		f->linked = st.st_nlink > 1;
		f->dev = st.st_dev;
		f->ino = st.st_ino;
	}
	return true;
}

/* Names go into one buffer and are told by offsets, as it moves when it
 * grows. */
static int add_found(struct context_scan *s, int fd, const struct dirent *d,
		     struct err *err)
{
	struct str name = str_of(d->d_name);
	struct context_found f = { .name = (uint32_t)s->names.n,
				   .name_n = (uint16_t)name.n };
	if (str_eqz(name, ".") || str_eqz(name, "..") || !inspect(fd, d, &f))
		return 0;
	if (vec_room((void **)&s->found, s->n, &s->cap, sizeof *s->found, err) <
		    0 ||
	    buf_str_add(&s->names, name, err) < 0)
		return -1;
	s->found[s->n++] = f;
	return 0;
}

static int by_name(const void *a, const void *b, void *names)
{
	const struct context_found *x = a, *y = b;
	const char *p = names;
	return str_cmp((struct str){ p + x->name, x->name_n },
		       (struct str){ p + y->name, y->name_n });
}

/* readdir returns NULL at the end and after an error: errno tells which. What
 * was read before an error stays. Sorted, as readdir gives names in any order,
 * and outputs must not depend on it. */
static int read_dir(struct context_scan *s, DIR *dir, struct err *err)
{
	const struct dirent *d;
	while ((errno = 0, d = readdir(dir)) != NULL)
		if (add_found(s, dirfd(dir), d, err) < 0)
			return -1;
	s->sys = errno;
	if (s->n)
		qsort_r(s->found, s->n, sizeof *s->found, by_name, s->names.p);
	return 0;
}

/* A directory that cannot be opened is noted (s->sys), not an error: it may
 * belong to another user, and the builder would complain by itself. Running out
 * of memory is ours. fdopendir takes over the descriptor only on success. */
static int scan_run(struct task *task, struct err *err)
{
	struct context_scan *s = container_of(task, struct context_scan, task);
	int fd = open_dir(s->rootfd, s->path.p);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	if (!dir) {
		s->sys = errno;
		if (fd >= 0)
			close(fd);
		return s->sys == ENOMEM ? err_nomem(err, 0) : 0;
	}
	int r = read_dir(s, dir, err);
	closedir(dir);
	return r;
}

struct context_scan *context_scan_new(int rootfd, uint32_t dir)
{
	struct context_scan *s = calloc(1, sizeof *s);
	if (!s)
		return NULL;
	s->path.max = UINT32_MAX;
	s->names.max = UINT32_MAX;
	s->rootfd = rootfd;
	s->dir = dir;
	s->task.run = scan_run;
	return s;
}
