/* SPDX-License-Identifier: Apache-2.0 */
/* context/files/ignore_verdict.h - what an ignore file says of every entry of a tree. */
#pragma once
#include "context/files/file_tree.h"
#include "ignore/ignore.h"

struct context_verdict {
	uint32_t pattern; /* that decided; CONTEXT_NONE: none matched */
	bool excluded;
	bool named;  /* the pattern matches the entry itself, not its parent */
	bool judged; /* stands below the root that was asked for */
	bool again;  /* another name of a file that counts already */
};

/* The verdicts of the entries below root, with paths relative to it. Entries
 * elsewhere are left as they are: v has t->n elements, zeroed at first. Hard
 * links are looked at when root is CONTEXT_ROOT. */
must_check int context_judge(const struct context_tree *t, uint32_t root,
			     const struct ignore *ig, struct context_verdict *v,
			     struct err *err);

/* Whether the builder is sent the entry. Directories are not counted. */
static inline bool context_is_sent(const struct context_tree *t,
				   const struct context_verdict *v, uint32_t i)
{
	return t->entries[i].type != CONTEXT_DIR &&
	       t->entries[i].type != CONTEXT_SOCKET && !v[i].excluded;
}

/* Bytes that the entry adds: those of a file with several names count once. */
static inline uint64_t context_bytes(const struct context_tree *t,
				     const struct context_verdict *v,
				     uint32_t i)
{
	return v[i].again ? 0 : t->entries[i].size;
}

struct context_sum {
	uint64_t files, bytes;
};
static inline void context_add(struct context_sum *s,
			       const struct context_tree *t,
			       const struct context_verdict *v, uint32_t i)
{
	s->files++;
	s->bytes += context_bytes(t, v, i);
}
