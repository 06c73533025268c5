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
#include "source/write/kind.h"
#include "base/spool.h"
#include "tar/header.h"

enum { END_BLOCKS = 2 * TAR_BLOCK_SIZE, COPY_SIZE = 64 << 10 };
static const uint64_t octal_max = 077777777777;

static int put_at(struct dest *d, const void *p, size_t n, uint64_t at,
		  struct err *err)
{
	if (io_pwrite(d->fd, p, n, at, err) == 0)
		return 0;
	if (d->aside.is_through)
		return err_ctx(err, "writing %s", spool_name(NULL).text);
	return err_ctx(err, "writing at byte %" PRIu64, at);
}

/* Octal, or base-256 where octal ends at 8 GiB; the latter is GNU's, whose
 * magic the header then carries. All engines read both. */
static void put_size(union tar_block *b, uint64_t size)
{
	if (size <= octal_max) {
		char text[13];
		snprintf(text, sizeof text, "%011" PRIo64, size);
		memcpy(b->h.size, text, sizeof b->h.size);
		memcpy(b->h.magic, "ustar", 6);
		memcpy(b->h.version, "00", 2);
		return;
	}
	for (int i = 11; i > 0; i--, size >>= 8)
		b->h.size[i] = (char)(size & 255);
	b->h.size[0] = (char)0x80;
	memcpy(b->h.magic, "ustar ", 6);
	memcpy(b->h.version, " ", 2);
}

/* names are at most 77 bytes long: no prefix is needed. */
static int put_header(struct dest *d, uint64_t at, const char *name,
		      uint64_t size, struct err *err)
{
	union tar_block b = { 0 };
	unsigned sum = 0;
	strncpy(b.h.name, name, sizeof b.h.name - 1);
	memcpy(b.h.mode, "0000644", 8);
	memcpy(b.h.uid, "0000000", 8);
	memcpy(b.h.gid, "0000000", 8);
	memcpy(b.h.mtime, "00000000000", 12);
	put_size(&b, size);
	b.h.flag = '0';
	memset(b.h.checksum, ' ', sizeof b.h.checksum);
	for (size_t i = 0; i < sizeof b.bytes; i++)
		sum += b.bytes[i];
	snprintf(b.h.checksum, 7, "%06o", sum);
	return put_at(d, &b, sizeof b, at, err);
}

static int put_blob_header(struct dest *d, const struct dest_blob *b,
			   const char *prefix, const char *suffix,
			   struct err *err)
{
	char name[64 + DIGEST_TEXT_MAX];
	snprintf(name, sizeof name, "%s%s%s", prefix,
		 digest_hex(&b->digest).text, suffix);
	return put_header(d, b->header, name, b->size, err);
}

static int cut(struct dest *d, uint64_t size, struct err *err)
{
	if (ftruncate(d->fd, (off_t)size) < 0)
		return err_sys(err, "setting its length");
	return 0;
}

/* The next member begins behind size bytes of this one, padded. */
static int close_member(struct dest *d, uint64_t size, struct err *err)
{
	uint64_t padded;
	if (!round_up_u64(size, TAR_BLOCK_SIZE, &padded) ||
	    ckd_add(&padded, padded, d->end + TAR_BLOCK_SIZE) ||
	    padded > INT64_MAX - END_BLOCKS)
		return err_set(err, ERR_LIMIT, "a tar of over 2^63 bytes");
	if (cut(d, padded, err) < 0)
		return -1;
	d->end = padded;
	return 0;
}

static int tar_begin(struct dest *d, int *fd, struct err *err)
{
	if (lseek(d->fd, (off_t)(d->end + TAR_BLOCK_SIZE), SEEK_SET) < 0)
		return err_sys(err, "seeking");
	*fd = d->fd;
	return 0;
}

static int tar_end(struct dest *d, struct dest_blob *b, bool keep,
		   struct err *err)
{
	if (!keep)
		return cut(d, d->end, err);
	b->header = d->end;
	if (put_blob_header(d, b, "blobs/sha256/", "", err) < 0)
		return -1;
	return close_member(d, b->size, err);
}

static int put_document(struct dest *d, const char *name, struct str text,
			struct err *err)
{
	if (put_header(d, d->end, name, text.n, err) < 0 ||
	    put_at(d, text.p, text.n, d->end + TAR_BLOCK_SIZE, err) < 0)
		return -1;
	return close_member(d, text.n, err);
}

static int put_oci(struct dest *d, const struct dest_result *r, struct err *err)
{
	scoped(buf_done) struct buf index = BUF_INIT(DEST_DOC_MAX);
	struct str entry;
	if (dest_oci_entry(d, r, &entry, err) < 0 ||
	    dest_index_json(r->around.layout, entry, &index, err) < 0 ||
	    put_document(d, "oci-layout", STR(DEST_OCI_LAYOUT), err) < 0)
		return -1;
	return put_document(d, "index.json", buf_str(&index), err);
}

static int put_docker(struct dest *d, const struct dest_result *r,
		      const struct dest_naming *names, struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(DEST_DOC_MAX);
	if (dest_manifest_json(r, names, &text, err) < 0)
		return -1;
	return put_document(d, "manifest.json", buf_str(&text), err);
}

static int finish_oci(struct dest *d, const struct dest_result *r,
		      struct err *err)
{
	if (put_oci(d, r, err) < 0)
		return -1;
	return cut(d, d->end + END_BLOCKS, err);
}

static int finish_both(struct dest *d, const struct dest_result *r,
		       struct err *err)
{
	static const struct dest_naming names = { "blobs/sha256/", "", "" };
	if (put_oci(d, r, err) < 0 || put_docker(d, r, &names, err) < 0)
		return -1;
	return cut(d, d->end + END_BLOCKS, err);
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
static int name_blob(struct dest *d, struct dest_blob *b,
		     const struct dest_image *img,
		     const struct dest_naming *names, struct err *err)
{
	bool is_config = digest_eq(&b->digest, &img->config.digest);
	const char *suffix =
		is_config ? names->config_suffix : names->layer_suffix;
	if (!b->is_held)
		return put_blob_header(d, b, names->prefix, suffix, err);
	if (!is_config && !has_layer(img, &b->digest))
		return 0;
	b->header = d->end;
	if (put_blob_header(d, b, names->prefix, suffix, err) < 0 ||
	    put_at(d, b->held.p, b->held.n, d->end + TAR_BLOCK_SIZE, err) < 0)
		return -1;
	return close_member(d, b->size, err);
}

static int finish_docker(struct dest *d, const struct dest_result *r,
			 struct err *err)
{
	static const struct dest_naming names = { "", ".json", ".tar" };
	scoped(buf_done) struct buf text = BUF_INIT(DEST_DOC_MAX);
	for (size_t i = 0; i < d->n; i++)
		if (name_blob(d, &d->blobs[i], &r->images[0], &names, err) < 0)
			return -1;
	if (put_docker(d, r, &names, err) < 0)
		return -1;
	if (r->tag.n && r->images[0].n_layers &&
	    (dest_repositories(r, &text, err) < 0 ||
	     put_document(d, "repositories", buf_str(&text), err) < 0))
		return -1;
	return cut(d, d->end + END_BLOCKS, err);
}

/* What is no regular file (a pipe, a device) cannot be replaced, and a header
 * in it could not be filled in later: the bytes go to it at the end. */
static int tar_open_dest(struct dest *d, struct err *err)
{
	const char *path = d->ref.path.p;
	struct stat st;
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return err_set(err, ERR_USAGE,
			       "a directory, but %s is written as one file",
			       d->kind->name);
	if (atomic_file_open(path, &d->aside, err) < 0)
		return -1;
	d->fd = d->aside.fd;
	if (!d->aside.is_through)
		return 0;
	d->fd = -1;
	if (isatty(d->aside.fd))
		return err_set(err, ERR_USAGE,
			       "an image is not written to a terminal; name a "
			       "file, or send it through a pipe");
	return spool_new(NULL, &d->fd, err);
}

static int copy_out(struct dest *d, struct err *err)
{
	char buf[COPY_SIZE];
	for (uint64_t at = 0;;) {
		ssize_t n = io_pread(d->fd, buf, sizeof buf, at, err);
		if (n < 0)
			return err_ctx(err, "reading %s",
				       spool_name(NULL).text);
		if (n == 0)
			return 0;
		if (io_write(d->aside.fd, buf, (size_t)n, err) < 0)
			return err_ctx(err, "writing");
		at += (size_t)n;
	}
}

static int tar_commit(struct dest *d, struct err *err)
{
	if (d->aside.is_through && copy_out(d, err) < 0)
		return -1;
	return atomic_file_commit(&d->aside, err);
}

const struct dest_kind dest_oci_archive = {
	.name = "oci-archive",
	.transport = REF_OCI_ARCHIVE,
	.takes_index = true,
	.holds = DEST_HOLDS_LAYOUT,
	.open = tar_open_dest,
	.begin = tar_begin,
	.end = tar_end,
	.finish = finish_oci,
	.commit = tar_commit,
};

const struct dest_kind dest_docker_archive = {
	.name = "docker-archive",
	.transport = REF_DOCKER_ARCHIVE,
	.holds_bytes = true,
	.open = tar_open_dest,
	.begin = tar_begin,
	.end = tar_end,
	.finish = finish_docker,
	.commit = tar_commit,
};

const struct dest_kind dest_both = {
	.name = "archive",
	.transport = REF_OCI_ARCHIVE,
	.takes_index = true,
	.holds = DEST_HOLDS_LAYOUT,
	.open = tar_open_dest,
	.begin = tar_begin,
	.end = tar_end,
	.finish = finish_both,
	.commit = tar_commit,
};
