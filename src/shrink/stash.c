/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/stash.h"

#include <stdlib.h>

#include "base/io.h"
#include "base/spool.h"
#include "base/vec.h"

void stash_init(struct stash *a, const char *dir)
{
	*a = (struct stash){ .dir = dir, .fd = -1 };
}

void stash_done(struct stash *a)
{
	for (uint32_t i = 0; i < a->n; i++)
		free(a->v[i].sparse);
	free(a->v);
	id_table_done(&a->by_entry);
	fd_close(&a->fd);
	*a = (struct stash){ .fd = -1 };
}

static uint64_t hash_entry(uint32_t entry)
{
	return entry * 0x9e3779b97f4a7c15u;
}

static uint64_t rehash_piece(const void *self, uint32_t id)
{
	return hash_entry(((const struct stash *)self)->v[id].entry);
}

static bool piece_is(const void *self, uint32_t id, const void *key)
{
	const struct stash *a = self;
	return a->v[id].entry == *(const uint32_t *)key;
}

static uint32_t find(const struct stash *a, uint32_t entry)
{
	return id_table_find(&a->by_entry, hash_entry(entry), piece_is, a,
			     &entry);
}

bool stash_has(const struct stash *a, uint32_t entry)
{
	return find(a, entry) != UINT32_MAX;
}

int stash_begin(struct stash *a, uint32_t entry, const struct tar_entry *e,
		struct err *err)
{
	struct stash_piece piece = {
		.entry = entry,
		.is_sparse = e->is_sparse,
		.offset = a->end,
	};
	if (a->fd < 0 && spool_new(a->dir, &a->fd, err) < 0)
		return -1;
	if (vec_room((void **)&a->v, a->n, &a->cap, sizeof *a->v, err) < 0)
		return -1;
	if (e->n_sparse) {
		size_t n = e->n_sparse * sizeof *piece.sparse;
		piece.sparse = malloc(n);
		if (!piece.sparse)
			return err_nomem(err, n);
		memcpy(piece.sparse, e->sparse, n);
		piece.n_sparse = e->n_sparse;
	}
	a->v[a->n] = piece;
	return id_table_add(&a->by_entry, hash_entry(entry), a->n++,
			    rehash_piece, a, err);
}

int stash_add(struct stash *a, const void *p, size_t n, struct err *err)
{
	if (io_pwrite(a->fd, p, n, a->end, err) < 0)
		return err_ctx(err, "writing %s", spool_name(a->dir).text);
	a->end += n;
	a->v[a->n - 1].size += n;
	return 0;
}

int stash_open(const struct stash *a, uint32_t entry, struct tar_entry *e,
	       struct stream **out, struct err *err)
{
	const struct stash_piece *piece = &a->v[find(a, entry)];
	e->is_sparse = piece->is_sparse;
	e->sparse = piece->sparse;
	e->n_sparse = piece->n_sparse;
	return fd_range_open(a->fd, piece->offset, piece->size,
			     spool_name(a->dir).text, out, err);
}
