/* SPDX-License-Identifier: Apache-2.0 */
/* tar/sparse.h - the maps of sparse members, all four ways of writing them.
 *
 * GNU tar manual, "Storing Sparse Files": old GNU (in the header and in blocks
 * behind it), PAX 0.0 (pairs of records), 0.1 (one record) and 1.0 (text in
 * front of the data). Regions rise and do not overlap; empty ones carry only
 * the end of the file and are dropped, touching ones are merged. */
#pragma once
#include "tar/input.h"
#include "tar/tar.h"

struct sparse_map {
	struct tar_region *v;
	size_t n, cap;
	uint64_t count; /* regions as stored */
	uint64_t end;	/* of the last one */
	uint64_t data;	/* bytes in all of them */
};

void tar_sparse_done(struct sparse_map *m);
static inline void sparse_reset(struct sparse_map *m)
{
	m->n = 0;
	m->count = m->end = m->data = 0;
}

must_check int tar_sparse_add(struct sparse_map *m, const struct limits *lim,
			      uint64_t offset, uint64_t size, struct err *err);
/* "offset,size,offset,size"; an empty text is no region. */
must_check int tar_sparse_add_list(struct sparse_map *m,
				   const struct limits *lim, struct str text,
				   struct err *err);
/* Old GNU: the header's regions and those of the blocks that follow; *extra
 * is the size of these. */
must_check int tar_sparse_read_gnu(struct sparse_map *m,
				   const struct limits *lim,
				   const struct tar_raw_gnu *h,
				   struct tar_input *in, uint64_t *extra,
				   struct err *err);
/* PAX 1.0: reads the map off the first of *left archived bytes. */
must_check int tar_sparse_read_text(struct sparse_map *m,
				    const struct limits *lim,
				    struct tar_input *in, uint64_t *left,
				    struct err *err);
/* The map ends within size bytes and describes stored bytes of data. */
must_check int tar_sparse_check(const struct sparse_map *m, uint64_t size,
				uint64_t stored, struct err *err);
