/* SPDX-License-Identifier: Apache-2.0 */
#include "store/cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atomic_file.h"
#include "base/digest.h"
#include "base/io.h"
#include "store/trim.h"

/* Kinds of content share a directory, not a name. */
#define INDEX_SUFFIX ".index"
#define NOTE_SUFFIX ".note"

struct cache {
	int dir;
	uint64_t ceiling;
};

struct file_name {
	char text[DIGEST_TEXT_MAX + 16];
};

struct cache_put {
	struct cache *c;
	struct atomic_file file;
	struct sink *to;
};

void store_close(struct cache **c)
{
	if (!*c)
		return;
	fd_close(&(*c)->dir);
	free(*c);
	*c = NULL;
}

/* The directory's path into a buffer. An empty variable counts as unset, as the
 * XDG specification has it. */
static int find_dir(const char *dir, struct buf *out, struct err *err)
{
	const char *own = dir ? dir : getenv("PARE_CACHE_DIR");
	const char *xdg = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	if (own && *own)
		return buf_str_add(out, str_of(own), err);
	/* XDG Base Directory: a relative path is to be ignored. */
	if (xdg && *xdg == '/')
		return buf_addf(out, err, "%s/pare", xdg);
	if (home && *home == '/')
		return buf_addf(out, err, "%s/.cache/pare", home);
	return err_set(err, ERR_NOT_FOUND,
		       "no cache: PARE_CACHE_DIR, XDG_CACHE_HOME and HOME are "
		       "not set");
}

/* Makes the directory and those above it. Failures above pass: a directory that
 * may not be made may well be there. The last one tells. */
static int make_dirs(char *path, struct err *err)
{
	for (char *p = path + 1;; p++) {
		char c = *p;
		if (c && c != '/')
			continue;
		*p = 0;
		int r = mkdir(path, 0700);
		*p = c;
		if (r < 0 && errno != EEXIST && !c)
			return err_sys(err, "%s", path);
		if (!c)
			return 0;
	}
}

/* Whoever can write here can put an index that says anything of a layer: its
 * sum would be right. So the directory is ours alone, or is not used; sticky
 * directories like /tmp are refused with the rest. */
static int check_dir(int fd, const char *path, struct err *err)
{
	struct stat st;
	if (fstat(fd, &st) < 0)
		return err_sys(err, "%s", path);
	if (st.st_uid != geteuid())
		return err_set(err, ERR_USAGE,
			       "%s: the cache belongs to another user", path);
	if (st.st_mode & 022)
		return err_set(err, ERR_USAGE,
			       "%s: others may write to the cache (mode %o); "
			       "chmod 700 makes it usable",
			       path, st.st_mode & 0777);
	return 0;
}

int store_open(const char *dir, uint64_t ceiling, struct cache **out,
	       struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT(1 << 16);
	scoped(fd_close) int fd = -1;
	if (find_dir(dir, &path, err) < 0)
		return -1;
	if (!buf_cstr(&path))
		return err_nomem(err, path.n);
	if (make_dirs(path.p, err) < 0)
		return -1;
	fd = open(path.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return err_sys(err, "%s", path.p);
	if (check_dir(fd, path.p, err) < 0)
		return -1;
	struct cache *c = calloc(1, sizeof *c);
	if (!c)
		return err_nomem(err, sizeof *c);
	c->dir = fd;
	c->ceiling = ceiling ? ceiling : CACHE_CEILING;
	fd = -1;
	*out = c;
	return 0;
}

static int name_of(struct str key, const char *suffix, struct file_name *out,
		   struct err *err)
{
	struct digest d;
	if (digest_of(DIGEST_SHA256, key.p, key.n, &d, err) < 0)
		return -1;
	snprintf(out->text, sizeof out->text, "%s%s", digest_hex(&d).text,
		 suffix);
	return 0;
}

/* 1 and an open file, marked as used; 0: there is none. The mark is the mtime,
 * for store_trim; that it fails on a read-only file system harms nobody. */
static int open_entry(const struct cache *c, const char *name, int *out,
		      struct err *err)
{
	int fd = openat(c->dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? 0 : err_sys(err, "cache: %s", name);
	(void)!futimens(fd,
			(const struct timespec[]){ { .tv_nsec = UTIME_OMIT },
						   { .tv_nsec = UTIME_NOW } });
	*out = fd;
	return 1;
}

int store_get(struct cache *c, struct str key, struct stream **out,
	      struct err *err)
{
	struct file_name name;
	int fd = -1;
	if (name_of(key, INDEX_SUFFIX, &name, err) < 0)
		return -1;
	int r = open_entry(c, name.text, &fd, err);
	if (r <= 0)
		return r;
	return fd_open(fd, "cache", out, err) < 0 ? -1 : 1;
}

void store_put_close(struct cache_put **p)
{
	if (!*p)
		return;
	sink_close(&(*p)->to);
	atomic_file_done(&(*p)->file);
	free(*p);
	*p = NULL;
}

static int put_begin(struct cache *c, struct str key, const char *suffix,
		     struct cache_put **out, struct err *err)
{
	scoped(store_put_close) struct cache_put *p = calloc(1, sizeof *p);
	if (!p)
		return err_nomem(err, sizeof *p);
	struct file_name name;
	p->c = c;
	p->file = (struct atomic_file)ATOMIC_FILE_INIT;
	if (name_of(key, suffix, &name, err) < 0)
		return -1;
	if (atomic_file_open_scratch(c->dir, name.text, &p->file, err) < 0)
		return err_ctx(err, "cache");
	if (fd_sink_open(p->file.fd, "cache", &p->to, err) < 0)
		return -1;
	*out = take(&p);
	return 0;
}

int store_put_begin(struct cache *c, struct str key, struct cache_put **out,
		    struct sink **to, struct err *err)
{
	if (put_begin(c, key, INDEX_SUFFIX, out, err) < 0)
		return -1;
	*to = (*out)->to;
	return 0;
}

int store_put_commit(struct cache_put **p, struct err *err)
{
	struct cache *c = (*p)->c;
	if (sink_finish((*p)->to, err) < 0)
		return -1;
	if (atomic_file_commit(&(*p)->file, err) < 0)
		return err_ctx(err, "cache");
	store_put_close(p);
	store_trim(c->dir, c->ceiling);
	return 0;
}

/* A note is its value's SHA-256 and the value. Notes are not synced: after a
 * power cut a file may be there with zeros in place of its bytes. */
int store_note_get(struct cache *c, struct str key, struct buf *value,
		   struct err *err)
{
	struct file_name name;
	char note[32 + CACHE_NOTE_MAX + 1];
	struct digest sum;
	int fd = -1;
	if (name_of(key, NOTE_SUFFIX, &name, err) < 0)
		return -1;
	int r = open_entry(c, name.text, &fd, err);
	if (r <= 0)
		return r;
	ssize_t n = io_read_full(fd, note, sizeof note, err);
	fd_close(&fd);
	if (n < 0)
		return err_ctx(err, "cache: %s", name.text);
	/* The buffer has room for one byte more than a note: a full one is no
	 * note of ours. */
	if (n < 32 || n == (ssize_t)sizeof note)
		return 0;
	size_t len = (size_t)n - 32;
	if (digest_of(DIGEST_SHA256, note + 32, len, &sum, err) < 0)
		return -1;
	if (memcmp(sum.bytes, note, 32) != 0)
		return 0;
	return buf_add(value, note + 32, len, err) < 0 ? -1 : 1;
}

int store_note_put(struct cache *c, struct str key, struct str value,
		   struct err *err)
{
	scoped(store_put_close) struct cache_put *p = NULL;
	struct digest sum;
	if (value.n > CACHE_NOTE_MAX)
		return err_set(err, ERR_LIMIT, "cache: a note of %zu bytes",
			       value.n);
	if (digest_of(DIGEST_SHA256, value.p, value.n, &sum, err) < 0 ||
	    put_begin(c, key, NOTE_SUFFIX, &p, err) < 0 ||
	    sink_write(p->to, sum.bytes, 32, err) < 0 ||
	    sink_write(p->to, value.p, value.n, err) < 0)
		return -1;
	return store_put_commit(&p, err);
}

/* A time that does not fit into nanoseconds is no time to be trusted. */
static bool is_recent(struct timespec t, int64_t now_ns)
{
	int64_t ns;
	if (__builtin_mul_overflow((int64_t)t.tv_sec, (int64_t)1000000000,
				   &ns) ||
	    __builtin_add_overflow(ns, (int64_t)t.tv_nsec, &ns))
		return true;
	return ns >= now_ns - 2000000000;
}

bool store_is_racy(const struct stat *st, int64_t now_ns)
{
	return is_recent(st->st_mtim, now_ns) || is_recent(st->st_ctim, now_ns);
}
