/* SPDX-License-Identifier: Apache-2.0 */
/* Destinations that are one tar: oci-archive, docker-archive, and both.
 *
 * Blobs are streamed in place. A member's header is left open until the blob's
 * digest and size are known, then written over. Everything in a header is
 * fixed, and members stand in the order they were written, so that the same
 * content gives the same bytes. */
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/checked.h"
#include "base/io.h"
#include "source/write/docker_docs.h"
#include "source/write/oci_docs.h"
#include "base/spool.h"
#include "tar/layout.h"

enum { END_BLOCKS = 2 * TAR_BLOCK_SIZE, COPY_SIZE = 64 << 10 };

struct archive_dest {
	struct dest dest; /* first */
	struct atomic_file file;
	int fd;	      /* written to: file.fd, or a spool where that is a node (a
		 * pipe, a device) */
	uint64_t end; /* where the next member begins */
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

static int put_at(struct archive_dest *to, const void *p, size_t n, uint64_t at,
		  struct err *err)
{
	if (io_pwrite(to->fd, p, n, at, err) == 0)
		return 0;
	if (to->file.is_through)
		return err_ctx(err, "writing %s", spool_name(NULL).text);
	return err_ctx(err, "writing at byte %" PRIu64, at);
}

static int put_header(struct archive_dest *to, uint64_t at, const char *name,
		      uint64_t size, struct err *err)
{
	union tar_block b;
	if (tar_file_block(str_of(name), size, &b, err) < 0)
		return -1;
	return put_at(to, &b, sizeof b, at, err);
}

static int put_blob_header(struct archive_dest *to, const struct dest_blob *b,
			   const char *prefix, const char *suffix,
			   struct err *err)
{
	char name[64 + DIGEST_TEXT_MAX];
	snprintf(name, sizeof name, "%s%s%s", prefix,
		 digest_hex(&b->digest).text, suffix);
	return put_header(to, b->at, name, b->size, err);
}

static int cut(struct archive_dest *to, uint64_t size, struct err *err)
{
	if (ftruncate(to->fd, (off_t)size) < 0)
		return err_sys(err, "setting its length");
	return 0;
}

/* The next member begins behind size bytes of this one, padded. The length is
 * set, not written: padding and what the last blob left behind read as zeros. */
static int close_member(struct archive_dest *to, uint64_t size, struct err *err)
{
	uint64_t padded;
	if (!round_up_u64(size, TAR_BLOCK_SIZE, &padded) ||
	    ckd_add(&padded, padded, to->end + TAR_BLOCK_SIZE) ||
	    padded > INT64_MAX - END_BLOCKS)
		return err_set(err, ERR_LIMIT, "a tar of over 2^63 bytes");
	if (cut(to, padded, err) < 0)
		return -1;
	to->end = padded;
	return 0;
}

/* The header's block is left out, since digest (the name) and size are known
 * last: that is why a pipe gets the bytes at the commit only. */
static int archive_begin(struct dest *d, struct sink **out, struct err *err)
{
	struct archive_dest *to = of(d);
	struct spool_name spool = spool_name(NULL);
	const char *name = to->file.is_through ? spool.text : d->ref.text.p;
	if (lseek(to->fd, (off_t)(to->end + TAR_BLOCK_SIZE), SEEK_SET) < 0)
		return err_sys(err, "seeking");
	return fd_sink_open(to->fd, name, out, err);
}

static int archive_end(struct dest *d, struct dest_blob *b, bool keep,
		       struct err *err)
{
	struct archive_dest *to = of(d);
	if (!keep)
		return cut(to, to->end, err);
	b->at = to->end;
	if (put_blob_header(to, b, "blobs/sha256/", "", err) < 0)
		return -1;
	return close_member(to, b->size, err);
}

static int put_document(struct archive_dest *to, const char *name,
			struct str text, struct err *err)
{
	if (put_header(to, to->end, name, text.n, err) < 0 ||
	    put_at(to, text.p, text.n, to->end + TAR_BLOCK_SIZE, err) < 0)
		return -1;
	return close_member(to, text.n, err);
}

static int put_oci(struct dest *d, const struct dest_result *r, struct err *err)
{
	scoped(buf_done) struct buf index = BUF_INIT(DEST_DOC_MAX);
	struct str entry;
	if (dest_oci_entry(d, r, &entry, err) < 0 ||
	    dest_index_json(r->around.layout, entry, &index, err) < 0 ||
	    put_document(of(d), "oci-layout", STR(DEST_OCI_LAYOUT), err) < 0)
		return -1;
	return put_document(of(d), "index.json", buf_str(&index), err);
}

static int put_docker(struct dest *d, const struct dest_result *r,
		      const struct dest_naming *names, struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(DEST_DOC_MAX);
	if (dest_manifest_json(r, names, &text, err) < 0)
		return -1;
	return put_document(of(d), "manifest.json", buf_str(&text), err);
}

static int finish_oci(struct dest *d, const struct dest_result *r,
		      struct err *err)
{
	if (put_oci(d, r, err) < 0)
		return -1;
	return cut(of(d), of(d)->end + END_BLOCKS, err);
}

static int finish_both(struct dest *d, const struct dest_result *r,
		       struct err *err)
{
	static const struct dest_naming names = { "blobs/sha256/", "", "" };
	if (put_oci(d, r, err) < 0 || put_docker(d, r, &names, err) < 0)
		return -1;
	return cut(of(d), of(d)->end + END_BLOCKS, err);
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
	if (!b->is_held)
		return put_blob_header(to, b, names->prefix, suffix, err);
	if (!is_config && !has_layer(img, &b->digest))
		return 0;
	b->at = to->end;
	if (put_blob_header(to, b, names->prefix, suffix, err) < 0 ||
	    put_at(to, b->held.p, b->held.n, to->end + TAR_BLOCK_SIZE, err) < 0)
		return -1;
	return close_member(to, b->size, err);
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
	     put_document(of(d), "repositories", buf_str(&text), err) < 0))
		return -1;
	return cut(of(d), of(d)->end + END_BLOCKS, err);
}

/* What is no regular file (a pipe, a device) cannot be replaced, and a header
 * in it could not be filled in later: the bytes go to it at the end. */
static int archive_open(struct dest *d, struct err *err)
{
	struct archive_dest *to = of(d);
	const char *path = d->ref.path.p;
	struct stat st;
	to->file = (struct atomic_file)ATOMIC_FILE_INIT;
	to->fd = -1;
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return err_set(err, ERR_USAGE,
			       "a directory, but %s is written as one file",
			       d->kind->name);
	if (atomic_file_open(path, &to->file, err) < 0)
		return -1;
	if (!to->file.is_through) {
		to->fd = to->file.fd;
		return 0;
	}
	if (isatty(to->file.fd))
		return err_set(err, ERR_USAGE,
			       "an image is not written to a terminal; name a "
			       "file, or send it through a pipe");
	return spool_new(NULL, &to->fd, err);
}

static void archive_close(struct dest *d)
{
	struct archive_dest *to = of(d);
	if (to->file.is_through)
		fd_close(&to->fd);
	atomic_file_done(&to->file);
}

static int archive_stage(struct dest *d, struct ref *ref,
			 const struct source_options *opt, struct source **out,
			 struct err *err)
{
	return source_open_fd(of(d)->fd, ref, opt, out, err);
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
		ssize_t n = io_pread(to->fd, buf, sizeof buf, at, err);
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
	.has_both = true,
	.holds = DEST_HOLDS_LAYOUT,
	.takes = takes_path,
	.finish = finish_both,
	.stage = stage_both,
};
