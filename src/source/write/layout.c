/* SPDX-License-Identifier: Apache-2.0 */
/* A complete layout of the new image alone is written beside the destination.
 * Where nothing is yet, it is renamed into place; with a layout that is there
 * it is merged. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/io.h"
#include "source/write/layout_dest.h"
#include "source/write/merge.h"
#include "source/write/oci_docs.h"

#define NEW_BLOB DEST_BLOBS "/" DEST_NEW_BLOB

static struct layout_dest *of(struct dest *d)
{
	return (struct layout_dest *)d;
}

static bool takes(const struct ref *ref)
{
	struct stat st;
	if (ref->transport != REF_PATH)
		return ref->transport == REF_OCI;
	return str_ends(ref->path, STR("/")) ||
	       (stat(ref->path.p, &st) == 0 && S_ISDIR(st.st_mode));
}

static bool is_layout(int dirfd)
{
	struct stat st;
	return fstatat(dirfd, "index.json", &st, 0) == 0 ||
	       fstatat(dirfd, "oci-layout", &st, 0) == 0;
}

/* A layout that is there has an index.json of its own: of the source's, the
 * entry alone has a place in it. */
static int open_existing(struct layout_dest *to, const char *path,
			 struct err *err)
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
	to->merges = true;
	to->dest.holds = DEST_HOLDS_ENTRY;
	dest_merge_undo(to, path);
	return atomic_dir_open_within(path, &to->file, err);
}

static int layout_open(struct dest *d, struct err *err)
{
	struct layout_dest *to = of(d);
	const char *path = d->ref.path.p;
	struct stat st;
	to->file = (struct atomic_file)ATOMIC_FILE_INIT;
	to->blob = -1;
	int r = stat(path, &st) == 0 ? open_existing(to, path, err)
				     : atomic_dir_open(path, &to->file, err);
	if (r < 0)
		return -1;
	if (mkdirat(to->file.fd, "blobs", 0777) < 0 ||
	    mkdirat(to->file.fd, DEST_BLOBS, 0777) < 0)
		return err_sys(err, "making its directories");
	return 0;
}

static void layout_close(struct dest *d)
{
	fd_close(&of(d)->blob);
	atomic_file_done(&of(d)->file);
}

static int layout_begin(struct dest *d, struct sink **out, struct err *err)
{
	struct layout_dest *to = of(d);
	return dest_begin_file(d, to->file.fd, NEW_BLOB, &to->blob, out, err);
}

static int layout_end(struct dest *d, struct dest_blob *b, bool keep,
		      struct err *err)
{
	struct layout_dest *to = of(d);
	return dest_end_file(to->file.fd, NEW_BLOB, &to->blob,
			     dest_blob_path(&b->digest).text, keep, err);
}

static int layout_finish(struct dest *d, const struct dest_result *r,
			 struct err *err)
{
	scoped(buf_done) struct buf index = BUF_INIT(DEST_DOC_MAX);
	struct layout_dest *to = of(d);
	if (dest_oci_entry(d, r, &to->entry, err) < 0 ||
	    dest_index_json(r->around.layout, to->entry, &index, err) < 0 ||
	    dest_put_file(to->file.fd, "oci-layout", STR(DEST_OCI_LAYOUT),
			  err) < 0)
		return -1;
	return dest_put_file(to->file.fd, "index.json", buf_str(&index), err);
}

static int layout_stage(struct dest *d, struct ref *ref,
			const struct source_options *opt, struct source **out,
			struct err *err)
{
	return dest_stage_dir(&of(d)->file, ref, opt, out, err);
}

static int sync_blobs(const struct dest *d, int dirfd, struct err *err)
{
	for (size_t i = 0; i < d->n; i++)
		if (dest_sync_path(dirfd,
				   dest_blob_path(&d->blobs[i].digest).text,
				   err) < 0)
			return -1;
	return dest_sync_blob_dirs(dirfd, err);
}

static int layout_commit(struct dest *d, struct err *err)
{
	struct layout_dest *to = of(d);
	if (sync_blobs(d, to->file.fd, err) < 0)
		return -1;
	return to->merges ? dest_merge(to, err)
			  : atomic_file_commit(&to->file, err);
}

static const struct atomic_file *layout_file(const struct dest *d)
{
	return &((const struct layout_dest *)d)->file;
}

static int layout_has_entry(const struct dest *d, struct str tag,
			    struct err *err)
{
	return dest_layout_has((const struct layout_dest *)d, tag, err);
}

const struct dest_kind dest_oci_dir = {
	.name = "oci",
	.transport = REF_OCI,
	.size = sizeof(struct layout_dest),
	.takes_index = true,
	.holds = DEST_HOLDS_LAYOUT,
	.takes = takes,
	.open = layout_open,
	.close = layout_close,
	.begin = layout_begin,
	.end = layout_end,
	.finish = layout_finish,
	.stage = layout_stage,
	.commit = layout_commit,
	.file = layout_file,
	.has_entry = layout_has_entry,
};
