/* SPDX-License-Identifier: Apache-2.0 */
/* context/files/ignore_verdict.h - what an ignore file decides for every entry.
 *
 * The last pattern that matches an entry or a directory above it decides; an
 * exception (!pattern) re-includes. */
#pragma once
#include "context/files/file_tree.h"
#include "ignore/ignore.h"

struct context_verdict {
	uint32_t pattern; /* that decided; CONTEXT_NONE: none matched */
	bool excluded;
	bool matches_itself;	/* the pattern matches the entry, not only a
			      * directory above it */
	bool below_root;	/* of the call: see context_apply_ignore */
	bool counted_elsewhere; /* a hard link; another name of the file counts
				 * its bytes */
};

/* Judges the entries below root, by their paths relative to it. Entries that
 * are not below it keep their verdicts: v has t->n elements, zeroed at first.
 * Hard links are looked at when root is CONTEXT_ROOT. */
must_check int context_apply_ignore(const struct context_tree *t, uint32_t root,
				    const struct ignore *ig,
				    struct context_verdict *v, struct err *err);

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
	return v[i].counted_elsewhere ? 0 : t->entries[i].size;
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
