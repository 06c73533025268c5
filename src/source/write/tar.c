/* SPDX-License-Identifier: Apache-2.0 */
/* Destinations that are one tar: oci-archive, docker-archive, and both.
 *
 * Blobs are streamed in place (tar_members.h); what a docker-archive calls them
 * depends on what they turn out to be, so their headers are written again at
 * the end. What is no regular file (a pipe, a device) cannot be replaced, and a
 * header in it could not be filled in later: the tar is made in a spool then,
 * and the bytes go out at the commit. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "base/spool.h"
#include "source/write/docker_docs.h"
#include "source/write/oci_docs.h"
#include "source/write/tar_members.h"

enum { COPY_SIZE = 64 << 10 };

struct archive_dest {
	struct dest dest; /* first */
	struct atomic_file file;
	int spool; /* where file is a node; else -1 */
	struct tar_members tar;
};

static struct archive_dest *of(struct dest *d)
{
	return (struct archive_dest *)d;
}

static bool takes_oci(const struct ref *ref)
{
	return ref->transport == REF_OCI_ARCHIVE;
}

static bool takes_docker(const struct ref *ref)
{
	return ref->transport == REF_DOCKER_ARCHIVE;
}

static bool takes_path(const struct ref *ref)
{
	return ref->transport == REF_PATH;
}

struct member_name {
	char text[64 + DIGEST_TEXT_MAX];
};

static struct member_name name_of(const struct dest_blob *b, const char *prefix,
				  const char *suffix)
{
	struct member_name n;
	snprintf(n.text, sizeof n.text, "%s%s%s", prefix,
		 digest_hex(&b->digest).text, suffix);
	return n;
}

static int archive_begin(struct dest *d, struct sink **out, struct err *err)
{
	struct archive_dest *to = of(d);
	struct spool_name spool = spool_name(NULL);
	const char *name = to->file.is_through ? spool.text : d->ref.text.p;
	return dest_tar_begin(&to->tar, name, out, err);
}

static int archive_end(struct dest *d, struct dest_blob *b, bool keep,
		       struct err *err)
{
	struct archive_dest *to = of(d);
	if (!keep)
		return dest_tar_drop(&to->tar, err);
	if (dest_tar_end(&to->tar, b->size, &b->at, err) < 0)
		return -1;
	return dest_tar_name(&to->tar, b->at,
			     name_of(b, "blobs/sha256/", "").text, b->size,
			     err);
}

static int put_oci(struct dest *d, const struct dest_result *r, struct err *err)
{
	scoped(buf_done) struct buf index = BUF_INIT(DEST_DOC_MAX);
	struct str entry;
	if (dest_oci_entry(d, r, &entry, err) < 0 ||
	    dest_index_json(r->around.layout, entry, &index, err) < 0 ||
	    dest_tar_put(&of(d)->tar, "oci-layout", STR(DEST_OCI_LAYOUT), err) <
		    0)
		return -1;
	return dest_tar_put(&of(d)->tar, "index.json", buf_str(&index), err);
}

static int put_docker(struct dest *d, const struct dest_result *r,
		      const struct dest_naming *names, struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(DEST_DOC_MAX);
	if (dest_manifest_json(r, names, &text, err) < 0)
		return -1;
	return dest_tar_put(&of(d)->tar, "manifest.json", buf_str(&text), err);
}

static int finish_oci(struct dest *d, const struct dest_result *r,
		      struct err *err)
{
	return put_oci(d, r, err) < 0 ? -1 : dest_tar_finish(&of(d)->tar, err);
}

static int finish_both(struct dest *d, const struct dest_result *r,
		       struct err *err)
{
	static const struct dest_naming names = { "blobs/sha256/", "", "" };
	if (put_oci(d, r, err) < 0 || put_docker(d, r, &names, err) < 0)
		return -1;
	return dest_tar_finish(&of(d)->tar, err);
}

static bool has_layer(const struct dest_image *img, const struct digest *d)
{
	for (size_t i = 0; i < img->n_layers; i++)
		if (digest_eq(&img->layers[i].digest, d))
			return true;
	return false;
}

/* Streamed blobs have their places and get their names; of what was held back,
 * the config is wanted, an OCI manifest is not. */
static int name_blob(struct archive_dest *to, struct dest_blob *b,
		     const struct dest_image *img,
		     const struct dest_naming *names, struct err *err)
{
	bool is_config = digest_eq(&b->digest, &img->config.digest);
	const char *suffix =
		is_config ? names->config_suffix : names->layer_suffix;
	struct member_name name = name_of(b, names->prefix, suffix);
	if (!b->is_held)
		return dest_tar_name(&to->tar, b->at, name.text, b->size, err);
	if (!is_config && !has_layer(img, &b->digest))
		return 0;
	return dest_tar_put(&to->tar, name.text, b->held, err);
}

static int finish_docker(struct dest *d, const struct dest_result *r,
			 struct err *err)
{
	static const struct dest_naming names = { "", ".json", ".tar" };
	scoped(buf_done) struct buf text = BUF_INIT(DEST_DOC_MAX);
	for (size_t i = 0; i < d->n; i++)
		if (name_blob(of(d), &d->blobs[i], &r->images[0], &names, err) <
		    0)
			return -1;
	if (put_docker(d, r, &names, err) < 0)
		return -1;
	if (r->tag.n && r->images[0].n_layers &&
	    (dest_repositories(r, &text, err) < 0 ||
	     dest_tar_put(&of(d)->tar, "repositories", buf_str(&text), err) <
		     0))
		return -1;
	return dest_tar_finish(&of(d)->tar, err);
}

static int open_tar(struct archive_dest *to, struct err *err)
{
	to->tar.fd = to->file.fd;
	if (!to->file.is_through)
		return 0;
	if (isatty(to->file.fd))
		return err_set(err, ERR_USAGE,
			       "an image is not written to a terminal; name a "
			       "file, or send it through a pipe");
	if (spool_new(NULL, &to->spool, err) < 0)
		return -1;
	to->tar.fd = to->spool;
	to->tar.is_spool = true;
	return 0;
}

static int archive_open(struct dest *d, struct err *err)
{
	struct archive_dest *to = of(d);
	const char *path = d->ref.path.p;
	struct stat st;
	to->file = (struct atomic_file)ATOMIC_FILE_INIT;
	to->spool = -1;
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return err_set(err, ERR_USAGE,
			       "a directory, but %s is written as one file",
			       d->kind->name);
	if (atomic_file_open(path, &to->file, err) < 0)
		return -1;
	return open_tar(to, err);
}

static void archive_close(struct dest *d)
{
	fd_close(&of(d)->spool);
	atomic_file_done(&of(d)->file);
}

static int archive_stage(struct dest *d, struct ref *ref,
			 const struct source_options *opt, struct source **out,
			 struct err *err)
{
	return source_open_fd(of(d)->tar.fd, ref, opt, out, err);
}

/* Old engines read the same file by its manifest.json: it leads to one of
 * the images, and all its layers are there. */
static int check_docker_side(struct dest *d, struct ref ref,
			     const struct source_options *opt, struct err *err)
{
	scoped(source_close) struct source *s = NULL;
	struct source_options any = { .limits = opt->limits,
				      .tmpdir = opt->tmpdir };
	const struct image_set *set;
	ref.transport = REF_DOCKER_ARCHIVE;
	if (archive_stage(d, &ref, &any, &s, err) < 0 ||
	    source_images(s, &set, err) < 0)
		return -1;
	if (!dest_find_blob(d, &set->images[0]->config_desc.digest))
		return err_set(err, ERR_MISMATCH,
			       "manifest.json names another config");
	return 0;
}

static int stage_both(struct dest *d, struct ref *ref,
		      const struct source_options *opt, struct source **out,
		      struct err *err)
{
	if (check_docker_side(d, *ref, opt, err) < 0)
		return -1;
	return archive_stage(d, ref, opt, out, err);
}

static int copy_out(struct archive_dest *to, struct err *err)
{
	char buf[COPY_SIZE];
	for (uint64_t at = 0;;) {
		ssize_t n = io_pread(to->spool, buf, sizeof buf, at, err);
		if (n < 0)
			return err_ctx(err, "reading %s",
				       spool_name(NULL).text);
		if (n == 0)
			return 0;
		if (io_write(to->file.fd, buf, (size_t)n, err) < 0)
			return err_ctx(err, "writing");
		at += (size_t)n;
	}
}

static int archive_commit(struct dest *d, struct err *err)
{
	struct archive_dest *to = of(d);
	if (to->file.is_through && copy_out(to, err) < 0)
		return -1;
	return atomic_file_commit(&to->file, err);
}

static const struct atomic_file *archive_file(const struct dest *d)
{
	return &((const struct archive_dest *)d)->file;
}

/* What the three share; they differ in names and documents. */
#define ARCHIVE                                                             \
	.size = sizeof(struct archive_dest), .open = archive_open,          \
	.close = archive_close, .begin = archive_begin, .end = archive_end, \
	.commit = archive_commit, .file = archive_file

const struct dest_kind dest_oci_archive = {
	ARCHIVE,
	.name = "oci-archive",
	.transport = REF_OCI_ARCHIVE,
	.takes_index = true,
	.holds = DEST_HOLDS_LAYOUT,
	.takes = takes_oci,
	.finish = finish_oci,
	.stage = archive_stage,
};

const struct dest_kind dest_docker_archive = {
	ARCHIVE,
	.name = "docker-archive",
	.transport = REF_DOCKER_ARCHIVE,
	.holds_bytes = true,
	.takes = takes_docker,
	.finish = finish_docker,
	.stage = archive_stage,
};

const struct dest_kind dest_both = {
	ARCHIVE,
	.name = "archive",
	.transport = REF_OCI_ARCHIVE,
	.takes_index = true,
	.full_names = true,
	.holds = DEST_HOLDS_LAYOUT,
	.takes = takes_path,
	.finish = finish_both,
	.stage = stage_both,
	.docker_image = dest_docker_image,
};
