/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cancel.h"
#include "base/checked.h"
#include "base/path.h"
#include "base/pool.h"
#include "context/files/file_tree.h"

/* How the walk works: directories are listed by tasks of the pool, each by one,
 * and come back in the order in which they were submitted, which is the order
 * of the array. The submitting thread alone appends to the array:
 *
 *   submit root; root comes back: append its children 1..k, submit those that
 *   are directories; the first of them comes back: append its children; ...
 *
 * So the array is in breadth-first order for any number of threads. */

/* One name that a directory holds. */
struct found {
	uint64_t size, dev, ino;
	uint32_t name; /* offset in scan.names */
	uint16_t name_n;
	uint8_t type;
	bool linked; /* has other names */
};

/* The task that lists one directory. It is opened by its path from the root and
 * closed at once: a tree of any depth or width needs IN_FLIGHT descriptors at
 * most. The price is that what lies deeper than PATH_MAX cannot be opened; it
 * is noted as unread. */
struct scan {
	struct task task;
	int rootfd;
	uint32_t dir;
	struct scan *next; /* in flight, behind this one */
	struct buf path;   /* "." or a/b/c, a NUL behind */
	int sys;	   /* why it could not be read; 0 */
	struct buf names;
	struct found *found;
	size_t n, cap;
};

struct walker {
	struct context_tree *t;
	const struct limits *lim;
	struct pool *pool;
	int rootfd;
	uint32_t next;		    /* the first entry not looked at */
	struct scan *first, **last; /* in flight */
	struct err *err;
};

enum { IN_FLIGHT = 64 };

static void scan_free(struct scan *s)
{
	buf_done(&s->path);
	free(s->found);
	buf_done(&s->names);
	free(s);
}

static void scan_release(struct scan **s)
{
	if (*s)
		scan_free(*s);
	*s = NULL;
}

/* One more element of size bytes in *p, which holds n. */
static int grow(void *p, size_t n, size_t *cap, size_t size, struct err *err)
{
	void *old, *new;
	size_t more = *cap ? *cap * 2 : 16, bytes;
	if (n < *cap)
		return 0;
	memcpy(&old, p, sizeof old);
	if (ckd_mul(&bytes, more, size))
		return err_nomem(err, SIZE_MAX);
	new = realloc(old, bytes);
	if (!new)
		return err_nomem(err, bytes);
	memcpy(p, &new, sizeof new);
	*cap = more;
	return 0;
}

/* No symlink on the way is followed, not even one that somebody puts in a
 * directory's place while this runs: the walk never leaves the context. Kernels
 * before 5.6 lack openat2 and protect the last component only. */
static int open_dir(int rootfd, const char *path)
{
	int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	int fd = path_openat2(rootfd, path, flags, 0,
			      RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
	if (fd < 0 && errno == ENOSYS)
		fd = openat(rootfd, path, flags);
	return fd;
}

static uint8_t type_of_mode(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:
		return CONTEXT_FILE;
	case S_IFDIR:
		return CONTEXT_DIR;
	case S_IFLNK:
		return CONTEXT_LINK;
	case S_IFSOCK:
		return CONTEXT_SOCKET;
	default:
		return CONTEXT_SPECIAL;
	}
}

/* The type that readdir gives is believed, which saves a stat for directories
 * and symlinks. The rest is asked: a file has a size, and DT_UNKNOWN of some
 * file systems may be anything. False: it is gone since. */
static bool inspect(int fd, const struct dirent *d, struct found *f)
{
	struct stat st;
	if (d->d_type == DT_DIR || d->d_type == DT_LNK) {
		f->type = d->d_type == DT_DIR ? CONTEXT_DIR : CONTEXT_LINK;
		return true;
	}
	if (fstatat(fd, d->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return false;
	f->type = type_of_mode(st.st_mode);
	if (f->type == CONTEXT_FILE) {
		f->size = st.st_size > 0 ? (uint64_t)st.st_size : 0;
		f->linked = st.st_nlink > 1;
		f->dev = st.st_dev;
		f->ino = st.st_ino;
	}
	return true;
}

static int add_found(struct scan *s, int fd, const struct dirent *d,
		     struct err *err)
{
	struct str name = str_of(d->d_name);
	struct found f = { .name = (uint32_t)s->names.n,
			   .name_n = (uint16_t)name.n };
	if (str_eqz(name, ".") || str_eqz(name, "..") || !inspect(fd, d, &f))
		return 0;
	if (grow(&s->found, s->n, &s->cap, sizeof *s->found, err) < 0 ||
	    buf_str_add(&s->names, name, err) < 0)
		return -1;
	s->found[s->n++] = f;
	return 0;
}

static int by_name(const void *a, const void *b, void *names)
{
	const struct found *x = a, *y = b;
	const char *p = names;
	return str_cmp((struct str){ p + x->name, x->name_n },
		       (struct str){ p + y->name, y->name_n });
}

static int read_dir(struct scan *s, DIR *dir, struct err *err)
{
	const struct dirent *d;
	while ((errno = 0, d = readdir(dir)) != NULL)
		if (add_found(s, dirfd(dir), d, err) < 0)
			return -1;
	s->sys = errno;
	if (s->n)
		qsort_r(s->found, s->n, sizeof *s->found, by_name, s->names.p);
	return 0;
}

static int scan_run(struct task *task, struct err *err)
{
	struct scan *s = container_of(task, struct scan, task);
	int fd = open_dir(s->rootfd, s->path.p);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	if (!dir) {
		s->sys = errno;
		if (fd >= 0)
			close(fd);
		return s->sys == ENOMEM ? err_nomem(err, 0) : 0;
	}
	int r = read_dir(s, dir, err);
	closedir(dir);
	return r;
}

/* Starts the listing of a directory; walk frees it when it has come back. */
static int submit(struct walker *w, uint32_t dir)
{
	scoped(scan_release) struct scan *s = calloc(1, sizeof *s);
	if (!s)
		return err_nomem(w->err, sizeof *s);
	s->path.max = UINT32_MAX;
	s->names.max = UINT32_MAX;
	s->rootfd = w->rootfd;
	s->dir = dir;
	s->task.run = scan_run;
	if (dir == CONTEXT_ROOT ? buf_byte(&s->path, '.', w->err) < 0
				: context_path(w->t, CONTEXT_ROOT, dir,
					       &s->path, w->err) < 0)
		return -1;
	if (!buf_cstr(&s->path))
		return err_nomem(w->err, s->path.n);
	s->next = NULL;
	*w->last = s;
	w->last = &s->next;
	pool_submit(w->pool, &take(&s)->task);
	return 0;
}

static int add_inode(struct walker *w, const struct found *f, uint32_t entry)
{
	struct context_tree *t = w->t;
	if (grow(&t->inodes, t->n_inodes, &t->cap_inodes, sizeof *t->inodes,
		 w->err) < 0)
		return -1;
	t->inodes[t->n_inodes++] = (struct context_inode){ .dev = f->dev,
							   .ino = f->ino,
							   .entry = entry };
	return 0;
}

static int add_entry(struct walker *w, const struct scan *s, const char *names,
		     const struct found *f)
{
	struct context_tree *t = w->t;
	uint32_t i = (uint32_t)t->n;
	if (t->n >= w->lim->entries_max || t->n >= CONTEXT_NONE)
		return limits_exceeded(w->lim, &w->lim->entries_max, t->n + 1,
				       w->err);
	if (grow(&t->entries, t->n, &t->cap, sizeof *t->entries, w->err) < 0)
		return -1;
	t->entries[t->n++] = (struct context_entry){ .name = names + f->name,
						     .size = f->size,
						     .parent = s->dir,
						     .name_n = f->name_n,
						     .type = f->type };
	return f->linked ? add_inode(w, f, i) : 0;
}

/* A directory that is gone since its parent was listed is no error; the root
 * that is not there is. */
static int note_unread(struct walker *w, const struct scan *s)
{
	struct context_tree *t = w->t;
	if (s->sys == 0 || (s->sys == ENOENT && s->dir != CONTEXT_ROOT))
		return 0;
	if (grow(&t->unread, t->n_unread, &t->cap_unread, sizeof *t->unread,
		 w->err) < 0)
		return -1;
	t->unread[t->n_unread++] =
		(struct context_unread){ .entry = s->dir, .sys = s->sys };
	return 0;
}

/* Appends a listed directory's children. The names move into the arena in one
 * piece; offsets become pointers there. */
static int integrate(struct walker *w, const struct scan *s)
{
	struct context_tree *t = w->t;
	char *names = arena_bytes(&t->arena, s->names.n, w->err);
	if (!names || note_unread(w, s) < 0 || cancel_check(w->err) < 0)
		return -1;
	if (s->names.n)
		memcpy(names, s->names.p, s->names.n);
	t->entries[s->dir].first = (uint32_t)t->n;
	t->entries[s->dir].n = (uint32_t)s->n;
	for (size_t i = 0; i < s->n; i++)
		if (add_entry(w, s, names, &s->found[i]) < 0)
			return -1;
	return 0;
}

static int by_inode(const void *a, const void *b)
{
	const struct context_inode *x = a, *y = b;
	if (x->dev != y->dev)
		return x->dev < y->dev ? -1 : 1;
	if (x->ino != y->ino)
		return x->ino < y->ino ? -1 : 1;
	return x->entry < y->entry ? -1 : x->entry > y->entry;
}

/* Submits the next directories of the array until IN_FLIGHT are pending. The
 * bound keeps a directory with a million subdirectories from becoming a million
 * tasks, each with its path. */
static int refill(struct walker *w)
{
	struct context_tree *t = w->t;
	for (; w->next < t->n && pool_pending(w->pool) < IN_FLIGHT; w->next++)
		if (t->entries[w->next].type == CONTEXT_DIR &&
		    submit(w, w->next) < 0)
			return -1;
	return 0;
}

static int walk(struct walker *w)
{
	struct task *task;
	int r = refill(w);
	while (r == 0 && (r = pool_next(w->pool, &task, w->err)) > 0) {
		struct scan *s = w->first;
		r = integrate(w, s);
		w->first = s->next;
		if (!w->first)
			w->last = &w->first;
		scan_free(s);
		if (r == 0)
			r = refill(w);
		if (r == 0 && pool_pending(w->pool) == 0)
			break;
	}
	return r;
}

/* After an error tasks are still in flight: pool_close waits for them, then
 * their results can be freed. */
static void discard_rest(struct walker *w)
{
	pool_close(&w->pool);
	while (w->first) {
		struct scan *s = w->first;
		w->first = s->next;
		scan_free(s);
	}
}

int context_walk(int rootfd, unsigned threads, const struct limits *lim,
		 struct context_tree *out, struct err *err)
{
	struct walker w = {
		.t = out, .lim = lim, .rootfd = rootfd, .err = err
	};
	*out = (struct context_tree){ 0 };
	w.last = &w.first;
	if (grow(&out->entries, 0, &out->cap, sizeof *out->entries, err) < 0 ||
	    pool_new(threads, &w.pool, err) < 0)
		return -1;
	out->entries[out->n++] =
		(struct context_entry){ .name = "", .type = CONTEXT_DIR };
	int r = walk(&w);
	discard_rest(&w);
	if (r == 0 && out->n_inodes)
		qsort(out->inodes, out->n_inodes, sizeof *out->inodes,
		      by_inode);
	return r;
}
