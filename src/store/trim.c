/* SPDX-License-Identifier: Apache-2.0 */
#include "store/trim.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/macros.h"

/* Nobody writes one file for longer. An unfinished file of a process that still
 * runs must stay: several pares may share the cache. */
enum { UNFINISHED_AGE_S = 24 * 3600 };

struct item {
	char *name;
	struct timespec used;
	uint64_t size;
};

struct items {
	struct item *v;
	size_t n, cap;
	uint64_t total;
};

static void items_done(struct items *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->v[i].name);
	free(l->v);
}

static bool add_item(struct items *l, const char *name, const struct stat *st)
{
	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 64;
		struct item *v = reallocarray(l->v, cap, sizeof *v);
		if (!v)
			return false;
		l->v = v;
		l->cap = cap;
	}
	struct item it = { strdup(name), st->st_mtim,
			   (uint64_t)st->st_blocks * 512 };
	if (!it.name)
		return false;
	l->v[l->n++] = it;
	l->total += it.size;
	return true;
}

/* Still being written, or left so by a writer that was killed. */
static bool is_unfinished(const char *name)
{
	return name[0] == '.';
}

static bool is_abandoned(const char *name, const struct stat *st)
{
	return is_unfinished(name) &&
	       time(NULL) - st->st_mtim.tv_sec > UNFINISHED_AGE_S;
}

static bool list_items(int dirfd, struct items *out)
{
	int fd = openat(dirfd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *e;
	struct stat st;
	bool ok = dir;
	if (!dir && fd >= 0)
		close(fd);
	while (ok && (e = readdir(dir))) {
		if (fstatat(fd, e->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
		    !S_ISREG(st.st_mode))
			continue;
		if (is_abandoned(e->d_name, &st))
			unlinkat(fd, e->d_name, 0);
		else if (!is_unfinished(e->d_name))
			ok = add_item(out, e->d_name, &st);
	}
	if (dir)
		closedir(dir);
	return ok;
}

/* Least recently used first: a hit sets the mtime (atime is not kept on file
 * systems mounted with noatime). The name decides between equal times, so that
 * two runs remove the same files. */
static int by_use(const void *pa, const void *pb)
{
	const struct item *a = pa, *b = pb;
	if (a->used.tv_sec != b->used.tv_sec)
		return a->used.tv_sec < b->used.tv_sec ? -1 : 1;
	if (a->used.tv_nsec != b->used.tv_nsec)
		return a->used.tv_nsec < b->used.tv_nsec ? -1 : 1;
	return strcmp(a->name, b->name);
}

/* Sizes are disk blocks, not lengths: the ceiling is about room on the disk. Two
 * runs that trim at once remove the same files, and a file that a third one is
 * reading stays readable through its descriptor. */
void store_trim(int dir, uint64_t ceiling)
{
	scoped(items_done) struct items l = { 0 };
	if (!list_items(dir, &l) || l.total <= ceiling)
		return;
	qsort(l.v, l.n, sizeof *l.v, by_use);
	for (size_t i = 0; i < l.n && l.total > ceiling; i++)
		if (unlinkat(dir, l.v[i].name, 0) == 0)
			l.total -= l.v[i].size;
}
