/* SPDX-License-Identifier: Apache-2.0 */
#include "source/write/directory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/io.h"
#include "base/litter.h"
#include "base/path.h"

/* Litter of killed runs does not make a directory somebody's. */
int dest_is_empty(const char *path, struct err *err)
{
	char *real = realpath(path, NULL);
	DIR *dir = real ? opendir(real) : NULL;
	struct dirent *e;
	int r = 1;
	if (!dir)
		r = err_sys(err, "reading the directory");
	while (dir && r && (e = readdir(dir)))
		if (strcmp(e->d_name, ".") != 0 &&
		    strcmp(e->d_name, "..") != 0 &&
		    !litter_is(e->d_name, path_base(str_of(real)).p))
			r = 0;
	if (dir)
		closedir(dir);
	free(real);
	return r;
}

/* A user knows nothing of the names that are gone in the end. */
static const char *called(const char *name)
{
	const char *base = strrchr(name, '/');
	base = base ? base + 1 : name;
	if (strcmp(base, DEST_NEW_BLOB) == 0)
		return "a new blob";
	if (strcmp(base, DEST_UNDO) == 0)
		return "the note of what is undone after a kill";
	return strcmp(base, ".") == 0 ? "the directory" : name;
}

static int new_file(int dirfd, const char *name, int *out, struct err *err)
{
	int fd = openat(dirfd, name, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC,
			0666);
	if (fd < 0)
		return err_sys(err, "making %s", called(name));
	*out = fd;
	return 0;
}

int dest_begin_file(struct dest *d, int dirfd, const char *name, int *fd,
		    struct sink **to, struct err *err)
{
	fd_close(fd);
	if (new_file(dirfd, name, fd, err) < 0)
		return -1;
	return fd_sink_open(*fd, d->ref.text.p, to, err);
}

int dest_end_file(int dirfd, const char *name, int *fd, const char *as,
		  bool keep, struct err *err)
{
	fd_close(fd);
	if (!keep && unlinkat(dirfd, name, 0) < 0)
		return err_sys(err, "removing a blob that is there already");
	if (keep && renameat(dirfd, name, dirfd, as) < 0)
		return err_sys(err, "naming a blob");
	return 0;
}

int dest_put_file(int dirfd, const char *name, struct str text, struct err *err)
{
	scoped(fd_close) int fd = -1;
	scoped(sink_close) struct sink *to = NULL;
	if (new_file(dirfd, name, &fd, err) < 0 ||
	    fd_sink_open(fd, called(name), &to, err) < 0 ||
	    sink_write(to, text.p, text.n, err) < 0 || sink_finish(to, err) < 0)
		return -1;
	if (io_sync(fd, err) < 0)
		return err_ctx(err, "syncing %s", called(name));
	return 0;
}

/* Of a directory: the names in it. A rename is on the disk only when the
 * directory is. */
int dest_sync_path(int dirfd, const char *name, struct err *err)
{
	scoped(fd_close) int fd = openat(dirfd, name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_sys(err, "syncing %s", called(name));
	if (io_sync(fd, err) < 0)
		return err_ctx(err, "syncing %s", called(name));
	return 0;
}

int dest_stage_dir(const struct atomic_file *file, struct ref *ref,
		   const struct source_options *opt, struct source **out,
		   struct err *err)
{
	char *path;
	if (atomic_dir_path(file, &path, err) < 0)
		return -1;
	ref->path = str_of(path);
	int r = source_open(ref, opt, out, err);
	free(path);
	return r;
}
