/* SPDX-License-Identifier: Apache-2.0 */
/* Contents that a new order wants later than the source gives them. They go one
 * behind the other into a temporary file and are read back by offset, as a
 * layer may be larger than memory. */
#include "layer/spill.h"

#include <stdlib.h>

#include "base/hash_seed.h"
#include "base/io.h"
#include "base/spool.h"
#include "base/vec.h"

void layer_spill_init(struct layer_spill *s, const char *dir)
{
	*s = (struct layer_spill){ .dir = dir, .fd = -1 };
}

void layer_spill_done(struct layer_spill *s)
{
	for (uint32_t i = 0; i < s->n; i++)
		free(s->v[i].sparse);
	free(s->v);
	id_table_done(&s->by_key);
	fd_close(&s->fd);
	*s = (struct layer_spill){ .fd = -1 };
}

static uint64_t rehash(const void *self, uint32_t id)
{
	return hash_number(((const struct layer_spill *)self)->v[id].key);
}

static bool content_is(const void *self, uint32_t id, const void *key)
{
	const struct layer_spill *s = self;
	return s->v[id].key == *(const uint32_t *)key;
}

static uint32_t find(const struct layer_spill *s, uint32_t key)
{
	return id_table_find(&s->by_key, hash_number(key), content_is, s, &key);
}

bool layer_spill_has(const struct layer_spill *s, uint32_t key)
{
	return find(s, key) != UINT32_MAX;
}

/* The content goes behind all that were spilled before it; only its place and
 * its map stay in memory. */
int layer_spill_begin(struct layer_spill *s, uint32_t key,
		      const struct tar_entry *e, struct err *err)
{
	struct spilled content = {
		.key = key,
		.is_sparse = e->is_sparse,
		.offset = s->end,
	};
	/* Most layers spill nothing and then need no file. */
	if (s->fd < 0 && spool_new(s->dir, &s->fd, err) < 0)
		return -1;
	if (vec_room((void **)&s->v, s->n, &s->cap, sizeof *s->v, err) < 0)
		return -1;
	/* The reader's map lives until its next member only. */
	if (e->n_sparse) {
		size_t n = e->n_sparse * sizeof *content.sparse;
		content.sparse = malloc(n);
		if (!content.sparse)
			return err_nomem(err, n);
		memcpy(content.sparse, e->sparse, n);
		content.n_sparse = e->n_sparse;
	}
	s->v[s->n] = content;
	return id_table_add(&s->by_key, hash_number(key), s->n++, rehash, s,
			    err);
}

int layer_spill_add(struct layer_spill *s, const void *p, size_t n,
		    struct err *err)
{
	if (io_pwrite(s->fd, p, n, s->end, err) < 0)
		return err_ctx(err, "writing %s", spool_name(s->dir).text);
	/* Written at an offset of our own, so that streams which read elsewhere
	 * in the file are not disturbed. */
	s->end += n;
	s->v[s->n - 1].size += n;
	return 0;
}

/* The stream reads by offset as well, so any number of them may be open. */
int layer_spill_open(const struct layer_spill *s, uint32_t key,
		     struct tar_entry *e, struct stream **out, struct err *err)
{
	const struct spilled *content = &s->v[find(s, key)];
	e->is_sparse = content->is_sparse;
	e->sparse = content->sparse;
	e->n_sparse = content->n_sparse;
	return fd_range_open(s->fd, content->offset, content->size,
			     spool_name(s->dir).text, out, err);
}
