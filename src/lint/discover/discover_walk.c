/* SPDX-License-Identifier: Apache-2.0 */
/* Dockerfiles below a directory, as git sees it: what .gitignore leaves out is
 * not looked at, as build outputs and vendored trees are full of Dockerfiles that
 * belong to other projects.
 *
 * Directories wait in a list, so nothing recurses. Symlinks to directories wait
 * in another one and are followed last, when it is known what the tree itself
 * has (discover_links.c).
 *
 * Patterns are frames, one a directory with a .gitignore, each pointing at the
 * one above it; the nearest that says anything decides (gitignore(5)). */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "lint/discover/compose.h"
#include "lint/discover/dockerfile_name.h"
#include "lint/discover/gitignore.h"
#include "lint/discover/internal.h"
#include "lint/discover/walk.h"

enum { GITIGNORE_SIZE_MAX = 1 << 20 };

struct frame {
	const struct frame *up;
	struct gitignore g;
	struct str dir; /* absolute, without a slash at its end */
};

struct walk {
	struct discovery *d;
	const struct frame *exclude; /* goes before every other */
	struct pending *todo;
	size_t n, cap;
	struct walk_links links;
	bool by_link; /* the tree itself was read */
};

static int push(struct walk *w, struct pending p)
{
	if (w->n == w->cap) {
		size_t cap = w->cap ? w->cap * 2 : 64;
		struct pending *more = realloc(w->todo, cap * sizeof *more);
		if (!more)
			return err_nomem(w->d->err, cap * sizeof *more);
		w->todo = more;
		w->cap = cap;
	}
	w->todo[w->n++] = p;
	return 0;
}

static void walk_done(struct walk *w)
{
	free(w->todo);
	lint_walk_links_done(&w->links);
}

/* dir/name; the root is the empty string. */
static int below(struct discovery *d, struct str dir, struct str name,
		 struct str *out)
{
	size_t n = dir.n + (dir.n > 0) + name.n;
	char *to = arena_bytes(d->a, n + 1, d->err);
	if (!to)
		return -1;
	memcpy(to, dir.p, dir.n);
	if (dir.n)
		to[dir.n] = '/';
	memcpy(to + n - name.n, name.p, name.n);
	to[n] = 0;
	*out = (struct str){ to, n };
	return 0;
}

static int add_patterns(struct discovery *d, struct str text, struct str dir,
			const struct frame **frames)
{
	struct frame *f = arena_alloc(d->a, sizeof *f, d->err);
	struct str kept;
	if (!f || arena_str(d->a, text, &kept, d->err) < 0)
		return -1;
	*f = (struct frame){ .up = *frames, .dir = dir };
	if (lint_gitignore_parse(kept, d->a, &f->g, d->err) < 0)
		return err_ctx(d->err, "%.*s/.gitignore", STR_ARG(dir));
	*frames = f;
	return 0;
}

/* The file's patterns when there is one; what cannot be read has none. */
static int add_file(struct discovery *d, struct str dir, const char *name,
		    const struct frame **frames)
{
	scoped(buf_done) struct buf path = BUF_INIT(PATH_MAX_BYTES);
	scoped(buf_done) struct buf text = BUF_INIT(GITIGNORE_SIZE_MAX);
	struct err none = { 0 };
	if (buf_addf(&path, d->err, "%.*s/%s", STR_ARG(dir), name) < 0 ||
	    !buf_cstr(&path))
		return -1;
	if (lint_discover_read(path.p, &text, &none) < 0)
		return 0;
	return add_patterns(d, buf_str(&text), dir, frames);
}

static bool has_git(struct str dir)
{
	scoped(buf_done) struct buf path = BUF_INIT(PATH_MAX_BYTES);
	struct err none = { 0 };
	struct stat st;
	return buf_addf(&path, &none, "%.*s/.git", STR_ARG(dir)) == 0 &&
	       buf_cstr(&path) && stat(path.p, &st) == 0;
}

/* Of the directories above, down from the root of the repository; none when
 * the directory is in no repository.
 *
 * "pare lint sub" in a repository heeds the .gitignore of the levels above sub
 * as well, as "git status" there does. */
static int add_above(struct discovery *d, struct str dir,
		     const struct frame **frames)
{
	struct str root = dir;
	while (!has_git(root)) {
		if (root.n == 0)
			return 0;
		root = lint_discover_dir(root);
		if (root.n == 1)
			root.n = 0;
	}
	if (add_file(d, root, ".git/info/exclude", frames) < 0)
		return -1;
	for (size_t i = root.n; i < dir.n; i++) {
		bool ends = i == root.n || dir.p[i] == '/';
		if (ends && add_file(d, (struct str){ dir.p, i }, ".gitignore",
				     frames) < 0)
			return -1;
	}
	return 0;
}

static bool is_ignored(const struct frame *f, struct str path, bool directory)
{
	for (; f; f = f->up) {
		struct str rest = str_from(path, f->dir.n + 1);
		enum gitignore_verdict v =
			lint_gitignore_ask(&f->g, rest, directory);
		if (v != GITIGNORE_UNSAID)
			return v == GITIGNORE_OUT;
	}
	return false;
}

static int add_compose(struct discovery *d, struct str path)
{
	if (d->n_compose == d->cap_compose) {
		size_t cap = d->cap_compose ? d->cap_compose * 2 : 8;
		struct str *more = arena_array(d->a, cap, sizeof *more, d->err);
		if (!more)
			return -1;
		if (d->n_compose)
			memcpy(more, d->compose, d->n_compose * sizeof *more);
		d->compose = more;
		d->cap_compose = cap;
	}
	d->compose[d->n_compose++] = path;
	return 0;
}

/* What an entry is, and what a link leads to. */
static unsigned kind_of(int dir, const struct dirent *e, bool *link)
{
	struct stat st;
	*link = false;
	if (e->d_type == DT_DIR || e->d_type == DT_REG)
		return e->d_type == DT_DIR ? S_IFDIR : S_IFREG;
	if (e->d_type != DT_UNKNOWN && e->d_type != DT_LNK)
		return 0;
	if (fstatat(dir, e->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return 0;
	*link = S_ISLNK(st.st_mode);
	if (*link && fstatat(dir, e->d_name, &st, 0) < 0)
		return 0;
	return st.st_mode & S_IFMT;
}

/* Only names that leave a doubt are opened. What cannot be read is a target
 * all the same: its error is told. */
static bool agrees(int dir, const char *name, enum dockerfile_name as)
{
	char text[TEXT_KIND_BYTES];
	if (as == NAME_SURE)
		return true;
	int fd = openat(dir, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return as == NAME_LIKELY;
	struct err none = { 0 };
	ssize_t n = io_read_full(fd, text, sizeof text, &none);
	close(fd);
	if (n < 0)
		return as == NAME_LIKELY;
	return lint_dockerfile_agrees(as, (struct str){ text, (size_t)n });
}

static int visit_file(struct walk *w, int dir, const char *name,
		      enum dockerfile_name as, struct str shown)
{
	if (as == NAME_OTHER)
		return add_compose(w->d, shown);
	if (!agrees(dir, name, as))
		return 0;
	return lint_discover_add(w->d, shown) ? 0 : -1;
}

static int too_deep(struct discovery *d, const struct pending *p)
{
	struct err why = { 0 };
	err_set(&why, ERR_LIMIT, "more than %d directories deep: %.*s",
		WALK_DEPTH_MAX, STR_ARG(p->shown));
	struct lint_target *t = lint_discover_add(d, p->shown);
	return t ? lint_discover_fail(d, t, &why) : -1;
}

static int visit(struct walk *w, const struct pending *in, int dir,
		 const struct dirent *e)
{
	struct discovery *d = w->d;
	struct str name = str_of(e->d_name);
	struct pending p = { .frames = in->frames, .depth = in->depth + 1 };
	enum dockerfile_name as = lint_dockerfile_name(name);
	bool wanted = as != NAME_OTHER || lint_compose_is_name(name), link;
	bool file_type = e->d_type == DT_REG;
	if (str_eqz(name, ".") || str_eqz(name, "..") ||
	    str_eqz(name, ".git") || (file_type && !wanted))
		return 0;
	unsigned kind = kind_of(dir, e, &link);
	if (kind != S_IFDIR && (kind != S_IFREG || !wanted))
		return 0;
	if (below(d, in->absolute, name, &p.absolute) < 0)
		return -1;
	/* To git a link is no directory, wherever it leads. */
	bool directory = kind == S_IFDIR && !link;
	if (is_ignored(w->exclude, p.absolute, directory) ||
	    is_ignored(in->frames, p.absolute, directory))
		return 0;
	if (below(d, in->shown, name, &p.shown) < 0)
		return -1;
	if (kind != S_IFDIR)
		return visit_file(w, dir, e->d_name, as, p.shown);
	if (p.depth > WALK_DEPTH_MAX)
		return too_deep(d, &p);
	return link ? lint_walk_links_add(&w->links, p, d->err) : push(w, p);
}

static int cannot_read(struct discovery *d, const struct pending *p)
{
	struct err why = { 0 };
	struct str shown = p->shown.n ? p->shown : STR(".");
	err_sys(&why, "%.*s", STR_ARG(shown));
	struct lint_target *t = lint_discover_add(d, shown);
	return t ? lint_discover_fail(d, t, &why) : -1;
}

static int read_directory(struct walk *w, struct pending p)
{
	int fd = open(p.absolute.n ? p.absolute.p : "/",
		      O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	if (!dir) {
		if (fd >= 0)
			close(fd);
		return cannot_read(w->d, &p);
	}
	int r = w->by_link ? lint_walk_links_enter(&w->links, fd, w->d->err)
			   : 1;
	if (r <= 0) {
		closedir(dir);
		return r;
	}
	r = 0;
	if (add_file(w->d, p.absolute, ".gitignore", &p.frames) < 0)
		r = -1;
	for (struct dirent *e; r == 0 && (e = readdir(dir));)
		r = visit(w, &p, dirfd(dir), e);
	closedir(dir);
	return r;
}

/* "." and "" in front of names are not shown. */
static int first(struct discovery *d, const char *name, struct pending *p)
{
	char *real = realpath(name, NULL);
	if (!real)
		return err_sys(d->err, "%s", name);
	struct str absolute = str_of(real), shown = str_of(name);
	while (shown.n > 1 && shown.p[shown.n - 1] == '/')
		shown.n--;
	if (str_eqz(shown, "."))
		shown.n = 0;
	if (str_eqz(absolute, "/"))
		absolute.n = 0;
	int r = arena_str(d->a, absolute, &p->absolute, d->err);
	free(real);
	return r < 0 ? -1 : arena_str(d->a, shown, &p->shown, d->err);
}

static int add_excludes(struct walk *w, const struct discover_options *opt,
			struct str dir)
{
	scoped(buf_done) struct buf text = BUF_INIT(GITIGNORE_SIZE_MAX);
	for (size_t i = 0; i < opt->n_exclude; i++)
		if (buf_str_add(&text, opt->exclude[i], w->d->err) < 0 ||
		    buf_byte(&text, '\n', w->d->err) < 0)
			return -1;
	return add_patterns(w->d, buf_str(&text), dir, &w->exclude);
}

int lint_discover_walk(struct discovery *d, const char *name,
		       const struct discover_options *opt)
{
	scoped(walk_done) struct walk w = { .d = d };
	struct pending p = { .frames = NULL };
	if (first(d, name, &p) < 0 || add_above(d, p.absolute, &p.frames) < 0)
		return -1;
	if (opt && opt->n_exclude && add_excludes(&w, opt, p.absolute) < 0)
		return -1;
	struct str root = p.absolute;
	do {
		if (push(&w, p) < 0)
			return -1;
		while (w.n) {
			p = w.todo[--w.n];
			if (read_directory(&w, p) < 0)
				return -1;
		}
		w.by_link = true;
	} while (lint_walk_links_next(&w.links, root, &p));
	return 0;
}
