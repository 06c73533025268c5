/* SPDX-License-Identifier: Apache-2.0 */
#include "base/place.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/io.h"
#include "base/path.h"

enum { LINKS_MAX = 40, FDS_MAX = 1 << 20 };
enum { DIR_FLAGS = O_RDONLY | O_DIRECTORY | O_CLOEXEC };

static void free_text(char **p)
{
	free(*p);
	*p = NULL;
}

void place_done(struct place *p)
{
	fd_close(&p->parent);
	free_text(&p->path);
	p->base = NULL;
	p->own = -1;
}

/* "a/b": the part up to "a", or "." and "/". */
static char *dir_part(const char *path)
{
	const char *slash = strrchr(path, '/');
	if (!slash)
		return strdup(".");
	return strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

static const char *base_part(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

static int open_parent(int root, struct place *p, struct err *err)
{
	scoped(free_text) char *dir = dir_part(p->path);
	if (!dir)
		return err_nomem(err, strlen(p->path));
	fd_close(&p->parent);
	p->parent =
		root < 0
			? open(dir, DIR_FLAGS)
			: path_openat2(root, dir, DIR_FLAGS, 0,
				       RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS);
	p->base = base_part(p->path);
	if (p->parent >= 0)
		return 0;
	if (errno == EXDEV)
		return err_set(err, ERR_UNSUPPORTED, "a link that leads out");
	return err_sys(err, "its directory");
}

/* /dev/stdout, /dev/fd/N and /proc/self/fd/N name a descriptor of ours. Opened
 * again it would have an offset of its own, so the descriptor itself is used. */
static int own_fd(const struct place *p)
{
	struct stat st, own;
	char *end;
	if (fstat(p->parent, &st) < 0 || stat("/proc/self/fd", &own) < 0 ||
	    st.st_dev != own.st_dev || st.st_ino != own.st_ino)
		return -1;
	unsigned long n = strtoul(p->base, &end, 10);
	return *p->base && !*end && n < FDS_MAX ? (int)n : -1;
}

/* What the program opened itself is marked to be closed by exec; what was
 * handed to it cannot be. */
static int look_at_own(struct place *p, struct err *err)
{
	int flags = fcntl(p->own, F_GETFD);
	errno = EBADF;
	if (flags < 0 || flags & FD_CLOEXEC || fstat(p->own, &p->st) < 0)
		return err_errno(err);
	p->exists = true;
	return 0;
}

/* The link text takes the place of the name. */
static int replace_base(struct place *p, const char *text, struct err *err)
{
	char *next;
	int n = text[0] == '/'
			? asprintf(&next, "%s", text)
			: asprintf(&next, "%.*s%s", (int)(p->base - p->path),
				   p->path, text);
	if (n < 0)
		return err_nomem(err, PATH_MAX);
	free(p->path);
	p->path = next;
	p->base = base_part(next);
	return 0;
}

/* 1: a link was followed; 0: it is none. */
static int follow(int root, struct place *p, struct err *err)
{
	char text[PATH_MAX];
	if (open_parent(root, p, err) < 0)
		return -1;
	if (root < 0 && (p->own = own_fd(p)) >= 0)
		return 0;
	ssize_t n = readlinkat(p->parent, p->base, text, sizeof text - 1);
	if (n < 0)
		return 0;
	text[n] = 0;
	if (root >= 0 && text[0] == '/')
		return err_set(err, ERR_UNSUPPORTED, "a link that leads out");
	return replace_base(p, text, err) < 0 ? -1 : 1;
}

static int walk(int root, struct place *p, struct err *err)
{
	int r = 1;
	for (int i = 0; r > 0; i++) {
		if (!*base_part(p->path))
			return err_set(err, ERR_USAGE,
				       "the name of a directory, not of a "
				       "file");
		if (i > LINKS_MAX)
			return err_set(err, ERR_USAGE, "a loop of links");
		r = follow(root, p, err);
	}
	if (r < 0)
		return -1;
	if (p->own >= 0)
		return look_at_own(p, err);
	r = fstatat(p->parent, p->base, &p->st, AT_SYMLINK_NOFOLLOW);
	p->exists = r == 0;
	return r < 0 && errno != ENOENT ? err_errno(err) : 0;
}

static int standard_output(struct place *out, struct err *err)
{
	*out = (struct place)PLACE_INIT;
	out->own = STDOUT_FILENO;
	return look_at_own(out, err);
}

static int go(int root, const char *path, struct place *out, struct err *err)
{
	scoped(place_done) struct place p = PLACE_INIT;
	if (!*path)
		return err_set(err, ERR_USAGE, "the name is empty");
	p.path = strdup(path);
	if (!p.path)
		return err_nomem(err, strlen(path));
	if (walk(root, &p, err) < 0)
		return -1;
	*out = p;
	p = (struct place)PLACE_INIT;
	return 0;
}

int place_named(const char *path, struct place *out, struct err *err)
{
	if (strcmp(path, "-") == 0)
		return standard_output(out, err);
	return go(-1, path, out, err);
}

int place_found(int root, const char *name, struct place *out, struct err *err)
{
	return go(root, name, out, err);
}

int place_named_dir(const char *path, struct place *out, struct err *err)
{
	scoped(free_text) char *real = realpath(path, NULL);
	if (!real && errno != ENOENT)
		return err_errno(err);
	if (!real)
		real = strdup(path);
	if (!real)
		return err_nomem(err, strlen(path));
	for (size_t n = strlen(real); n > 1 && real[n - 1] == '/'; n--)
		real[n - 1] = 0;
	return go(-1, real, out, err);
}

bool place_same(const struct place *a, const struct place *b)
{
	struct stat in_a, in_b;
	return a->base && b->base && strcmp(a->base, b->base) == 0 &&
	       fstat(a->parent, &in_a) == 0 && fstat(b->parent, &in_b) == 0 &&
	       in_a.st_dev == in_b.st_dev && in_a.st_ino == in_b.st_ino;
}
