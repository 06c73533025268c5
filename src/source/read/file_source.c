/* SPDX-License-Identifier: Apache-2.0 */
/* Files and directories: opened, brought to where they can be read at any place,
 * indexed when they are archives, and given to the format that they have. */
#include "source/read/format.h"

#include <fcntl.h>
#include <inttypes.h>
#include <unistd.h>

#include "base/io.h"
#include "base/spool.h"
#include "source/read/archive.h"
#include "source/read/layout_files.h"
#include "source/read/no_image.h"
#include "source/read/spool.h"

static struct file_source *of(struct source *s)
{
	return (struct file_source *)s;
}

static const struct file_source *const_of(const struct source *s)
{
	return (const struct file_source *)s;
}

static bool takes(const struct ref *ref)
{
	switch (ref->transport) {
	case REF_PATH:
	case REF_DOCKER_ARCHIVE:
	case REF_OCI:
	case REF_OCI_ARCHIVE:
	case REF_DIR:
		return true;
	case REF_DOCKER:
	case REF_DOCKER_DAEMON:
		break;
	}
	return false;
}

/* A descriptor of a file, taken over whatever happens, becomes f->files: an
 * archive from where the descriptor stands ("-" may have been read in part). Is
 * it no tar, or an empty one, the bytes are called by their name; other failures
 * (a limit, the disk) tell enough. */
static int index_file(struct file_source *f, int fd,
		      const struct source_options *opt, struct err *err)
{
	const struct limits *lim = &f->source.lim;
	struct spooled at;
	/* The caller names the file; a copy of it goes by its own place. */
	if (source_spool_file(fd, "", opt->tmpdir, lim, opt->progress, &at,
			      err) < 0)
		return -1;
	struct spool_name name = spool_name(opt->tmpdir);
	if (!at.is_temporary)
		name.text[0] = 0;
	f->files.fd = at.fd;
	f->files.spooled = at.is_temporary;
	struct err why = { 0 };
	if (source_archive_open(at.fd, at.base, at.size, name.text, lim,
				&f->files.archive, &why) == 0 &&
	    source_archive_count(f->files.archive))
		return 0;
	if (why.code && why.code != ERR_CORRUPT) {
		*err = why;
		return -1;
	}
	return source_no_image_bytes(at.fd, at.base, at.size, &why, err);
}

static int open_path(const struct source *s, int *out, struct err *err)
{
	if (s->ref.path.n == 0)
		return err_set(err, ERR_USAGE, "the path is empty");
	int fd = str_eqz(s->ref.path, "-")
			 ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
			 : io_open(AT_FDCWD, s->ref.path.p, O_RDONLY, 0, err);
	if (fd < 0)
		return err->code ? err_ctx(err, "opening it")
				 : err_sys(err, "opening it");
	*out = fd;
	return 0;
}

static void begin(struct file_source *f, const struct source_options *opt)
{
	f->files = (struct files)FILES_INIT;
	f->is_open = true;
	f->no_follow = opt->no_follow;
}

static int open_named(struct source *s, const struct source_options *opt,
		      struct err *err)
{
	struct file_source *f = of(s);
	int fd = -1;
	begin(f, opt);
	if (source_probe_split(&s->ref, &s->arena, err) < 0 ||
	    open_path(s, &fd, err) < 0)
		return -1;
	if (fstat(fd, &f->origin) == 0 && S_ISDIR(f->origin.st_mode)) {
		f->files.fd = fd;
		return source_probe_format(f, err);
	}
	if (isatty(fd)) {
		close(fd);
		return err_set(err, ERR_USAGE,
			       "no image is read from a terminal");
	}
	if (index_file(f, fd, opt, err) < 0)
		return -1;
	return source_probe_format(f, err);
}

static int open_descriptor(struct file_source *f, int fd,
			   const struct source_options *opt, struct err *err)
{
	begin(f, opt);
	int own = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	if (own < 0)
		return err_sys(err, "opening it");
	if (lseek(own, 0, SEEK_SET) < 0) {
		err_sys(err, "reading it from its beginning");
		close(own);
		return -1;
	}
	if (index_file(f, own, opt, err) < 0)
		return -1;
	return source_probe_format(f, err);
}

int source_open_fd(int fd, const struct ref *ref,
		   const struct source_options *opt, struct source **out,
		   struct err *err)
{
	scoped(source_close) struct source *s = NULL;
	if (source_new(&source_file_kind, ref, opt, &s, err) < 0)
		return -1;
	if (open_descriptor(of(s), fd, opt, err) < 0)
		return err_ctx(err, "%.*s", STR_ARG(ref->text));
	*out = take(&s);
	return 0;
}

static void close_files(struct source *s)
{
	if (of(s)->is_open)
		source_files_done(&of(s)->files);
}

static const char *name(const struct source *s)
{
	return const_of(s)->format->name;
}

static int images(struct source *s, struct err *err)
{
	struct file_source *f = of(s);
	return f->other ? source_choose_images(f, err)
			: f->format->images(f, err);
}

/* Where a length is at hand, it is compared before a byte is read. */
static int open_layer(const struct source *s, const struct source_layer *l,
		      struct stream **out, struct err *err)
{
	scoped(source_file_done) struct file at = FILE_INIT;
	const struct file_source *f = const_of(s);
	int r = f->format->find_layer(f, l, &at, err);
	if (r < 0)
		return -1;
	if (r == 0)
		return mem_open(l->desc.data.p, l->desc.data.n, out, err);
	if (at.size != l->blob_size)
		return err_set(err, ERR_CORRUPT,
			       "is %" PRIu64 " bytes long, expected %" PRIu64,
			       at.size, l->blob_size);
	return source_file_open(&at, "blob", out, err);
}

static int open_blob(const struct source *s, const struct desc *d,
		     bool is_document, struct stream **out, struct err *err)
{
	scoped(source_file_done) struct file at = FILE_INIT;
	int r = source_layout_find(const_of(s), d, is_document, &at, err);
	if (r <= 0)
		return r;
	return source_file_open(&at, "blob", out, err) < 0 ? -1 : 1;
}

static int has_blob(const struct source *s, const struct desc *d,
		    struct err *err)
{
	scoped(source_file_done) struct file at = FILE_INIT;
	return source_layout_find(const_of(s), d, false, &at, err);
}

static int read_document(struct source *s, const char *file, struct str *out,
			 struct err *err)
{
	return source_read_named(of(s), file, &s->lim.manifest_max, out, err);
}

/* A spool is gone with the run: nothing about it is worth a note. */
static int stat_layer(const struct source *s, const struct source_layer *l,
		      struct stat *st, struct err *err)
{
	scoped(source_file_done) struct file at = FILE_INIT;
	const struct file_source *f = const_of(s);
	if (f->files.spooled)
		return 0;
	int r = f->format->find_layer(f, l, &at, err);
	if (r > 0 && fstat(at.fd, st) < 0)
		return err_sys(err, "reading its state");
	return r;
}

static const struct stat *origin(const struct source *s)
{
	return &const_of(s)->origin;
}

const struct source_kind source_file_kind = {
	.size = sizeof(struct file_source),
	.takes = takes,
	.open = open_named,
	.close = close_files,
	.name = name,
	.images = images,
	.open_layer = open_layer,
	.open_blob = open_blob,
	.has_blob = has_blob,
	.read_document = read_document,
	.stat_layer = stat_layer,
	.origin = origin,
};
