/* SPDX-License-Identifier: Apache-2.0 */
/* context/files/file_tree.h - the files of a build context, as they lie on
 * disk.
 *
 * Names and sizes only: no file is opened, no symlink followed. The tree is one
 * array in breadth-first order: a directory's children are neighbours, sorted
 * by the bytes of their names, behind everything of their parent's level.
 *
 *   a/b/x, a/c, d    0 root | 1 a, 2 d | 3 b, 4 c | 5 x
 *
 * A parent always has the smaller number. So what children inherit is one pass
 * forwards, what directories sum up is one pass backwards, and nothing recurses
 * however deep a hostile tree is. */
#pragma once
#include "base/arena.h"
#include "base/limits.h"

enum context_type {
	CONTEXT_FILE,
	CONTEXT_DIR,
	CONTEXT_LINK,
	CONTEXT_SPECIAL, /* a fifo, a device */
	CONTEXT_SOCKET,	 /* no builder sends it */
};

enum { CONTEXT_ROOT = 0, CONTEXT_NONE = UINT32_MAX };

struct context_entry {
	const char *name;  /* not ended by a NUL; see context_name */
	uint64_t size;	   /* of a regular file, holes too; else 0 */
	uint32_t parent;   /* the root is its own parent */
	uint32_t first, n; /* children: entries first to first + n - 1 */
	uint16_t name_n;
	uint8_t type; /* enum context_type */
};

/* One name of a file that has several. The same dev and ino: the same file. */
struct context_inode {
	uint64_t dev, ino;
	uint32_t entry;
};

/* A directory that could not be read. */
struct context_unread {
	uint32_t entry;
	int sys; /* errno */
};

struct context_tree {
	struct arena arena; /* names */
	struct context_entry *entries;
	uint32_t n, cap;
	struct context_inode *inodes; /* sorted: dev, ino, entry */
	uint32_t n_inodes, cap_inodes;
	struct context_unread *unread;
	uint32_t n_unread, cap_unread;
};

/* Reads all below rootfd (borrowed). A directory that cannot be read, or
 * whose path is longer than the system opens, is noted and left empty.
 * ERR_LIMIT: limits.entries_max; ERR_CANCELLED; ERR_NOMEM. Release with
 * context_tree_done either way. */
must_check int context_walk(int rootfd, unsigned threads,
			    const struct limits *lim, struct context_tree *out,
			    struct err *err);
void context_tree_done(struct context_tree *t);

static inline struct str context_name(const struct context_tree *t, uint32_t i)
{
	return (struct str){ t->entries[i].name, t->entries[i].name_n };
}

/* Appends the path below `from`; nothing for `from` itself. */
must_check int context_path(const struct context_tree *t, uint32_t from,
			    uint32_t i, struct buf *out, struct err *err);
/* The child of that name, or CONTEXT_NONE. */
uint32_t context_child(const struct context_tree *t, uint32_t dir,
		       struct str name);
