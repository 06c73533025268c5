/* SPDX-License-Identifier: Apache-2.0 */
/* The context as the builder will see it: entries of a directory against the
 * ignore file.
 *
 * The tree belongs to others. Symlinks are not followed (O_NOFOLLOW, and
 * path_at stays below the context), a source with .. is not looked up, no more
 * than SENT_FILES_MAX files and DEPTH_MAX directories deep are visited, so a
 * context with a loop of mounts or a million files costs a bounded walk. What
 * cannot be read is as good as not there: a rule that asks is silent then. */
#include "lint/rules/copy/context_source.h"

#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "base/path.h"

enum { DEPTH_MAX = 64, SOURCE_MAX = 4096 };

struct walk {
	const struct lint_file *f;
	struct sent *out;
	struct buf path;
	bool shallow;			     /* being there is enough */
	const struct context_search *search; /* NULL: nothing is looked for */
	struct str *paths;
	size_t n_paths;
	struct err *err;
};

static void close_dir(DIR **d)
{
	if (*d)
		closedir(*d);
	*d = NULL;
}

/* Excluded, with nothing below that is re-included. */
static int excluded(struct walk *w, const uint64_t *above, uint64_t *own,
		    bool *out, bool *skip)
{
	struct ignore_result r = { .pattern = SIZE_MAX };
	*out = *skip = false;
	if (!w->f->ignore || w->f->ignore->n == 0)
		return 0;
	if (ignore_step(w->f->ignore, buf_str(&w->path), above, own, &r,
			w->err) < 0)
		return -1;
	*out = r.excluded;
	*skip = r.excluded && r.skip_below;
	return 0;
}

static size_t bit_words(const struct walk *w)
{
	return w->f->ignore ? ignore_words(w->f->ignore) : 0;
}

static int walk_entry(struct walk *w, int dir, const char *name,
		      const uint64_t *above, uint64_t *own, unsigned depth);

/* Directories come in the order of the file system, so a path that stands in
 * front of others drives the last one out. */
static int keep_path(struct walk *w)
{
	struct str path = buf_str(&w->path);
	size_t at = w->n_paths;
	while (at && str_cmp(path, w->paths[at - 1]) < 0)
		at--;
	if (at == CONTEXT_FOUND_MAX)
		return 0;
	if (arena_str(w->f->arena, path, &path, w->err) < 0)
		return -1;
	if (w->n_paths < CONTEXT_FOUND_MAX)
		w->n_paths++;
	for (size_t i = w->n_paths - 1; i > at; i--)
		w->paths[i] = w->paths[i - 1];
	w->paths[at] = path;
	return 0;
}

/* 1: nothing below the entry is looked at. */
static int search(struct walk *w, const char *name, bool is_dir)
{
	if (!w->search)
		return 0;
	if (is_dir && w->search->avoids(str_of(name)))
		return 1;
	if (!w->search->takes(str_of(name)))
		return 0;
	return keep_path(w) < 0 ? -1 : 1;
}

/* fdopendir takes fd over, but not when it fails.
 *
 * Recursion is bounded by DEPTH_MAX, and each level holds one descriptor. */
static int walk_dir(struct walk *w, int fd, const uint64_t *above,
		    unsigned depth)
{
	scoped(close_dir) DIR *d = fdopendir(fd);
	/* Bits of one entry at a time; those of a directory are in use while
	 * what is below it is walked. */
	uint64_t *own =
		arena_array(w->f->arena, bit_words(w), sizeof *own, w->err);
	if (!d)
		close(fd);
	if (!own)
		return -1;
	size_t n = w->path.n;
	struct dirent *e;
	while (d && (e = readdir(d)) && w->out->files < SENT_FILES_MAX) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		if ((n && buf_byte(&w->path, '/', w->err) < 0) ||
		    buf_add(&w->path, e->d_name, strlen(e->d_name), w->err) <
			    0 ||
		    walk_entry(w, dirfd(d), e->d_name, above, own, depth) < 0)
			return -1;
		w->path.n = n;
	}
	return 0;
}

static int walk_entry(struct walk *w, int dir, const char *name,
		      const uint64_t *above, uint64_t *own, unsigned depth)
{
	struct stat st;
	bool out, skip;
	if (excluded(w, above, own, &out, &skip) < 0)
		return -1;
	if (skip || depth > DEPTH_MAX ||
	    fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return 0;
	int done = out ? 0 : search(w, name, S_ISDIR(st.st_mode));
	if (done)
		return done < 0 ? -1 : 0;
	if (S_ISDIR(st.st_mode)) {
		int fd =
			openat(dir, name,
			       O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		return fd < 0 ? 0 : walk_dir(w, fd, own, depth + 1);
	}
	if (out)
		return 0;
	w->out->files++;
	if (S_ISREG(st.st_mode))
		w->out->bytes += (uint64_t)st.st_size;
	return 0;
}

/* --- one source ----------------------------------------------------------- */

/* Relative, clean, without what leads out of the context. */
static int clean(struct str source, struct buf *b, struct err *err)
{
	while (source.n) {
		struct str part, rest = { 0 };
		if (!str_cut(source, '/', &part, &rest))
			part = source;
		source = rest;
		if (part.n == 0 || str_eqz(part, "."))
			continue;
		if (str_eqz(part, "..") || str_has(part, 0))
			return 1;
		if ((b->n && buf_byte(b, '/', err) < 0) ||
		    buf_str_add(b, part, err) < 0)
			return -1;
	}
	return 0;
}

/* Bits that the ignore patterns give to what is in the directory.
 *
 * An ignore pattern that matched a directory holds below it, so the bits of
 * src/app are those of src, then of src/app in the light of them. */
static int bits_of(struct walk *w, struct str path, uint64_t *bits)
{
	const struct ignore *ig = w->f->ignore;
	size_t words = bit_words(w);
	uint64_t *above =
		arena_array(w->f->arena, words, sizeof *above, w->err);
	struct ignore_result r;
	if (!above)
		return -1;
	memset(bits, 0, words * sizeof *bits);
	for (size_t i = 0; ig && ig->n && i <= path.n; i++) {
		if (path.n == 0 || (i < path.n && path.p[i] != '/'))
			continue;
		memcpy(above, bits, words * sizeof *bits);
		if (ignore_step(ig, (struct str){ path.p, i }, above, bits, &r,
				w->err) < 0)
			return -1;
	}
	return 0;
}

/* One name of the directory that the pattern fits. */
static int look_at_entry(struct walk *w, int dir, struct str parent,
			 const char *name, const uint64_t *bits, bool *found)
{
	struct stat st;
	bool out, skip;
	uint64_t *own =
		arena_array(w->f->arena, bit_words(w), sizeof *own, w->err);
	buf_reset(&w->path);
	if (!own || buf_str_add(&w->path, parent, w->err) < 0 ||
	    (parent.n && buf_byte(&w->path, '/', w->err) < 0) ||
	    buf_add(&w->path, name, strlen(name), w->err) < 0 ||
	    excluded(w, bits, own, &out, &skip) < 0)
		return -1;
	if (skip || fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
	    (out && !S_ISDIR(st.st_mode)))
		return 0;
	*found = true;
	w->out->is_dir |= S_ISDIR(st.st_mode);
	w->out->mode = st.st_mode & 07777;
	return w->shallow ? 0 : walk_entry(w, dir, name, bits, own, 0);
}

/* The last component alone is a pattern here ("src/a*.c"); one with wildcards
 * in front of it names a directory of that very name, is not found, and the
 * rule is silent. */
static int look_at(struct walk *w, struct str parent, const char *pattern,
		   bool *found)
{
	const struct lint_file *f = w->f;
	uint64_t *bits =
		arena_array(f->arena, bit_words(w), sizeof *bits, w->err);
	if (!bits || bits_of(w, parent, bits) < 0)
		return -1;
	char name[SOURCE_MAX + 2] = ".";
	if (parent.n) {
		memcpy(name, parent.p, parent.n);
		name[parent.n] = 0;
	}
	int fd =
		path_at(f->context_fd, name, O_RDONLY | O_DIRECTORY, 0, w->err);
	if (fd < 0) {
		err_clear(w->err);
		return 0;
	}
	scoped(close_dir) DIR *d = fdopendir(fd);
	struct dirent *e;
	if (!d)
		close(fd);
	while (d && (e = readdir(d))) {
		bool dots = strcmp(e->d_name, ".") == 0 ||
			    strcmp(e->d_name, "..") == 0;
		if (!dots && fnmatch(pattern, e->d_name, 0) == 0 &&
		    look_at_entry(w, dirfd(d), parent, e->d_name, bits, found) <
			    0)
			return -1;
	}
	return 0;
}

/* A whole context is looked at as "*" below its root, so that each entry is
 * judged by the ignore file from the top. */
static int look(struct walk *w, struct str source)
{
	w->path = (struct buf)BUF_INIT(1 << 20);
	scoped(buf_done) struct buf b = BUF_INIT(SOURCE_MAX);
	bool found = false;
	*w->out = (struct sent){ 0 };
	if (w->f->context_fd < 0 || source.n >= SOURCE_MAX)
		return 0;
	int r = clean(source, &b, w->err);
	if (r)
		return r < 0 ? -1 : 0;
	struct str path = buf_str(&b);
	if (path.n == 0) {
		r = look_at(w, path, "*", &found);
		w->out->is_dir = true;
	} else {
		struct str parent = path_parent(path), base = path_base(path);
		char pattern[SOURCE_MAX + 1];
		memcpy(pattern, base.p, base.n);
		pattern[base.n] = 0;
		r = look_at(w, parent, pattern, &found);
	}
	buf_done(&w->path);
	return r < 0 ? -1 : found;
}

int lint_context_source_look(const struct lint_file *f, struct str source,
			     struct sent *out, struct err *err)
{
	struct walk w = { f, out, .err = err };
	return look(&w, source);
}

int lint_context_source_has(const struct lint_file *f, struct str source,
			    struct err *err)
{
	struct sent sent;
	struct walk w = { .f = f, .out = &sent, .shallow = true, .err = err };
	return look(&w, source);
}

int lint_context_source_find(const struct lint_file *f, struct str source,
			     const struct context_search *search,
			     struct str paths[CONTEXT_FOUND_MAX], size_t *n,
			     struct err *err)
{
	struct sent sent;
	struct walk w = { f, &sent, .search = search, .paths = paths };
	w.err = err;
	if (look(&w, source) < 0)
		return -1;
	*n = w.n_paths;
	return 0;
}

/* The beginning of a file is enough for all who ask: a word that its content
 * must have, the first line of a script. */
int lint_context_source_read(const struct lint_file *f, struct str source,
			     size_t max, struct str *out, struct err *err)
{
	scoped(buf_done) struct buf b = BUF_INIT(SOURCE_MAX);
	int r = lint_context_source_has(f, source, err);
	if (r <= 0)
		return r;
	r = clean(source, &b, err);
	if (r)
		return r < 0 ? -1 : 0;
	const char *name = buf_cstr(&b);
	char *to = arena_bytes(f->arena, max, err);
	if (!to || !name)
		return to ? err_nomem(err, b.n) : -1;
	/* A FIFO in someone's context would block the open for ever. */
	int fd = path_at(f->context_fd, name, O_RDONLY | O_NONBLOCK, 0, err);
	if (fd < 0) {
		err_clear(err);
		return 0;
	}
	struct stat st;
	struct err none = { 0 };
	ssize_t n = fstat(fd, &st) == 0 && S_ISREG(st.st_mode)
			    ? io_read_full(fd, to, max, &none)
			    : -1;
	close(fd);
	if (n < 0)
		return 0;
	*out = (struct str){ to, (size_t)n };
	return 1;
}
