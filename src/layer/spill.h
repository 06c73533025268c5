/* SPDX-License-Identifier: Apache-2.0 */
/* layer/spill.h - file contents that come before they are wanted, kept in an
 * unlinked temporary file. Each has a key of the caller's. */
#pragma once
#include "base/id_table.h"
#include "base/stream.h"
#include "tar/tar.h"

/* One content: where its stored runs lie, and which runs those are. */
struct spilled {
	uint32_t key;
	bool is_sparse;
	uint64_t offset, size;
	struct tar_region *sparse; /* owned */
	size_t n_sparse;
};

struct layer_spill {
	const char *dir;
	int fd; /* -1 until something is spilled */
	uint64_t end;
	struct spilled *v;
	uint32_t n, cap;
	struct id_table by_key;
};

void layer_spill_init(struct layer_spill *s, const char *dir);
void layer_spill_done(struct layer_spill *s);
bool layer_spill_has(const struct layer_spill *s, uint32_t key);
/* A content begins, with the sparse fields of *e. */
must_check int layer_spill_begin(struct layer_spill *s, uint32_t key,
				 const struct tar_entry *e, struct err *err);
/* Adds to what was begun last. */
must_check int layer_spill_add(struct layer_spill *s, const void *p, size_t n,
			       struct err *err);
/* The stored runs, and the sparse fields of *e. */
must_check int layer_spill_open(const struct layer_spill *s, uint32_t key,
				struct tar_entry *e, struct stream **out,
				struct err *err);
