/* SPDX-License-Identifier: Apache-2.0 */
/* The destination that is a directory as skopeo's dir: reads it.
 *
 * All of it is written beside the destination and renamed into place; where such a directory
 * stands already, the two change places and the old one is removed. */
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/io.h"
#include "source/write/directory.h"
#include "source/write/oci_docs.h"
#include "source/read/skopeo_dir.h"

struct skopeo_dest {
	struct dest dest;	 /* first */
	struct atomic_file file; /* a directory */
	int blob;		 /* the blob in work, or -1 */
	bool replaces;		 /* a directory of skopeo's */
};

static struct skopeo_dest *of(struct dest *d)
{
	return (struct skopeo_dest *)d;
}

static bool takes(const struct ref *ref)
{
	return ref->transport == REF_DIR;
}

struct blob_name {
	char text[32 + DIGEST_TEXT_MAX];
};

static struct blob_name name_of(const struct digest *d, bool is_document)
{
	struct blob_name n;
	source_skopeo_blob_name(d, is_document, n.text, sizeof n.text);
	return n;
}

/* Nothing but what skopeo writes may be replaced: a user's own files are not
 * ours to remove. */
static bool is_ours(const char *name)
{
	size_t hex = strspn(name, "0123456789abcdef");
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
	       strcmp(name, "version") == 0 ||
	       strcmp(name, "manifest.json") == 0 ||
	       strncmp(name, "signature-", 10) == 0 ||
	       (hex == 64 &&
		(name[hex] == 0 || name[hex] == '.' || name[hex] == '-'));
}

static bool holds_only_ours(DIR *dir)
{
	bool has_version = false;
	struct dirent *e;
	while ((e = readdir(dir))) {
		if (!is_ours(e->d_name))
			return false;
		has_version |= strcmp(e->d_name, "version") == 0;
	}
	return has_version;
}

/* An empty directory is replaced by a rename, skopeo's by an exchange. */
static int look_at(struct skopeo_dest *to, const char *path, struct err *err)
{
	DIR *dir = opendir(path);
	if (!dir)
		return errno == ENOTDIR
			       ? err_set(err, ERR_USAGE, "not a directory")
			       : err_sys(err, "opening it");
	to->replaces = holds_only_ours(dir);
	closedir(dir);
	if (to->replaces)
		return 0;
	int r = dest_is_empty(path, err);
	if (r == 0)
		return err_set(err, ERR_USAGE,
			       "a directory that is neither empty nor one that "
			       "skopeo wrote; nothing is written into it");
	return r < 0 ? -1 : 0;
}

static int skopeo_open(struct dest *d, struct err *err)
{
	struct skopeo_dest *to = of(d);
	const char *path = d->ref.path.p;
	struct stat st;
	to->file = (struct atomic_file)ATOMIC_FILE_INIT;
	to->blob = -1;
	if (stat(path, &st) == 0 && look_at(to, path, err) < 0)
		return -1;
	return atomic_dir_open(path, &to->file, err);
}

static void skopeo_close(struct dest *d)
{
	fd_close(&of(d)->blob);
	atomic_file_done(&of(d)->file);
}

static int skopeo_begin(struct dest *d, struct sink **out, struct err *err)
{
	struct skopeo_dest *to = of(d);
	return dest_begin_file(d, to->file.fd, DEST_NEW_BLOB, &to->blob, out,
			       err);
}

static int skopeo_end(struct dest *d, struct dest_blob *b, bool keep,
		      struct err *err)
{
	struct skopeo_dest *to = of(d);
	return dest_end_file(to->file.fd, DEST_NEW_BLOB, &to->blob,
			     name_of(&b->digest, false).text, keep, err);
}

static bool is_manifest(const struct dest_result *r, const struct digest *d)
{
	for (size_t i = 0; i < r->n; i++)
		if (digest_eq(&r->images[i].manifest.digest, d))
			return true;
	return false;
}

/* What was held back: configs, and manifests, of which a single one is
 * manifest.json itself. */
static int put_held(const struct dest *d, int dirfd,
		    const struct dest_result *r, bool has_index,
		    struct err *err)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct dest_blob *b = &d->blobs[i];
		bool is_document = is_manifest(r, &b->digest);
		struct blob_name name = name_of(&b->digest, is_document);
		const char *as =
			is_document && !has_index ? "manifest.json" : name.text;
		if (b->is_held && dest_put_file(dirfd, as, b->held, err) < 0)
			return -1;
	}
	return 0;
}

static int skopeo_finish(struct dest *d, const struct dest_result *r,
			 struct err *err)
{
	scoped(buf_done) struct buf index = BUF_INIT(DEST_DOC_MAX);
	bool has_index = r->n > 1 || r->index.n;
	if (put_held(d, of(d)->file.fd, r, has_index, err) < 0)
		return -1;
	if (has_index && (dest_index_text(r, &index, err) < 0 ||
			  dest_put_file(of(d)->file.fd, "manifest.json",
					buf_str(&index), err) < 0))
		return -1;
	return dest_put_file(of(d)->file.fd, "version",
			     STR(SKOPEO_DIR_VERSION "\n"), err);
}

static int skopeo_commit(struct dest *d, struct err *err)
{
	for (size_t i = 0; i < d->n; i++)
		if (!d->blobs[i].is_held &&
		    dest_sync_path(of(d)->file.fd,
				   name_of(&d->blobs[i].digest, false).text,
				   err) < 0)
			return -1;
	return of(d)->replaces ? atomic_dir_exchange(&of(d)->file, err)
			       : atomic_file_commit(&of(d)->file, err);
}

static int skopeo_stage(struct dest *d, struct ref *ref,
			const struct source_options *opt, struct source **out,
			struct err *err)
{
	return dest_stage_dir(&of(d)->file, ref, opt, out, err);
}

static const struct atomic_file *skopeo_file(const struct dest *d)
{
	return &((const struct skopeo_dest *)d)->file;
}

const struct dest_kind dest_skopeo_dir = {
	.name = "dir",
	.transport = REF_DIR,
	.size = sizeof(struct skopeo_dest),
	.takes_index = true,
	.holds = DEST_HOLDS_DOCUMENTS,
	.holds_bytes = true,
	.takes = takes,
	.open = skopeo_open,
	.close = skopeo_close,
	.begin = skopeo_begin,
	.end = skopeo_end,
	.finish = skopeo_finish,
	.stage = skopeo_stage,
	.commit = skopeo_commit,
	.file = skopeo_file,
};
