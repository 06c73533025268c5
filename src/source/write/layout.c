/* SPDX-License-Identifier: Apache-2.0 */
/* The destination that is an OCI layout in a directory.
 *
 * A complete layout of the new image alone is written aside. Where nothing is
 * yet, it is renamed into place; with a layout that is there it is merged. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "base/litter.h"
#include "base/path.h"
#include "source/write/kind.h"

#define BLOBS DEST_BLOBS
#define NEW_BLOB BLOBS "/.new"

struct dest_blob_path dest_blob_path(const struct digest *d)
{
	struct dest_blob_path p;
	snprintf(p.text, sizeof p.text, BLOBS "/%s", digest_hex(d).text);
	return p;
}

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

static bool is_layout(int dirfd)
{
	struct stat st;
	return fstatat(dirfd, "index.json", &st, 0) == 0 ||
	       fstatat(dirfd, "oci-layout", &st, 0) == 0;
}

static int open_existing(struct dest *d, const char *path, struct err *err)
{
	scoped(fd_close) int fd =
		open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOTDIR
			       ? err_set(err, ERR_USAGE,
					 "not a directory, so no OCI layout")
			       : err_sys(err, "opening it");
	int r = is_layout(fd) ? 1 : dest_is_empty(path, err);
	if (r < 0)
		return -1;
	if (r == 0)
		return err_set(err, ERR_USAGE,
			       "a directory that is neither empty nor an OCI "
			       "layout; nothing is written into it");
	d->merges = true;
	dest_merge_undo(d, path);
	return atomic_dir_open_within(path, &d->aside, err);
}

static int dir_open(struct dest *d, struct err *err)
{
	struct stat st;
	const char *path = d->ref.path.p;
	int r = stat(path, &st) == 0 ? open_existing(d, path, err)
				     : atomic_dir_open(path, &d->aside, err);
	if (r < 0)
		return -1;
	if (mkdirat(d->aside.fd, "blobs", 0777) < 0 ||
	    mkdirat(d->aside.fd, BLOBS, 0777) < 0)
		return err_sys(err, "making its directories");
	return 0;
}

/* A user knows nothing of the names that are gone in the end. */
static const char *called(const char *name)
{
	static const char *const names[][2] = {
		{ NEW_BLOB, "a new blob" },
		{ ".new", "a new blob" },
		{ DEST_UNDO, "the note of what is undone after a kill" },
		{ ".", "the directory" },
	};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(name, names[i][0]) == 0)
			return names[i][1];
	return name;
}

int dest_new_file(int dirfd, const char *name, int *out, struct err *err)
{
	int fd = openat(dirfd, name, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC,
			0666);
	if (fd < 0)
		return err_sys(err, "making %s", called(name));
	*out = fd;
	return 0;
}

static int dir_begin(struct dest *d, int *fd, struct err *err)
{
	if (dest_new_file(d->aside.fd, NEW_BLOB, fd, err) < 0)
		return -1;
	d->blob_fd_owned = true;
	return 0;
}

static int dir_end(struct dest *d, struct dest_blob *b, bool keep,
		   struct err *err)
{
	int fd = d->aside.fd;
	if (!keep && unlinkat(fd, NEW_BLOB, 0) < 0)
		return err_sys(err, "removing a blob that is there already");
	if (keep &&
	    renameat(fd, NEW_BLOB, fd, dest_blob_path(&b->digest).text) < 0)
		return err_sys(err, "naming a blob");
	return 0;
}

int dest_put_file(int dirfd, const char *name, struct str text, struct err *err)
{
	scoped(fd_close) int fd = -1;
	scoped(sink_close) struct sink *to = NULL;
	if (dest_new_file(dirfd, name, &fd, err) < 0 ||
	    fd_sink_open(fd, called(name), &to, err) < 0 ||
	    sink_write(to, text.p, text.n, err) < 0 || sink_finish(to, err) < 0)
		return -1;
	if (io_sync(fd, err) < 0)
		return err_ctx(err, "syncing %s", called(name));
	return 0;
}

static int dir_finish(struct dest *d, const struct dest_result *r,
		      struct err *err)
{
	scoped(buf_done) struct buf index = BUF_INIT(DEST_DOC_MAX);
	if (dest_oci_entry(d, r, &d->entry, err) < 0 ||
	    dest_index_json(r->around.layout, d->entry, &index, err) < 0 ||
	    dest_put_file(d->aside.fd, "oci-layout", STR(DEST_OCI_LAYOUT),
			  err) < 0)
		return -1;
	return dest_put_file(d->aside.fd, "index.json", buf_str(&index), err);
}

int dest_sync_path(int dirfd, const char *name, struct err *err)
{
	scoped(fd_close) int fd = openat(dirfd, name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_sys(err, "syncing %s", called(name));
	if (io_sync(fd, err) < 0)
		return err_ctx(err, "syncing %s", called(name));
	return 0;
}

static int sync_blobs(const struct dest *d, struct err *err)
{
	for (size_t i = 0; i < d->n; i++)
		if (dest_sync_path(d->aside.fd,
				   dest_blob_path(&d->blobs[i].digest).text,
				   err) < 0)
			return -1;
	return 0;
}

/* The names, once the files are safe. */
int dest_sync_blob_dirs(int dirfd, struct err *err)
{
	if (dest_sync_path(dirfd, BLOBS, err) < 0 ||
	    dest_sync_path(dirfd, "blobs", err) < 0)
		return -1;
	return dest_sync_path(dirfd, ".", err);
}

static int dir_commit(struct dest *d, struct err *err)
{
	if (sync_blobs(d, err) < 0 || dest_sync_blob_dirs(d->aside.fd, err) < 0)
		return -1;
	return d->merges ? dest_merge(d, err)
			 : atomic_file_commit(&d->aside, err);
}

const struct dest_kind dest_oci_dir = {
	.name = "oci",
	.transport = REF_OCI,
	.takes_index = true,
	.holds = DEST_HOLDS_LAYOUT,
	.open = dir_open,
	.begin = dir_begin,
	.end = dir_end,
	.finish = dir_finish,
	.commit = dir_commit,
};
