/* SPDX-License-Identifier: Apache-2.0 */
/* tree/groups.h - hard-link groups by their first name (private). */
#pragma once
#include "tree/internal.h"

/* Inodes with several names and the node of their first one, in the order in
 * which a walk meets them. */
struct groups {
	struct id_table table;
	struct group {
		uint32_t inode, node;
	} * v;
	uint32_t n, cap;
};

void tree_groups_done(struct groups *g);
/* The node under which the inode was met first; this one, if it is new. */
must_check int tree_groups_first(struct groups *g, uint32_t inode,
				 uint32_t node, uint32_t *first,
				 struct err *err);
