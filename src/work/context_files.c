/* SPDX-License-Identifier: Apache-2.0 */
#include "work/context_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/io.h"
#include "base/path.h"
#include "base/slurp.h"

enum { OTHERS_MAX = 200, OTHER_BYTES_MAX = 1 << 20 };

void work_context_files_done(struct context_files *f)
{
	for (size_t i = 0; i < f->n_others; i++)
		buf_done(&f->others[i]);
	free(f->others);
	buf_done(&f->dockerfile);
	buf_done(&f->ignore);
	buf_done(&f->dockerfile_name);
	buf_done(&f->ignore_name);
	buf_done(&f->passed_over);
	fd_close(&f->ignore_dir);
	fd_close(&f->rootfd);
}

/* Opens a regular file of the context. 1: it is open; 0: there is none.
 *
 * A context is other people's: path_at resolves symlinks below the root only
 * (a Dockerfile that is a link to /etc/shadow is not read), and O_NONBLOCK
 * keeps a FIFO of that name from hanging the command. */
static int open_inside(const struct context_files *f, const char *name, int *fd,
		       struct stat *st, struct err *err)
{
	*fd = path_at(f->rootfd, name, O_RDONLY | O_NONBLOCK, 0, err);
	if (*fd < 0) {
		bool none = err->sys == ENOENT || err->sys == ENOTDIR;
		if (none)
			err_clear(err);
		return none ? 0 : -1;
	}
	if (fstat(*fd, st) == 0 && S_ISREG(st->st_mode))
		return 1;
	close(*fd);
	return err_set(err, ERR_UNSUPPORTED, "%s: not a regular file", name);
}

/* DIR/NAME as people write it: without "./" and without a second slash. */
static int set_name(struct buf *b, const char *dir, const char *name,
		    struct err *err)
{
	if (dir && strcmp(dir, ".") == 0)
		dir = NULL;
	size_t n = dir ? strlen(dir) : 0;
	bool slash = n && dir[n - 1] != '/';
	b->max = 1 << 16;
	buf_reset(b);
	if (buf_addf(b, err, "%s%s%s", dir ? dir : "", slash ? "/" : "", name) <
	    0)
		return -1;
	return buf_cstr(b) ? 0 : err_nomem(err, b->n);
}

/* DIR/NAME. 1: read; 0: there is none. */
static int try_dockerfile(struct context_files *f, const char *name,
			  struct err *err)
{
	int fd, r = open_inside(f, name, &fd, &f->dockerfile_id, err);
	if (r <= 0)
		return r;
	f->has_dockerfile = true;
	if (set_name(&f->dockerfile_name, f->dir, name, err) < 0) {
		close(fd);
		return -1;
	}
	return slurp_fd(fd, f->dockerfile_name.p, &f->dockerfile, err) < 0 ? -1
									   : 1;
}

/* The names that the builder tries, in its order. docker tries none of podman's,
 * so where a Containerfile alone is there, it is podman that builds. */
static int find_dockerfile(struct context_files *f, struct err *err)
{
	enum { PODMANS = 2 };
	static const char *const names[][PODMANS + 1] = {
		[BUILDER_UNSAID] = { "Dockerfile", "dockerfile",
				     "Containerfile" },
		[BUILDER_DOCKER] = { "Dockerfile", "dockerfile" },
		[BUILDER_PODMAN] = { "Containerfile", "Dockerfile" },
	};
	for (size_t i = 0; i <= PODMANS && names[f->builder][i]; i++) {
		int r = try_dockerfile(f, names[f->builder][i], err);
		if (r < 0)
			return -1;
		if (r == 0)
			continue;
		if (f->builder == BUILDER_UNSAID && i == PODMANS)
			f->builder = BUILDER_PODMAN;
		return 0;
	}
	return 0;
}

/* -f NAME: from the working directory, as docker takes it; else from DIR, as
 * people mean it. Unlike what is found in the context it is the user's own word
 * and may lie anywhere, and a FIFO (`-f <(...)`) is waited for. */
static int open_dockerfile(struct context_files *f, struct err *err)
{
	const char *name = f->file;
	int fd;
	if (strcmp(name, "-") == 0) {
		fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	} else {
		fd = io_open(AT_FDCWD, name, O_RDONLY, 0, err);
		if (fd < 0 && err->code == ERR_CANCELLED)
			return -1;
		err_clear(err);
		if (fd < 0 && errno == ENOENT && name[0] != '/') {
			if (set_name(&f->dockerfile_name, f->dir, name, err) <
			    0)
				return -1;
			fd = open(f->dockerfile_name.p, O_RDONLY | O_CLOEXEC);
		} else if (set_name(&f->dockerfile_name, NULL, name, err) < 0) {
			return -1;
		}
	}
	if (fd < 0)
		return err_sys(err, "%s", name);
	if (fstat(fd, &f->dockerfile_id) < 0) {
		close(fd);
		return err_sys(err, "%s", name);
	}
	f->has_dockerfile = true;
	return slurp_fd(fd, name, &f->dockerfile, err);
}

/* Takes over fd, which is open on the ignore file; -1: there is none, and it
 * would be made. Its directory stays open, so that what is written later goes
 * to where it was read, whatever is renamed meanwhile. */
static int take_rules(struct context_files *f, int fd, struct err *err)
{
	const char *name = f->ignore_name.p;
	struct str dir = path_parent(str_of(name));
	char *z = dir.n ? strndup(dir.p, dir.n)
			: strdup(name[0] == '/' ? "/" : ".");
	f->ignore_base = path_base(str_of(name)).p;
	f->ignore_dir = z ? open(z, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	free(z);
	f->has_ignore = fd >= 0;
	if (fd < 0)
		return 0;
	if (fstat(fd, &f->ignore_id) < 0) {
		close(fd);
		return err_sys(err, "%s", name);
	}
	return slurp_fd(fd, name, &f->ignore, err);
}

/* NAME.dockerignore and the like, beside the Dockerfile. 1: it is open; 0:
 * there is none. */
static int open_beside(struct context_files *f, const char *suffix, int *fd,
		       struct err *err)
{
	scoped(buf_done) struct buf name = BUF_INIT(1 << 16);
	*fd = -1;
	if (!f->has_dockerfile || f->dockerfile_name.n == 0)
		return 0;
	if (buf_addf(&name, err, "%.*s%s",
		     STR_ARG(buf_str(&f->dockerfile_name)), suffix) < 0)
		return -1;
	const char *z = buf_cstr(&name);
	*fd = z ? open(z, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1;
	if (*fd < 0)
		return errno == ENOENT ? 0 : err_sys(err, "%s", z);
	return 1;
}

/* Where an ignore file may be, in podman's order; docker skips the two in the
 * middle. OWN: beside the Dockerfile NAME, as NAME.dockerignore. */
enum place { OWN_DOCKER, OWN_PODMAN, ROOT_PODMAN, ROOT_DOCKER, PLACES };

static const char *const place_names[PLACES] = {
	[OWN_DOCKER] = ".dockerignore",
	[OWN_PODMAN] = ".containerignore",
	[ROOT_PODMAN] = ".containerignore",
	[ROOT_DOCKER] = ".dockerignore",
};

static bool is_beside(enum place at)
{
	return at < ROOT_PODMAN;
}

static bool is_podmans(enum place at)
{
	return at == OWN_PODMAN || at == ROOT_PODMAN;
}

static int set_place(const struct context_files *f, enum place at,
		     struct buf *b, struct err *err)
{
	scoped(buf_done) struct buf name = BUF_INIT(1 << 16);
	if (!is_beside(at))
		return set_name(b, f->dir, place_names[at], err);
	if (buf_addf(&name, err, "%s%s", f->dockerfile_name.p,
		     place_names[at]) < 0)
		return -1;
	return set_name(b, NULL, buf_cstr(&name), err);
}

static int open_place(struct context_files *f, enum place at, int *fd,
		      struct err *err)
{
	struct stat st;
	if (is_beside(at))
		return open_beside(f, place_names[at], fd, err);
	return open_inside(f, place_names[at], fd, &st, err);
}

/* What cannot be opened is there, and told when it is the one that counts. */
static bool is_there(struct context_files *f, enum place at)
{
	struct err why = { 0 };
	int fd, r = open_place(f, at, &fd, &why);
	if (r > 0)
		close(fd);
	return r != 0;
}

/* Nobody said whose rules count: podman's where it alone has some. */
static int find_builder(struct context_files *f, struct err *err)
{
	bool shared = is_there(f, OWN_DOCKER);
	bool own = is_there(f, OWN_PODMAN), root = is_there(f, ROOT_PODMAN);
	bool docker = shared || is_there(f, ROOT_DOCKER);
	f->builder = BUILDER_DOCKER;
	if (shared || (!own && !root))
		return 0;
	if (docker)
		return set_place(f, own ? OWN_PODMAN : ROOT_PODMAN,
				 &f->passed_over, err);
	f->builder = BUILDER_PODMAN;
	return 0;
}

static int use_place(struct context_files *f, enum place at, int fd,
		     struct err *err)
{
	f->shared = !is_beside(at);
	if (set_place(f, at, &f->ignore_name, err) < 0) {
		if (fd >= 0)
			close(fd);
		return -1;
	}
	return take_rules(f, fd, err);
}

/* The first that is there; else the one to make. */
static int read_rules(struct context_files *f, struct err *err)
{
	if (f->builder == BUILDER_UNSAID && find_builder(f, err) < 0)
		return -1;
	bool podman = f->builder == BUILDER_PODMAN;
	for (enum place at = 0; at < PLACES; at++) {
		int fd, r;
		if (is_podmans(at) && !podman)
			continue;
		r = open_place(f, at, &fd, err);
		if (r)
			return r < 0 ? -1 : use_place(f, at, fd, err);
	}
	return use_place(f, podman ? ROOT_PODMAN : ROOT_DOCKER, -1, err);
}

int work_context_files_read(struct context_files *f, struct err *err)
{
	f->rootfd = open(f->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (f->rootfd < 0)
		return err_sys(err, "%s", f->dir);
	f->dockerfile.max = DF_SIZE_MAX + 1;
	f->ignore.max = 64 << 20;
	if ((f->file ? open_dockerfile(f, err) : find_dockerfile(f, err)) < 0)
		return -1;
	return read_rules(f, err);
}

int work_context_files_others(struct context_files *f, struct context *c,
			      struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT(UINT32_MAX);
	f->others = calloc(OTHERS_MAX, sizeof *f->others);
	if (!f->others)
		return err_nomem(err, OTHERS_MAX * sizeof *f->others);
	for (uint32_t i = CONTEXT_ROOT;
	     f->n_others < OTHERS_MAX &&
	     (i = context_next_dockerfile(c, i)) != CONTEXT_NONE;) {
		struct stat st;
		struct err bad = { 0 };
		int fd;
		buf_reset(&path);
		if (context_path(&c->tree, CONTEXT_ROOT, i, &path, err) < 0)
			return -1;
		const char *z = buf_cstr(&path);
		if (!z || open_inside(f, z, &fd, &st, &bad) <= 0)
			continue;
		if (st.st_size > OTHER_BYTES_MAX ||
		    (f->has_dockerfile &&
		     st.st_ino == f->dockerfile_id.st_ino &&
		     st.st_dev == f->dockerfile_id.st_dev)) {
			close(fd);
			continue;
		}
		struct buf *b = &f->others[f->n_others];
		b->max = OTHER_BYTES_MAX + 1;
		if (slurp_fd(fd, z, b, &bad) < 0)
			continue;
		f->n_others++;
		if (context_read_other(c, buf_str(b), err) < 0)
			return -1;
	}
	return 0;
}
