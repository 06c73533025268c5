/* SPDX-License-Identifier: Apache-2.0 */
#include "source/write/dest.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "source/write/kind.h"
#include "base/space.h"
#include "base/spool.h"

static void end_sinks(struct dest *d)
{
	sink_close(&d->hash);
	sink_close(&d->to);
	if (d->blob_fd_owned)
		close(d->blob_fd);
	d->blob_fd_owned = false;
	d->blob_fd = -1;
}

void dest_close(struct dest **d)
{
	int saved = errno;
	if (!*d)
		return;
	end_sinks(*d);
	if ((*d)->aside.is_through)
		fd_close(&(*d)->fd);
	atomic_file_done(&(*d)->aside);
	free((*d)->blobs);
	arena_done(&(*d)->arena);
	free(*d);
	*d = NULL;
	errno = saved;
}

const char *dest_kind(const struct dest *d)
{
	return d->kind->name;
}

enum dest_holds dest_holds(const struct dest *d)
{
	/* A layout that is there has an index.json of its own. */
	return d->merges ? DEST_HOLDS_ENTRY : d->kind->holds;
}

int dest_docker_choice(const struct dest *d, const struct dest_image *images,
		       size_t n)
{
	const struct dest_result r = { .images = images, .n = n };
	if (d->kind != &dest_both || n < 2)
		return -1;
	return (int)(dest_docker_image(&r) - images);
}

bool dest_is_stdout(const struct dest *d)
{
	return d->aside.is_through && d->aside.at.own == STDOUT_FILENO;
}

bool dest_takes_index(const struct dest *d)
{
	return d->kind->takes_index;
}

static bool means_dir(struct str path)
{
	struct stat st;
	return str_ends(path, STR("/")) ||
	       (stat(path.p, &st) == 0 && S_ISDIR(st.st_mode));
}

static int kind_of(const struct ref *ref, const struct dest_kind **out,
		   struct err *err)
{
	switch (ref->transport) {
	case REF_PATH:
		*out = means_dir(ref->path) ? &dest_oci_dir : &dest_both;
		return 0;
	case REF_OCI:
		*out = &dest_oci_dir;
		return 0;
	case REF_OCI_ARCHIVE:
		*out = &dest_oci_archive;
		return 0;
	case REF_DIR:
		*out = &dest_skopeo_dir;
		return 0;
	case REF_DOCKER_ARCHIVE:
		*out = &dest_docker_archive;
		return 0;
	default:
		return err_set(err, ERR_UNSUPPORTED,
			       "images are not written to %s yet; write a file "
			       "or an OCI layout",
			       ref_transport_name(ref->transport));
	}
}

static int open_kind(struct dest *d, struct err *err)
{
	if (d->ref.has_index)
		return err_set(err, ERR_USAGE,
			       "a destination has a tag, no @N");
	if (kind_of(&d->ref, &d->kind, err) < 0)
		return -1;
	return d->kind->open(d, err);
}

int dest_open(const struct ref *ref, const struct limits *lim,
	      struct dest **out, struct err *err)
{
	scoped(dest_close) struct dest *d = calloc(1, sizeof *d);
	if (!d)
		return err_nomem(err, sizeof *d);
	d->aside = (struct atomic_file)ATOMIC_FILE_INIT;
	d->blob_fd = d->fd = -1;
	d->lim = *lim;
	d->ref = *ref;
	if (arena_str(&d->arena, ref->text, &d->ref.text, err) < 0 ||
	    arena_str(&d->arena, ref->path, &d->ref.path, err) < 0 ||
	    arena_str(&d->arena, ref->tag, &d->ref.tag, err) < 0)
		return -1;
	if (open_kind(d, err) < 0)
		return err_ctx(err, "%.*s", STR_ARG(d->ref.text));
	*out = take(&d);
	return 0;
}

const struct dest_blob *dest_find_blob(const struct dest *d,
				       const struct digest *digest)
{
	for (size_t i = 0; i < d->n; i++)
		if (digest_eq(&d->blobs[i].digest, digest))
			return &d->blobs[i];
	return NULL;
}

bool dest_has_blob(const struct dest *d, const struct digest *digest)
{
	return dest_find_blob(d, digest);
}

int dest_check_room(const struct dest *d, uint64_t n, struct err *err)
{
	return d->aside.is_through
		       ? space_check_temporary(spool_dir(NULL), n, err)
		       : space_check(d->aside.fd, n, d->ref.text.p, err);
}

static int add_blob(struct dest *d, const struct dest_blob *b, struct err *err)
{
	if (d->n == d->cap) {
		size_t cap = d->cap ? d->cap * 2 : 16;
		void *p = reallocarray(d->blobs, cap, sizeof *d->blobs);
		if (!p)
			return err_nomem(err, cap * sizeof *d->blobs);
		d->blobs = p;
		d->cap = cap;
	}
	d->blobs[d->n++] = *b;
	return 0;
}

static int begin_blob(struct dest *d, struct err *err)
{
	assert(!d->hash && !d->finished);
	/* What goes to a pipe in the end is in a temporary file before. */
	struct spool_name temporary = spool_name(NULL);
	const char *name = d->aside.is_through ? temporary.text : d->ref.text.p;
	if (d->kind->begin(d, &d->blob_fd, err) < 0 ||
	    fd_sink_open(d->blob_fd, name, &d->to, err) < 0)
		return -1;
	return hash_sink_open(d->to, &d->digest, &d->size, &d->hash, err);
}

int dest_begin_blob(struct dest *d, struct sink **out, struct err *err)
{
	if (begin_blob(d, err) < 0) {
		end_sinks(d);
		return err_ctx(err, "%.*s", STR_ARG(d->ref.text));
	}
	*out = d->hash;
	return 0;
}

static int end_blob(struct dest *d, struct dest_blob *b, struct err *err)
{
	b->digest = d->digest;
	b->size = d->size;
	const struct dest_blob *old = dest_find_blob(d, &b->digest);
	if (d->kind->end(d, b, !old, err) < 0)
		return -1;
	return old ? 0 : add_blob(d, b, err);
}

int dest_end_blob(struct dest *d, struct sink **blob, struct desc *desc,
		  struct err *err)
{
	struct dest_blob b = { 0 };
	assert(*blob == d->hash);
	/* The sink's own errors name the destination. */
	int r = sink_finish(d->hash, err);
	if (r == 0)
		r = sink_finish(d->to, err);
	if (r == 0 && end_blob(d, &b, err) < 0)
		r = err_ctx(err, "%.*s", STR_ARG(d->ref.text));
	end_sinks(d);
	*blob = NULL;
	if (r < 0)
		return -1;
	desc->digest = b.digest;
	desc->size = b.size;
	return 0;
}

static int hold(struct dest *d, struct str bytes, struct desc *desc,
		struct err *err)
{
	struct dest_blob b = { .size = bytes.n, .is_held = true };
	if (digest_of(DIGEST_SHA256, bytes.p, bytes.n, &b.digest, err) < 0)
		return -1;
	if (!dest_find_blob(d, &b.digest) &&
	    (arena_str(&d->arena, bytes, &b.held, err) < 0 ||
	     add_blob(d, &b, err) < 0))
		return -1;
	desc->digest = b.digest;
	desc->size = b.size;
	return 0;
}

int dest_put_bytes(struct dest *d, struct str bytes, struct desc *desc,
		   struct err *err)
{
	struct sink *to = NULL;
	if (d->kind->holds_bytes)
		return hold(d, bytes, desc, err);
	if (dest_begin_blob(d, &to, err) < 0)
		return -1;
	if (sink_write(to, bytes.p, bytes.n, err) < 0) {
		end_sinks(d);
		return -1;
	}
	return dest_end_blob(d, &to, desc, err);
}

static int check_result(const struct dest *d, const struct dest_result *r,
			struct err *err)
{
	assert(r->n > 0 && !d->finished && !d->hash);
	if (!d->kind->takes_index && (r->n > 1 || r->index.n))
		return err_set(err, ERR_USAGE,
			       "a docker-archive holds one platform, not %zu; "
			       "pick one with --platform, or write an OCI "
			       "layout",
			       r->n);
	return 0;
}

int dest_finish(struct dest *d, const struct dest_image *images, size_t n,
		struct str index, struct str tag,
		const struct dest_around *around, struct err *err)
{
	struct dest_result r = { images, n, index, tag.n ? tag : d->ref.tag,
				 *around };
	if (check_result(d, &r, err) < 0 ||
	    arena_str(&d->arena, r.tag, &d->tag, err) < 0 ||
	    d->kind->finish(d, &r, err) < 0)
		return err_ctx(err, "%.*s", STR_ARG(d->ref.text));
	d->finished = true;
	return 0;
}

/* Old engines read the same file by its manifest.json: it leads to one of
 * the images, and all its layers are there. */
static int check_docker_side(const struct dest *d, const struct ref *as,
			     const struct source_options *opt, struct err *err)
{
	scoped(source_close) struct source *s = NULL;
	struct source_options any = { .limits = opt->limits,
				      .tmpdir = opt->tmpdir };
	struct ref ref = *as;
	const struct image_set *set;
	ref.transport = REF_DOCKER_ARCHIVE;
	if (source_open_fd(d->fd, &ref, &any, &s, err) < 0 ||
	    source_images(s, &set, err) < 0)
		return -1;
	const struct image *img = set->images[0];
	if (!dest_find_blob(d, &img->config_desc.digest))
		return err_set(err, ERR_MISMATCH,
			       "manifest.json names another config");
	return 0;
}

static int stage_dir(struct dest *d, struct ref *ref,
		     const struct source_options *opt, struct source **out,
		     struct err *err)
{
	char *path;
	if (atomic_dir_path(&d->aside, &path, err) < 0)
		return -1;
	ref->path = str_of(path);
	int r = source_open(ref, opt, out, err);
	free(path);
	return r;
}

int dest_stage(struct dest *d, const struct source_options *opt,
	       struct source **out, struct err *err)
{
	struct ref ref = { .transport = d->kind->transport,
			   .text = d->ref.text,
			   .path = d->ref.path };
	assert(d->finished);
	if (d->kind == &dest_both && check_docker_side(d, &ref, opt, err) < 0)
		return -1;
	if (!d->aside.is_dir)
		return source_open_fd(d->fd, &ref, opt, out, err);
	return stage_dir(d, &ref, opt, out, err);
}

int dest_commit(struct dest *d, struct err *err)
{
	assert(d->finished);
	if (d->kind->commit(d, err) < 0)
		return err_ctx(err, "%.*s", STR_ARG(d->ref.text));
	return 0;
}
