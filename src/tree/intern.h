/* SPDX-License-Identifier: Apache-2.0 */
/* tree/intern.h - what a tree keeps once: names, owners, contents (private to
 * the tree's files). */
#pragma once
#include "tree/internal.h"

/* A node's next while it is in no list of children. */
#define NODE_APART (UINT32_MAX - 1)

/* The node of a name below a parent; made when it is not there. */
must_check int tree_node_get(struct tree *t, uint32_t parent, struct str name,
			     uint32_t *out, struct err *err);
/* TREE_NONE when there is none. */
uint32_t tree_node_find(const struct tree *t, uint32_t parent, struct str name);

must_check int tree_meta_intern(struct tree *t, const struct tree_meta *m,
				uint32_t *out, struct err *err);
/* coded as layer_xattr_code does; empty gives 0. */
must_check int tree_xattrs_intern(struct tree *t, struct str coded,
				  uint32_t *out, struct err *err);
/* sha256 has 32 bytes and tells contents apart. */
must_check int tree_content_intern(struct tree *t, const uint8_t *sha256,
				   uint64_t size, uint32_t *out,
				   struct err *err);
