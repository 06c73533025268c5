/* SPDX-License-Identifier: Apache-2.0 */
#include "base/atomic_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_state.h"
#include "base/io.h"
#include "base/litter.h"

enum { TRIES = 100 };

static void free_text(char **p)
{
	free(*p);
	*p = NULL;
}

void atomic_file_done(struct atomic_file *a)
{
	int saved = errno;
	if (a->name)
		litter_remove(a->parent, a->name);
	fd_close(&a->fd);
	if (a->is_within)
		fd_close(&a->parent);
	free_text(&a->name);
	place_done(&a->at);
	*a = (struct atomic_file)ATOMIC_FILE_INIT;
	errno = saved;
}

/* --- the temporary file ---------------------------------------------------- */

/* What is to replace a private file is private from the beginning. */
static int make_one(const struct atomic_file *a)
{
	mode_t mode = a->is_scratch  ? 0600
		      : a->at.exists ? a->at.st.st_mode & 0666
				     : 0666;
	if (!a->is_dir)
		return openat(a->parent, a->name,
			      O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (mkdirat(a->parent, a->name, 0777) < 0)
		return -1;
	return openat(a->parent, a->name,
		      O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static int cannot_make(const struct atomic_file *a, struct err *err)
{
	if ((errno == EACCES || errno == EROFS || errno == EPERM) &&
	    a->at.exists && !a->is_dir)
		return err_sys(err, "its directory takes no new file, and a "
				    "file is only replaced as a whole");
	return err_sys(err, "writing beside it");
}

static int make(struct atomic_file *a, const char *base, struct err *err)
{
	if (!a->is_scratch)
		litter_sweep(a->parent, base);
	for (int i = 0; i < TRIES; i++) {
		free_text(&a->name);
		if (litter_name(base, &a->name, err) < 0)
			return -1;
		a->fd = make_one(a);
		if (a->fd >= 0 && litter_lock(a->parent, a->name, a->fd))
			return 0;
		int why = errno;
		bool retry = a->fd >= 0 || why == EEXIST;
		fd_close(&a->fd);
		if (retry)
			continue;
		free_text(&a->name);
		errno = why;
		return cannot_make(a, err);
	}
	free_text(&a->name);
	return err_set(err, ERR_IO, "no free name was found beside it");
}

static int open_aside(struct atomic_file *a, struct err *err)
{
	a->parent = a->at.parent;
	return make(a, a->at.base, err);
}

/* --- what is written to as it is ------------------------------------------ */

static int open_own(struct atomic_file *a, struct err *err)
{
	int flags = fcntl(a->at.own, F_GETFL);
	errno = EBADF;
	if (flags < 0 || (flags & O_ACCMODE) == O_RDONLY)
		return err_errno(err);
	a->fd = fcntl(a->at.own, F_DUPFD_CLOEXEC, 3);
	return a->fd < 0 ? err_errno(err) : 0;
}

/* No O_CREAT and no O_TRUNC: whatever stands there now, it is not harmed. */
static int open_node(struct atomic_file *a, struct err *err)
{
	struct stat st;
	a->fd = io_open(a->at.parent, a->at.base, O_WRONLY | O_NOFOLLOW, 0,
			err);
	if (a->fd < 0)
		return err_ctx(err, "opening it");
	if (fstat(a->fd, &st) < 0 || S_ISREG(st.st_mode))
		return err_set(err, ERR_IO, "it was replaced just now");
	return 0;
}

static int open_through(struct atomic_file *a, struct err *err)
{
	a->is_through = true;
	return a->at.own >= 0 ? open_own(a, err) : open_node(a, err);
}

/* --- opening -------------------------------------------------------------- */

static int open_placed(struct atomic_file *a, struct err *err)
{
	const struct place *at = &a->at;
	bool is_dir = at->exists && S_ISDIR(at->st.st_mode);
	if (a->is_dir)
		return at->exists && !is_dir
			       ? err_set(err, ERR_USAGE, "not a directory")
			       : open_aside(a, err);
	if (is_dir)
		return err_set(err, ERR_USAGE, "a directory, not a file");
	if (at->own >= 0 || (at->exists && !S_ISREG(at->st.st_mode)))
		return open_through(a, err);
	return open_aside(a, err);
}

static void hand_over(struct atomic_file *from, struct atomic_file *to)
{
	*to = *from;
	*from = (struct atomic_file)ATOMIC_FILE_INIT;
}

int atomic_file_open(const char *path, struct atomic_file *out, struct err *err)
{
	scoped(atomic_file_done) struct atomic_file a = ATOMIC_FILE_INIT;
	if (place_named(path, &a.at, err) < 0 || open_placed(&a, err) < 0)
		return -1;
	hand_over(&a, out);
	return 0;
}

int atomic_dir_open(const char *path, struct atomic_file *out, struct err *err)
{
	scoped(atomic_file_done) struct atomic_file a = ATOMIC_FILE_INIT;
	a.is_dir = true;
	if (place_named_dir(path, &a.at, err) < 0 || open_placed(&a, err) < 0)
		return -1;
	hand_over(&a, out);
	return 0;
}

int atomic_dir_open_within(const char *path, struct atomic_file *out,
			   struct err *err)
{
	scoped(atomic_file_done) struct atomic_file a = ATOMIC_FILE_INIT;
	a.is_dir = a.is_within = true;
	if (place_named_dir(path, &a.at, err) < 0)
		return -1;
	a.parent = open(a.at.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (a.parent < 0)
		return err_sys(err, "opening it");
	if (make(&a, a.at.base, err) < 0)
		return -1;
	hand_over(&a, out);
	return 0;
}

int atomic_file_open_scratch(int dir, const char *name, struct atomic_file *out,
			     struct err *err)
{
	scoped(atomic_file_done) struct atomic_file a = ATOMIC_FILE_INIT;
	a.is_scratch = true;
	a.at.path = strdup(name);
	if (!a.at.path)
		return err_nomem(err, strlen(name));
	a.at.base = a.at.path;
	a.at.parent = fcntl(dir, F_DUPFD_CLOEXEC, 3);
	if (a.at.parent < 0)
		return err_errno(err);
	if (open_aside(&a, err) < 0)
		return -1;
	hand_over(&a, out);
	return 0;
}

int atomic_dir_path(const struct atomic_file *a, char **out, struct err *err)
{
	const struct place *at = &a->at;
	int n = a->is_within ? (int)strlen(at->path)
			     : (int)(at->base - at->path);
	if (asprintf(out, "%.*s%s%s", n, at->path, a->is_within ? "/" : "",
		     a->name) >= 0)
		return 0;
	*out = NULL;
	return err_nomem(err, (unsigned)n);
}

/* --- into place ----------------------------------------------------------- */

static int changed(struct err *err)
{
	return err_set(err, ERR_MISMATCH,
		       "changed since it was read; nothing was written");
}

static int check_match(const struct atomic_file *a, struct err *err)
{
	struct stat st;
	if (!a->must_match)
		return 0;
	if (fstatat(a->parent, a->at.base, &st, AT_SYMLINK_NOFOLLOW) < 0) {
		if (errno != ENOENT)
			return err_errno(err);
		return a->at.exists ? changed(err) : 0;
	}
	if (!a->at.exists || !file_state_same(&st, &a->at.st))
		return changed(err);
	return 0;
}

/* A file that appeared meanwhile stays, where the system can tell. */
static int rename_into(const struct atomic_file *a, struct err *err)
{
	unsigned flags = a->must_match && !a->at.exists ? RENAME_NOREPLACE : 0;
	int r = renameat2(a->parent, a->name, a->parent, a->at.base, flags);
	if (r < 0 && flags && (errno == EINVAL || errno == ENOSYS))
		r = renameat(a->parent, a->name, a->parent, a->at.base);
	if (r == 0)
		return 0;
	if (flags && errno == EEXIST)
		return changed(err);
	return err_sys(err, "renaming it into place");
}

int atomic_file_commit(struct atomic_file *a, struct err *err)
{
	if (a->is_through)
		return 0;
	if (!a->is_dir && !a->is_scratch)
		file_state_copy(a->parent, a->at.base, a->fd);
	if (!a->is_scratch && io_sync(a->fd, err) < 0)
		return err_ctx(err, "syncing it");
	if (check_match(a, err) < 0 || rename_into(a, err) < 0)
		return -1;
	free_text(&a->name);
	return !a->is_scratch && io_sync(a->parent, err) < 0
		       ? err_ctx(err, "syncing its directory")
		       : 0;
}

int atomic_dir_exchange(struct atomic_file *a, struct err *err)
{
	if (io_sync(a->fd, err) < 0)
		return err_ctx(err, "syncing it");
	if (renameat2(a->parent, a->name, a->parent, a->at.base,
		      RENAME_EXCHANGE) < 0)
		return err_sys(err, "taking the place of what is there");
	if (io_sync(a->parent, err) < 0)
		return err_ctx(err, "syncing its directory");
	litter_remove(a->parent, a->name);
	free_text(&a->name);
	return 0;
}

/* --- whole files ---------------------------------------------------------- */

int atomic_file_put(struct atomic_file *a, struct str text, struct err *err)
{
	if (io_write(a->fd, text.p, text.n, err) < 0)
		return err_ctx(err, "writing");
	return atomic_file_commit(a, err);
}

int atomic_file_save_found(int root, const char *name, const struct stat *was,
			   struct str text, struct err *err)
{
	scoped(atomic_file_done) struct atomic_file a = ATOMIC_FILE_INIT;
	if (place_found(root, name, &a.at, err) < 0)
		return -1;
	if (a.at.exists && !S_ISREG(a.at.st.st_mode))
		return err_set(err, ERR_UNSUPPORTED, "not a regular file");
	if (a.at.exists != (was != NULL) ||
	    (was && !file_state_same(&a.at.st, was)))
		return changed(err);
	a.must_match = true;
	if (open_aside(&a, err) < 0)
		return -1;
	return atomic_file_put(&a, text, err);
}
