/* SPDX-License-Identifier: Apache-2.0 */
/* tree/internal.h - the arrays of a tree (private to the folder). */
#pragma once
#include "base/id_table.h"
#include "tree/tree.h"

#define TREE_LARGE UINT32_MAX

/* A path. Names are at most 255 bytes and stand in tree.names behind their
 * length. */
struct tree_node {
	uint32_t parent; /* the root is its own */
	uint32_t child;	 /* first of those that have or had a version */
	uint32_t next;	 /* among its parent's children */
	uint32_t name;	 /* offset in tree.names */
	uint32_t top;	 /* newest version; TREE_NONE: never one */
};

/* Flags that nobody else asks for. */
enum version_flags {
	ENTRY_LOST = 128,     /* listed as an inode without a name */
	ENTRY_SHARED = 256,   /* an inode that links name: tree.shared */
	ENTRY_ODD_TIME = 512, /* mtime is a place in tree.times */
};

/* All of an entry. There are many, so it is small (28 bytes): what few of them
 * need stands in arrays of its own. */
struct version {
	struct tree_entry e; /* first: version_of counts on it */
	uint32_t older;	     /* version below it at this node */
	uint32_t ref;	     /* link: inode's entry; file: tree.contents, or
			      * TREE_NONE when empty; symlink: offset in
			      * tree.targets; device: tree.devices */
	uint32_t meta;	     /* of the inode: tree.metas */
	uint32_t mtime;	     /* of the inode: seconds; see tree_mtime */
};

struct tree_shared {
	uint32_t inode; /* an entry */
	struct tree_fate fate;
};

struct tree_content {
	uint8_t sha256[32];
	uint32_t size; /* TREE_LARGE and more: tree.large */
};
/* A size that has no room where it belongs, by rising id. */
struct tree_odd {
	uint32_t id;
	uint64_t size;
};

/* An instant in 12 bytes: builders that keep nanoseconds have one a file. */
struct tree_time {
	uint32_t s_low;
	int32_t s_high;
	uint32_t ns;
};

struct tree {
	const struct limits *lim;
	struct tree_node *nodes;
	struct version *entries;
	struct tree_meta *metas;
	struct tree_content *contents;
	struct tree_device *devices;
	struct tree_odd *odd;	/* payloads of entries */
	struct tree_odd *large; /* sizes of contents */
	struct tree_shared *shared;
	struct tree_time *times; /* what are no seconds of 32 bits */
	uint32_t *costs; /* compressed bytes an entry, saturating; NULL until a
			  * layer is compressed */
	uint32_t *xattr_sets; /* offsets in tree.xattrs */
	struct engine_note *notes;
	struct tree_marker *markers; /* by rising layer */
	struct tree_layer *layers;
	uint32_t n_nodes, n_entries, n_metas, n_contents, n_devices, n_odd,
		n_large, n_shared, n_times, n_xattr_sets, n_notes, n_markers,
		n_layers;
	uint32_t cap_nodes, cap_entries, cap_metas, cap_contents, cap_devices,
		cap_odd, cap_large, cap_shared, cap_times, cap_costs,
		cap_xattr_sets, cap_notes, cap_markers, cap_layers;
	uint64_t link_bytes; /* held against link_bytes_max */
	struct buf names, targets, xattrs;
	struct id_table by_name, by_meta, by_content, by_xattrs, by_inode;
};

static inline const struct version *version_of(const struct tree_entry *e)
{
	return (const struct version *)e;
}

static inline const struct tree_entry *entry_inode(const struct tree *t,
						   const struct tree_entry *e)
{
	return tree_is_link(e) ? &t->entries[version_of(e)->ref].e : e;
}

static inline uint32_t entry_id(const struct tree *t,
				const struct tree_entry *e)
{
	return (uint32_t)(version_of(e) - t->entries);
}

/* What tree_top and tree_name say, where every node is asked. */
static inline const struct tree_entry *node_top(const struct tree *t,
						uint32_t node)
{
	uint32_t top = t->nodes[node].top;
	if (top == TREE_NONE || t->entries[top].e.died != TREE_ALIVE)
		return NULL;
	return &t->entries[top].e;
}

static inline struct str node_name(const struct tree *t, uint32_t node)
{
	const char *p = t->names.p + t->nodes[node].name;
	return (struct str){ p + 1, (uint8_t)p[0] };
}

/* tree.c */
struct str tree_meta_xattrs(const struct tree *t, const struct tree_meta *m);
