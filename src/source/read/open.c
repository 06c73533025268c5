/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "base/spool.h"
#include "source/read/archive.h"
#include "source/read/no_image.h"
#include "source/read/spool.h"

void source_close(struct source **s)
{
	int saved = errno;
	if (!*s)
		return;
	files_done(&(*s)->files);
	free((*s)->set.images);
	free((*s)->set.attestations);
	arena_done(&(*s)->arena);
	free(*s);
	*s = NULL;
	errno = saved;
}

const char *source_kind(const struct source *s)
{
	return s->kind->name;
}

void source_note(struct source *s, const char *fmt, ...)
{
	char text[1024];
	int n = snprintf(text, sizeof text, "%.*s: ", STR_ARG(s->ref.text));
	if (!s->note || n < 0 || (size_t)n >= sizeof text)
		return;
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text + n, sizeof text - (size_t)n, fmt, ap);
	va_end(ap);
	s->note(s->note_self, text);
}

static int source_new(const struct ref *ref, const struct source_options *opt,
		      struct source **out, struct err *err)
{
	scoped(source_close) struct source *s = calloc(1, sizeof *s);
	if (!s)
		return err_nomem(err, sizeof *s);
	s->files = (struct files)FILES_INIT;
	s->arena.max = SOURCE_DOCS_MAX;
	s->lim = opt->limits ? *opt->limits : limits_default;
	s->ref = *ref;
	s->no_follow = opt->no_follow;
	s->note = opt->note;
	s->note_self = opt->note_self;
	if (arena_str(&s->arena, ref->text, &s->ref.text, err) < 0 ||
	    arena_str(&s->arena, ref->path, &s->ref.path, err) < 0 ||
	    arena_str(&s->arena, ref->tag, &s->ref.tag, err) < 0 ||
	    arena_str(&s->arena, opt->platform, &s->platform, err) < 0)
		return -1;
	*out = take(&s);
	return 0;
}

static int refuse_transport(const struct ref *ref, struct err *err)
{
	switch (ref->transport) {
	case REF_DOCKER:
	case REF_DOCKER_DAEMON:
		return err_set(err, ERR_UNSUPPORTED,
			       "images in %s are not read yet; save it to a "
			       "docker-archive or an OCI layout first",
			       ref_transport_name(ref->transport));
	default:
		return 0;
	}
}

/* A descriptor of a file, taken over whatever happens, becomes s->files. */
static int index_file(struct source *s, int fd,
		      const struct source_options *opt, struct err *err)
{
	struct spooled at;
	/* The caller names the file; a copy of it goes by its own place. */
	if (source_spool_file(fd, "", opt->tmpdir, &s->lim, opt->progress, &at,
			      err) < 0)
		return -1;
	struct spool_name name = spool_name(opt->tmpdir);
	if (!at.is_temporary)
		name.text[0] = 0;
	s->files.fd = at.fd;
	s->files.spooled = at.is_temporary;
	struct err why = { 0 };
	if (archive_open(at.fd, at.base, at.size, name.text, &s->lim,
			 &s->files.archive, &why) == 0 &&
	    archive_count(s->files.archive))
		return 0;
	if (why.code && why.code != ERR_CORRUPT) {
		*err = why;
		return -1;
	}
	return no_image_bytes(at.fd, at.base, at.size, &why, err);
}

static int open_path(struct source *s, int *out, struct err *err)
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

static int open_files(struct source *s, const struct source_options *opt,
		      struct err *err)
{
	int fd = -1;
	if (refuse_transport(&s->ref, err) < 0 ||
	    probe_split(&s->ref, &s->arena, err) < 0 ||
	    open_path(s, &fd, err) < 0)
		return -1;
	if (fstat(fd, &s->origin) == 0 && S_ISDIR(s->origin.st_mode)) {
		s->files.fd = fd;
		return 0;
	}
	if (isatty(fd)) {
		close(fd);
		return err_set(err, ERR_USAGE,
			       "no image is read from a terminal");
	}
	return index_file(s, fd, opt, err);
}

int source_open(const struct ref *ref, const struct source_options *opt,
		struct source **out, struct err *err)
{
	scoped(source_close) struct source *s = NULL;
	if (source_new(ref, opt, &s, err) < 0)
		return -1;
	if (open_files(s, opt, err) < 0 || probe_kind(s, err) < 0)
		return err_ctx(err, "%.*s", STR_ARG(s->ref.text));
	*out = take(&s);
	return 0;
}

int source_open_fd(int fd, const struct ref *ref,
		   const struct source_options *opt, struct source **out,
		   struct err *err)
{
	scoped(source_close) struct source *s = NULL;
	if (source_new(ref, opt, &s, err) < 0)
		return -1;
	int own = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	if (own < 0)
		return err_sys(err, "%.*s", STR_ARG(ref->text));
	if (lseek(own, 0, SEEK_SET) < 0 || index_file(s, own, opt, err) < 0 ||
	    probe_kind(s, err) < 0)
		return err_ctx(err, "%.*s", STR_ARG(ref->text));
	*out = take(&s);
	return 0;
}

int source_images(struct source *s, const struct image_set **out,
		  struct err *err)
{
	if (!s->ready &&
	    (s->other ? choose_images(s, err) : s->kind->images(s, err)) < 0)
		return err_ctx(err, "%.*s", STR_ARG(s->ref.text));
	s->ready = true;
	*out = &s->set;
	return 0;
}
