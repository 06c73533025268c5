/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/aside.h - file contents kept for later in an unlinked temporary file
 * (private to rewrite.c). */
#pragma once
#include "base/stream.h"
#include "tar/tar.h"
#include "tree/table.h"

/* One content: where its stored runs lie, and which runs those are. */
struct aside_piece {
	uint32_t entry;
	bool is_sparse;
	uint64_t offset, size;
	struct tar_region *sparse; /* owned */
	size_t n_sparse;
};

struct aside {
	const char *dir;
	int fd; /* -1 until something is put aside */
	uint64_t end;
	struct aside_piece *v;
	uint32_t n, cap;
	struct id_table by_entry;
};

void aside_init(struct aside *a, const char *dir);
void aside_done(struct aside *a);
bool aside_has(const struct aside *a, uint32_t entry);
must_check int aside_begin(struct aside *a, uint32_t entry,
			   const struct tar_entry *e, struct err *err);
/* Adds to what was begun last. */
must_check int aside_add(struct aside *a, const void *p, size_t n,
			 struct err *err);
/* The stored runs, and the sparse fields of *e. */
must_check int aside_open(const struct aside *a, uint32_t entry,
			  struct tar_entry *e, struct stream **out,
			  struct err *err);
