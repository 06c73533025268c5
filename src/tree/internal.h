/* SPDX-License-Identifier: Apache-2.0 */
/* tree/internal.h - the arrays of a tree (private to the folder). */
#pragma once
#include "tree/tree.h"

/* What tree_top and tree_name say, where every node is asked. */
static inline const struct tree_entry *node_top(const struct tree *t,
						uint32_t node)
{
	uint32_t top = t->nodes[node].top;
	if (top == TREE_NONE || t->entries[top].died != TREE_ALIVE)
		return NULL;
	return &t->entries[top];
}

static inline struct str node_name(const struct tree *t, uint32_t node)
{
	const char *p = t->names.p + t->nodes[node].name;
	return (struct str){ p + 1, (uint8_t)p[0] };
}

/* tree.c */
struct str meta_xattrs(const struct tree *t, const struct tree_meta *m);
