/* SPDX-License-Identifier: Apache-2.0 */
/* The destination that is an OCI layout in a directory.
 *
 * A complete layout of the new image alone is written aside. Where nothing is
 * yet, it is renamed into place; a layout that is there gets the blobs one by
 * one, then an index.json in which other images stay. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "json/span.h"
#include "json/write.h"
#include "source/dest_kind.h"
#include "source/oci_layout.h"

#define BLOBS "blobs/sha256"
#define NEW_BLOB BLOBS "/.new"

struct blob_path {
	char text[32 + DIGEST_TEXT_MAX];
};

static struct blob_path blob_path(const struct digest *d)
{
	struct blob_path p;
	snprintf(p.text, sizeof p.text, BLOBS "/%s", digest_hex(d).text);
	return p;
}

static void close_fd(int *fd)
{
	int saved = errno;
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
	errno = saved;
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
		    !aside_is_litter(e->d_name, aside_base(real)))
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
	scoped(close_fd) int fd =
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
	return aside_dir_within(path, &d->aside, err);
}

static int dir_open(struct dest *d, struct err *err)
{
	struct stat st;
	const char *path = d->ref.path.p;
	int r = stat(path, &st) == 0 ? open_existing(d, path, err)
				     : aside_dir(path, &d->aside, err);
	if (r < 0)
		return -1;
	if (mkdirat(d->aside.fd, "blobs", 0777) < 0 ||
	    mkdirat(d->aside.fd, BLOBS, 0777) < 0)
		return err_sys(err, "making its directories");
	return 0;
}

int dest_new_file(int dirfd, const char *name, int *out, struct err *err)
{
	int fd = openat(dirfd, name, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC,
			0666);
	if (fd < 0)
		return err_sys(err, "%s", name);
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
	if (keep && renameat(fd, NEW_BLOB, fd, blob_path(&b->digest).text) < 0)
		return err_sys(err, "naming a blob");
	return 0;
}

int dest_put_file(int dirfd, const char *name, struct str text, struct err *err)
{
	scoped(close_fd) int fd = -1;
	scoped(sink_close) struct sink *to = NULL;
	if (dest_new_file(dirfd, name, &fd, err) < 0 ||
	    fd_sink_open(fd, name, &to, err) < 0 ||
	    sink_write(to, text.p, text.n, err) < 0 || sink_finish(to, err) < 0)
		return -1;
	if (fsync(fd) < 0)
		return err_sys(err, "syncing %s", name);
	return 0;
}

static int dir_finish(struct dest *d, const struct dest_result *r,
		      struct err *err)
{
	scoped(buf_done) struct buf index = BUF_INIT(DEST_DOC_MAX);
	if (dest_oci_entry(d, r, &d->entry, err) < 0 ||
	    dest_index_json(d->entry, &index, err) < 0 ||
	    dest_put_file(d->aside.fd, "oci-layout", STR(DEST_OCI_LAYOUT),
			  err) < 0)
		return -1;
	return dest_put_file(d->aside.fd, "index.json", buf_str(&index), err);
}

int dest_sync_path(int dirfd, const char *name, struct err *err)
{
	scoped(close_fd) int fd = openat(dirfd, name, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) < 0)
		return err_sys(err, "syncing %s", name);
	return 0;
}

static int sync_blobs(const struct dest *d, struct err *err)
{
	for (size_t i = 0; i < d->n; i++)
		if (dest_sync_path(d->aside.fd,
				   blob_path(&d->blobs[i].digest).text,
				   err) < 0)
			return -1;
	return 0;
}

/* The names, once the files are safe. */
static int sync_dirs(int dirfd, struct err *err)
{
	if (dest_sync_path(dirfd, BLOBS, err) < 0 ||
	    dest_sync_path(dirfd, "blobs", err) < 0)
		return -1;
	return dest_sync_path(dirfd, ".", err);
}

/* An entry that goes by the same name is replaced; without a name, the ones
 * without. */
static bool stays(const struct dest *d, const struct desc *old)
{
	return !str_eq(desc_annotation(old, ANN_REF_NAME), d->tag);
}

static int merge_list(struct dest *d, const struct oci_doc *old,
		      struct buf *out, struct err *err)
{
	struct json_out o;
	json_out_begin(&o, out, false);
	json_open_array(&o);
	for (size_t i = 0; i < old->n_manifests; i++)
		if (stays(d, &old->manifests[i]))
			json_put_raw(&o, old->manifests[i].json);
	json_put_raw(&o, d->entry);
	json_close_array(&o);
	return json_out_finish(&o, err);
}

/* The layout's own index.json with the new entry: all else keeps its bytes. */
static int merge_index(struct dest *d, int layout, struct buf *out,
		       struct err *err)
{
	scoped(buf_done) struct buf list = BUF_INIT(DEST_DOC_MAX);
	struct files files = { .fd = layout };
	struct oci_doc old = { 0 };
	struct str text;
	int r = files_read(&files, "index.json", &d->lim, &d->lim.manifest_max,
			   &d->arena, &text, err);
	if (r == 0)
		return dest_index_json(d->entry, out, err);
	if (r < 0)
		return -1;
	if (oci_parse_doc(text, &d->lim, &d->arena, &old, err) < 0)
		return err_ctx(err, "its index.json");
	if (old.kind != OCI_DOC_INDEX)
		return err_set(err, ERR_CORRUPT, "its index.json is no index");
	if (merge_list(d, &old, &list, err) < 0)
		return -1;
	struct json_edit edit = { "manifests", buf_str(&list) };
	return json_splice(text, &edit, 1, out, err);
}

static int make_dirs(int layout, struct err *err)
{
	static const char *const names[] = { "blobs", BLOBS };
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (mkdirat(layout, names[i], 0777) < 0 && errno != EEXIST)
			return err_sys(err, "making %s", names[i]);
	return 0;
}

/* One blob into the layout; *is_new: it was not there. A blob of that name is
 * replaced: ours is verified, that one may be broken. */
static int move_blob(const struct dest *d, int layout, size_t i, bool *is_new,
		     struct err *err)
{
	struct stat st;
	struct blob_path p = blob_path(&d->blobs[i].digest);
	*is_new = fstatat(layout, p.text, &st, AT_SYMLINK_NOFOLLOW) < 0;
	if (renameat(d->aside.fd, p.text, layout, p.text) < 0)
		return err_sys(err, "%s", p.text);
	return 0;
}

static int move_documents(const struct dest *d, int layout, struct str index,
			  struct err *err)
{
	int from = d->aside.fd;
	struct stat st;
	if (dest_put_file(from, "index.json", index, err) < 0 ||
	    sync_dirs(layout, err) < 0)
		return -1;
	if (fstatat(layout, "oci-layout", &st, 0) < 0 &&
	    renameat(from, "oci-layout", layout, "oci-layout") < 0)
		return err_sys(err, "oci-layout");
	if (renameat(from, "index.json", layout, "index.json") < 0)
		return err_sys(err, "index.json");
	return 0;
}

static int move_all(struct dest *d, int layout, bool *is_new, struct str index,
		    struct err *err)
{
	for (size_t i = 0; i < d->n; i++)
		if (move_blob(d, layout, i, &is_new[i], err) < 0)
			return -1;
	return move_documents(d, layout, index, err);
}

/* The lock keeps two writers from losing each other's entries. */
static int merge(struct dest *d, struct err *err)
{
	scoped(buf_done) struct buf index = BUF_INIT(DEST_DOC_MAX);
	scoped(close_fd) int layout =
		open(d->aside.target, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (layout < 0)
		return err_sys(err, "opening it");
	if (flock(layout, LOCK_EX) < 0 && errno == EINTR)
		return err_sys(err, "waiting for another writer");
	bool *is_new = arena_array(&d->arena, d->n, sizeof *is_new, err);
	if (!is_new || merge_index(d, layout, &index, err) < 0 ||
	    make_dirs(layout, err) < 0)
		return -1;
	if (move_all(d, layout, is_new, buf_str(&index), err) < 0) {
		for (size_t i = 0; i < d->n; i++)
			if (is_new[i])
				unlinkat(layout,
					 blob_path(&d->blobs[i].digest).text,
					 0);
		return -1;
	}
	return dest_sync_path(layout, ".", err);
}

static int dir_commit(struct dest *d, struct err *err)
{
	if (sync_blobs(d, err) < 0 || sync_dirs(d->aside.fd, err) < 0)
		return -1;
	return d->merges ? merge(d, err) : aside_commit(&d->aside, err);
}

const struct dest_kind dest_oci_dir = {
	.name = "oci",
	.transport = REF_OCI,
	.takes_index = true,
	.open = dir_open,
	.begin = dir_begin,
	.end = dir_end,
	.finish = dir_finish,
	.commit = dir_commit,
};
