/* SPDX-License-Identifier: Apache-2.0 */
/* The map of a sparse file, whichever of the four ways it was written in.
 * Regions rise and do not overlap, so each archived byte is shown once:
 * overlapping ones would let a small archive unfold into a large file of its
 * own bytes, and engines would disagree on which one wins. Neighbours are
 * joined and empty ones dropped, so that two spellings of one file are one map;
 * "count" keeps the number as written, which GNU.sparse.numblocks has to match.
 *
 *	0,512 512,512 4096,0	map: [0, 1024)	count 3, end 4096
 *
 * An empty region at the end is how GNU tar says that the file ends with a
 * hole; "end" is held against the file's size. */
#include "tar/sparse.h"

#include <inttypes.h>
#include <stdlib.h>

void tar_sparse_done(struct sparse_map *m)
{
	free(m->v);
	*m = (struct sparse_map){ 0 };
}

static int sparse_push(struct sparse_map *m, struct tar_region r,
		       struct err *err)
{
	if (m->n == m->cap) {
		size_t cap = m->cap ? 2 * m->cap : 16;
		struct tar_region *v = realloc(m->v, cap * sizeof *v);
		if (!v)
			return err_nomem(err, cap * sizeof *v);
		m->v = v;
		m->cap = cap;
	}
	m->v[m->n++] = r;
	return 0;
}

/* "count" goes up for empty and joined regions as well, "n" does not. */
int tar_sparse_add(struct sparse_map *m, const struct limits *lim,
		   uint64_t offset, uint64_t size, struct err *err)
{
	uint64_t end;
	if (m->count == lim->sparse_max)
		return limits_exceeded(lim, &lim->sparse_max, m->count + 1,
				       err);
	if (ckd_add(&end, offset, size) || end > INT64_MAX)
		return err_set(err, ERR_CORRUPT,
			       "sparse region %" PRIu64 " at %" PRIu64
			       " ends past 2^63",
			       m->count, offset);
	if (offset < m->end)
		return err_set(err, ERR_CORRUPT,
			       "sparse region %" PRIu64 " at %" PRIu64
			       " begins before the one in front of it ends",
			       m->count, offset);
	const uint64_t last_end = m->end;
	m->count++;
	m->end = end;
	if (size == 0)
		return 0;
	m->data += size;
	if (m->n && offset == last_end &&
	    m->v[m->n - 1].offset + m->v[m->n - 1].size == offset) {
		m->v[m->n - 1].size += size;
		return 0;
	}
	return sparse_push(m, (struct tar_region){ offset, size }, err);
}

int tar_sparse_add_list(struct sparse_map *m, const struct limits *lim,
			struct str text, struct err *err)
{
	while (text.n) {
		struct str first, second, rest = { text.p + text.n, 0 };
		uint64_t offset, size;
		if (!str_cut(text, ',', &first, &second))
			return err_set(err, ERR_CORRUPT,
				       "GNU.sparse.map has an odd number of "
				       "values");
		bool more = str_cut(second, ',', &second, &rest);
		if (!str_to_u64(first, &offset) || !str_to_u64(second, &size) ||
		    (more && rest.n == 0))
			return err_set(err, ERR_CORRUPT,
				       "GNU.sparse.map holds what is no "
				       "number of 64 bits");
		if (tar_sparse_add(m, lim, offset, size, err) < 0)
			return -1;
		text = rest;
	}
	return 0;
}

/* A region whose offset begins with a NUL ends the block's list, as for GNU
 * tar; more may follow in a block behind it. */
static int add_raw(struct sparse_map *m, const struct limits *lim,
		   const struct tar_raw_region *r, size_t n, struct err *err)
{
	for (size_t i = 0; i < n && r[i].offset[0]; i++) {
		uint64_t offset, size;
		if (tar_size(TAR_FIELD(r[i].offset), "sparse offset", &offset,
			     err) < 0 ||
		    tar_size(TAR_FIELD(r[i].size), "sparse size", &size, err) <
			    0)
			return -1;
		if (tar_sparse_add(m, lim, offset, size, err) < 0)
			return -1;
	}
	return 0;
}

/* Four regions stand in the header, 21 in each block behind it; a block's last
 * flag says whether one more follows. They are no part of the member's size, so
 * they are counted apart (*extra). */
int tar_sparse_read_gnu(struct sparse_map *m, const struct limits *lim,
			const struct tar_raw_gnu *h, struct tar_input *in,
			uint64_t *extra, struct err *err)
{
	union tar_block b;
	*extra = 0;
	if (add_raw(m, lim, h->regions, ARRAY_LEN(h->regions), err) < 0)
		return -1;
	for (bool more = h->is_extended; more; more = b.more.is_extended) {
		int r = tar_input_block(in, &b, err);
		if (r < 0)
			return -1;
		if (r == 0)
			return err_set(err, ERR_CORRUPT,
				       "the archive ends within a sparse map");
		*extra += TAR_BLOCK_SIZE;
		if (add_raw(m, lim, b.more.regions, ARRAY_LEN(b.more.regions),
			    err) < 0)
			return -1;
	}
	return 0;
}

/* Numbers, one a line, out of blocks that are read as they are needed. */
struct lines {
	struct tar_input *in;
	uint64_t *left;
	union tar_block b;
	size_t at; /* in b */
};

/* The map is part of the member's stored bytes, whole blocks of it: one that
 * runs on would read the next member's header as numbers. */
static int lines_refill(struct lines *l, struct err *err)
{
	int r;
	if (*l->left < TAR_BLOCK_SIZE)
		return err_set(err, ERR_CORRUPT,
			       "the sparse map runs past the member's size");
	r = tar_input_block(l->in, &l->b, err);
	if (r < 0)
		return -1;
	if (r == 0)
		return err_set(err, ERR_CORRUPT,
			       "the archive ends within a sparse map");
	*l->left -= TAR_BLOCK_SIZE;
	l->at = 0;
	return 0;
}

static int lines_number(struct lines *l, uint64_t *out, struct err *err)
{
	char digits[20]; /* of 2^64 - 1 */
	size_t n = 0;
	for (;;) {
		if (l->at == TAR_BLOCK_SIZE && lines_refill(l, err) < 0)
			return -1;
		char c = (char)l->b.bytes[l->at++];
		if (c == '\n')
			break;
		if (n == sizeof digits)
			return err_set(err, ERR_CORRUPT,
				       "a number of the sparse map is too "
				       "long");
		digits[n++] = c;
	}
	if (!str_to_u64((struct str){ digits, n }, out))
		return err_set(
			err, ERR_CORRUPT,
			"\"%s\" in the sparse map is no number of 64 bits",
			str_quoted((struct str){ digits, n }).text);
	return 0;
}

int tar_sparse_read_text(struct sparse_map *m, const struct limits *lim,
			 struct tar_input *in, uint64_t *left, struct err *err)
{
	struct lines l = { .in = in, .left = left, .at = TAR_BLOCK_SIZE };
	uint64_t count, offset, size;
	if (lines_number(&l, &count, err) < 0)
		return -1;
	/* Before the loop, so that a count of 2^64 - 1 is refused at once and
	 * not after as many lines as there are. */
	if (count > lim->sparse_max)
		return limits_exceeded(lim, &lim->sparse_max, count, err);
	for (uint64_t i = 0; i < count; i++) {
		if (lines_number(&l, &offset, err) < 0 ||
		    lines_number(&l, &size, err) < 0 ||
		    tar_sparse_add(m, lim, offset, size, err) < 0)
			return -1;
	}
	return 0;
}

/* Held against what the archive stores, too: a map of more bytes than there are
 * would go on in the next member's header. */
int tar_sparse_check(const struct sparse_map *m, uint64_t size, uint64_t stored,
		     struct err *err)
{
	if (m->end > size)
		return err_set(err, ERR_CORRUPT,
			       "the sparse map ends at %" PRIu64
			       ", past the file's %" PRIu64 " bytes",
			       m->end, size);
	if (m->data != stored)
		return err_set(err, ERR_CORRUPT,
			       "the sparse map describes %" PRIu64
			       " bytes, the archive holds %" PRIu64,
			       m->data, stored);
	return 0;
}
