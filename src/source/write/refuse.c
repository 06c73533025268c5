/* SPDX-License-Identifier: Apache-2.0 */
/* Would a result take the place of what it is made of?
 *
 * It would be written aside and renamed, so the work itself would come to its
 * end; but the source is the user's only way back. Told by inode, so that links
 * of either kind do not hide it. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "source/write/kind.h"
#include "source/read/kind.h"

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

int source_refuse_place(const struct source *s, const struct place *at,
			struct err *err)
{
	const struct stat *own = &s->origin;
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

/* Into the layout that is read another image may go: not in the place of the
 * one that is read. */
static int refuse_entry(const struct dest *d, const struct source *s,
			struct str tag, struct err *err)
{
	struct str own = s->ref.tag;
	/* Beside a tagged image it would be a second one, and the layout's bare
	 * name would no longer tell which is meant. */
	if (!tag.n)
		return err_set(err, ERR_USAGE,
			       "this is the image that is read; name a tag for "
			       "the result, or write there with --force");
	bool may_be_read = !own.n || s->ref.has_index || str_eq(own, tag);
	int r = may_be_read ? dest_layout_has(d, tag, err) : 0;
	if (r <= 0)
		return r;
	return err_set(err, ERR_USAGE,
		       "the image that is read is called %s; name another "
		       "tag, or replace it with --force",
		       str_quoted(tag).text);
}

int dest_refuse_source(const struct dest *d, const struct source *s,
		       struct str tag, struct err *err)
{
	const struct place *at = &d->aside.at;
	struct str name = tag.n ? tag : d->ref.tag;
	int r = d->merges && same(&at->st, &s->origin)
			? refuse_entry(d, s, name, err)
			: source_refuse_place(s, at, err);
	if (r < 0)
		return err_ctx(err, "%.*s", STR_ARG(d->ref.text));
	return 0;
}

int dest_refuse_place(const struct dest *d, const struct place *p,
		      struct err *err)
{
	if (d->aside.is_through || !place_same(&d->aside.at, p))
		return 0;
	return err_set(err, ERR_USAGE, "the image is written there, too");
}
