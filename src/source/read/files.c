/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/files.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "base/path.h"
#include "source/read/archive.h"

void source_files_done(struct files *f)
{
	source_archive_close(&f->archive);
	fd_close(&f->fd);
}

void source_file_done(struct file *f)
{
	if (f->owned)
		fd_close(&f->fd);
	*f = (struct file)FILE_INIT;
}

/* 1: a regular file; 0: nothing there. O_NONBLOCK, so that a FIFO in
 * a hostile directory cannot block the open. */
static int open_regular(int dirfd, const char *name, struct file *out,
			struct err *err)
{
	scoped(source_file_done) struct file f = { .owned = true };
	struct err why = { 0 };
	struct stat st;
	f.fd = path_at(dirfd, name, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0, &why);
	if (f.fd < 0) {
		if (why.sys == ENOENT || why.sys == ENOTDIR)
			return 0;
		*err = why;
		return -1;
	}
	if (fstat(f.fd, &st) < 0)
		return err_sys(err, "%s", name);
	if (!S_ISREG(st.st_mode))
		return err_set(err, ERR_CORRUPT, "not a regular file");
	f.size = (uint64_t)st.st_size;
	*out = f;
	f.owned = false;
	return 1;
}

static bool is_same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* The file is looked at before it is opened: opening a device may have an
 * effect (a tape rewinds, a FIFO blocks). It may be swapped between the two
 * calls, so both must see the same inode. An absolute target
 * is none of a layout that may be moved about. */
static int open_linked(int dir, const char *base, struct file *out,
		       struct err *err)
{
	scoped(source_file_done) struct file f = { .fd = -1, .owned = true };
	struct stat st, now;
	char first;
	if (readlinkat(dir, base, &first, 1) != 1 || first == '/')
		return 0;
	if (fstatat(dir, base, &st, 0) < 0)
		return errno == ENOENT || errno == ENOTDIR
			       ? 0
			       : err_sys(err, "following the link");
	if (!S_ISREG(st.st_mode))
		return err_set(err, ERR_CORRUPT,
			       "a link to what is not a regular file");
	f.fd = openat(dir, base, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (f.fd < 0 || fstat(f.fd, &now) < 0)
		return err_sys(err, "following the link");
	if (!is_same_file(&st, &now))
		return err_set(err, ERR_CORRUPT, "the link changed meanwhile");
	f.size = (uint64_t)now.st_size;
	*out = f;
	f.owned = false;
	return 1;
}

int source_files_find_outside(const struct files *f, struct str name,
			      struct file *out, struct err *err)
{
	scoped(buf_done) struct buf parent = BUF_INIT(1 << 20);
	scoped(buf_done) struct buf base = BUF_INIT(1 << 20);
	struct err why = { 0 };
	if (f->archive)
		return 0;
	if (buf_str_add(&parent, path_parent(name), err) < 0 ||
	    buf_str_add(&base, path_base(name), err) < 0)
		return -1;
	const char *dir = buf_cstr(&parent), *z = buf_cstr(&base);
	if (!dir || !z)
		return err_nomem(err, name.n);
	scoped(fd_close) int at =
		path_at(f->fd, *dir ? dir : ".", O_PATH | O_DIRECTORY, 0, &why);
	return at < 0 ? 0 : open_linked(at, z, out, err);
}

/* In a directory path_at keeps names and symlinks within it. In an archive the
 * bytes lie in the archive's own descriptor, so there is nothing to close. */
int source_files_find(const struct files *f, struct str name, struct file *out,
		      struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT(1 << 20);
	struct archive_range range;
	if (!f->archive) {
		if (path_clean(name, &limits_default, &path, err) < 0)
			return -1;
		const char *z = buf_cstr(&path);
		return z ? open_regular(f->fd, z, out, err)
			 : err_nomem(err, path.n);
	}
	int r = source_archive_find(f->archive, name, &range, err);
	if (r > 0)
		*out = (struct file){ .fd = f->fd,
				      .offset = range.offset,
				      .size = range.size };
	return r;
}

/* A file that is there but cannot be read counts: who then reads it tells why. */
bool source_files_has(const struct files *f, const char *name)
{
	scoped(source_file_done) struct file at = FILE_INIT;
	struct err why = { 0 };
	return source_files_find(f, str_of(name), &at, &why) != 0;
}

int source_file_open(struct file *f, const char *name, struct stream **out,
		     struct err *err)
{
	if (!f->owned)
		return fd_range_open(f->fd, f->offset, f->size, name, out, err);
	f->owned = false;
	return fd_open(f->fd, name, out, err);
}

int source_files_read(const struct files *f, const char *name,
		      const struct limits *lim, const uint64_t *size_max,
		      struct arena *a, struct str *out, struct err *err)
{
	scoped(source_file_done) struct file at = FILE_INIT;
	scoped(stream_close) struct stream *in = NULL;
	int r = source_files_find(f, str_of(name), &at, err);
	if (r < 0)
		return err_ctx(err, "%s", name);
	if (r == 0)
		return 0;
	if (at.size > *size_max) {
		limits_exceeded(lim, size_max, at.size, err);
		return err_ctx(err, "%s", name);
	}
	size_t n = (size_t)at.size, got;
	char *p = arena_alloc(a, n + 1, err);
	if (!p || source_file_open(&at, name, &in, err) < 0 ||
	    stream_read(in, p, n, &got, err) < 0)
		return -1;
	*out = (struct str){ p, got };
	return 1;
}
