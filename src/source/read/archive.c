/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/archive.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/path.h"
#include "tar/reader.h"

struct member {
	struct str name; /* clean */
	struct str target;
	uint64_t offset, size, number;
	enum tar_type type;
	bool is_sparse;
};

struct archive {
	struct arena arena;
	struct limits lim;
	uint64_t base;
	struct member *v; /* sorted by name; one of each */
	size_t n, cap;
};

void source_archive_close(struct archive **a)
{
	if (!*a)
		return;
	arena_done(&(*a)->arena);
	free((*a)->v);
	free(*a);
	*a = NULL;
}

static int grow(struct archive *a, struct err *err)
{
	size_t cap = a->cap ? a->cap * 2 : 64;
	if (a->n < a->cap)
		return 0;
	struct member *v = reallocarray(a->v, cap, sizeof *v);
	if (!v)
		return err_nomem(err, cap * sizeof *v);
	a->v = v;
	a->cap = cap;
	return 0;
}

static int add_member(struct archive *a, const struct tar_entry *e,
		      struct buf *name, struct err *err)
{
	if (e->name.n == 0) /* as docker load does: it is no file */
		return 0;
	if (path_clean(e->name, &a->lim, name, err) < 0)
		return err_ctx(err, "tar entry %llu at %llu",
			       (unsigned long long)e->number,
			       (unsigned long long)e->offset);
	if (name->n == 0)
		return 0;
	if (a->n >= a->lim.entries_max)
		return limits_exceeded(&a->lim, &a->lim.entries_max, a->n + 1,
				       err);
	if (grow(a, err) < 0)
		return -1;
	struct member m = {
		.offset = a->base + e->payload_offset,
		.size = e->size,
		.number = e->number,
		.type = e->type,
		.is_sparse = e->is_sparse,
	};
	if (arena_str(&a->arena, buf_str(name), &m.name, err) < 0 ||
	    arena_str(&a->arena, e->target, &m.target, err) < 0)
		return -1;
	a->v[a->n++] = m;
	return 0;
}

static int by_name(const void *pa, const void *pb)
{
	const struct member *a = pa, *b = pb;
	int c = str_cmp(a->name, b->name);
	return c ? c : (a->number > b->number) - (a->number < b->number);
}

/* Sorted by name and then by place, the last of equal names comes last: it is
 * what an unpacker would leave, so it is the one that is kept. */
static void sort_members(struct archive *a)
{
	size_t n = 0;
	if (a->n == 0)
		return;
	qsort(a->v, a->n, sizeof *a->v, by_name);
	for (size_t i = 1; i < a->n; i++) {
		if (!str_eq(a->v[i].name, a->v[n].name))
			n++;
		a->v[n] = a->v[i];
	}
	a->n = n + 1;
}

static int read_members(struct archive *a, struct stream *in, struct err *err)
{
	scoped(tar_close) struct tar_reader *t = NULL;
	scoped(buf_done) struct buf name = BUF_INIT(1 << 20);
	struct tar_entry e;
	int r;
	if (tar_open(in, &a->lim, &t, err) < 0)
		return -1;
	while ((r = tar_next(t, &e, err)) > 0)
		if (add_member(a, &e, &name, err) < 0)
			return -1;
	if (r < 0)
		return -1;
	sort_members(a);
	return 0;
}

int source_archive_open(int fd, uint64_t base, uint64_t size, const char *name,
			const struct limits *lim, struct archive **out,
			struct err *err)
{
	scoped(stream_close) struct stream *in = NULL;
	scoped(source_archive_close) struct archive *a = calloc(1, sizeof *a);
	if (!a)
		return err_nomem(err, sizeof *a);
	a->lim = *lim;
	a->base = base;
	if (fd_range_open(fd, base, size, name, &in, err) < 0 ||
	    read_members(a, in, err) < 0)
		return -1;
	*out = take(&a);
	return 0;
}

/* Names are the archive's own, and so may be any bytes: memory order, no
 * hashing that a chosen set of names could slow down. */
static const struct member *find_member(const struct archive *a,
					struct str name)
{
	size_t lo = 0, hi = a->n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = str_cmp(a->v[mid].name, name);
		if (c == 0)
			return &a->v[mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

/* One path component of a symlink's target, applied to the directory in path.
 * Docker <= 24 writes "../ID/layer.tar"; one ".." too many leads out of the
 * archive, to the user's own files, and is refused. */
static int step(struct buf *path, struct str part, struct err *err)
{
	if (part.n == 0 || str_eqz(part, "."))
		return 0;
	if (str_eqz(part, "..")) {
		if (path->n == 0)
			return err_set(err, ERR_CORRUPT,
				       "a link leads out of the archive");
		path->n = path_parent(buf_str(path)).n;
		return 0;
	}
	if (path->n && buf_byte(path, '/', err) < 0)
		return -1;
	return buf_str_add(path, part, err);
}

/* A symlink's target begins at the link's directory, a hard link's at the
 * root. */
static int resolve(const struct archive *a, const struct member *m,
		   struct buf *path, struct err *err)
{
	struct str part, rest = m->target;
	if (m->type == TAR_HARDLINK)
		return path_clean(m->target, &a->lim, path, err);
	buf_reset(path);
	if (!str_starts(rest, STR("/")) &&
	    buf_str_add(path, path_parent(m->name), err) < 0)
		return -1;
	while (rest.n) {
		if (!str_cut(rest, '/', &part, &rest)) {
			part = rest;
			rest.n = 0;
		}
		if (step(path, part, err) < 0)
			return -1;
	}
	return 0;
}

/* A blob is read in place, so it must be there in one piece. */
static int check_file(const struct member *m, struct archive_range *out,
		      struct err *err)
{
	if (m->type != TAR_FILE)
		return 0;
	if (m->is_sparse)
		return err_set(err, ERR_UNSUPPORTED,
			       "the member is stored as a sparse file; pack "
			       "the archive again without --sparse");
	out->offset = m->offset;
	out->size = m->size;
	return 1;
}

/* A link to a link, as long as link_chain_max allows: two links that name each
 * other would never end. */
static int follow(const struct archive *a, const struct member *m,
		  struct archive_range *out, struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT(1 << 20);
	for (uint64_t i = 0; m->type == TAR_SYMLINK || m->type == TAR_HARDLINK;
	     i++) {
		if (i >= a->lim.link_chain_max)
			return limits_exceeded(&a->lim, &a->lim.link_chain_max,
					       i + 1, err);
		if (resolve(a, m, &path, err) < 0)
			return -1;
		const struct member *to = find_member(a, buf_str(&path));
		if (!to)
			return err_set(err, ERR_NOT_FOUND,
				       "a link to \"%s\", which the archive "
				       "does not hold",
				       str_quoted(m->target).text);
		m = to;
	}
	return check_file(m, out, err);
}

size_t source_archive_count(const struct archive *a)
{
	return a->n;
}

struct str source_archive_name(const struct archive *a, size_t i)
{
	return a->v[i].name;
}

int source_archive_find(const struct archive *a, struct str name,
			struct archive_range *out, struct err *err)
{
	scoped(buf_done) struct buf clean = BUF_INIT(1 << 20);
	if (path_clean(name, &a->lim, &clean, err) < 0)
		return -1;
	const struct member *m = find_member(a, buf_str(&clean));
	return m ? follow(a, m, out, err) : 0;
}
