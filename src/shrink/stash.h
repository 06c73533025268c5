/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/stash.h - file contents kept for later in an unlinked temporary file
 * (private to rewrite.c). */
#pragma once
#include "base/stream.h"
#include "tar/tar.h"
#include "base/id_table.h"

/* One content: where its stored runs lie, and which runs those are. */
struct stash_piece {
	uint32_t entry;
	bool is_sparse;
	uint64_t offset, size;
	struct tar_region *sparse; /* owned */
	size_t n_sparse;
};

struct stash {
	const char *dir;
	int fd; /* -1 until something is put aside */
	uint64_t end;
	struct stash_piece *v;
	uint32_t n, cap;
	struct id_table by_entry;
};

void stash_init(struct stash *a, const char *dir);
void stash_done(struct stash *a);
bool stash_has(const struct stash *a, uint32_t entry);
must_check int stash_begin(struct stash *a, uint32_t entry,
			   const struct tar_entry *e, struct err *err);
/* Adds to what was begun last. */
must_check int stash_add(struct stash *a, const void *p, size_t n,
			 struct err *err);
/* The stored runs, and the sparse fields of *e. */
must_check int stash_open(const struct stash *a, uint32_t entry,
			  struct tar_entry *e, struct stream **out,
			  struct err *err);
