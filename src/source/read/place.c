/* SPDX-License-Identifier: Apache-2.0 */
/* Would something take the place of what is read?
 *
 * It would be an atomic file, so the work itself would come to its end; but the
 * source is the user's only way back. Told by inode, so that links of either
 * kind do not hide it. */
#include <fcntl.h>
#include <sys/stat.h>

#include "base/io.h"
#include "source/read/kind.h"

/* ".." of the root is the root, and a directory that others move about while
 * we climb has no end. */
enum { DEPTH_MAX = 4096 };

static bool same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Is dir the directory that st tells of, or below it? */
static bool lies_in(int dir, const struct stat *st)
{
	scoped(fd_close) int fd = fcntl(dir, F_DUPFD_CLOEXEC, 3);
	struct stat at, above = { 0 };
	for (int i = 0; fd >= 0 && i < DEPTH_MAX; i++) {
		if (fstat(fd, &at) < 0 || same(&at, &above))
			return false;
		if (same(&at, st))
			return true;
		int up = openat(fd, "..", O_PATH | O_DIRECTORY | O_CLOEXEC);
		fd_close(&fd);
		fd = up;
		above = at;
	}
	return false;
}

static const struct stat *origin(const struct source *s)
{
	return s->kind->origin ? s->kind->origin(s) : NULL;
}

bool source_is_at(const struct source *s, const struct place *at)
{
	const struct stat *own = origin(s);
	return own && same(&at->st, own);
}

int source_refuse_place(const struct source *s, const struct place *at,
			struct err *err)
{
	const struct stat *own = origin(s);
	if (!own)
		return 0;
	if (at->exists && same(&at->st, own) &&
	    (S_ISREG(own->st_mode) || S_ISDIR(own->st_mode)))
		return err_set(err, ERR_USAGE,
			       "this is the image that is read; name another "
			       "place, or replace it with --force");
	if (S_ISDIR(own->st_mode) && at->parent >= 0 &&
	    lies_in(at->parent, own))
		return err_set(err, ERR_USAGE,
			       "this lies inside the image that is read; name "
			       "another place, or write there with --force");
	return 0;
}
