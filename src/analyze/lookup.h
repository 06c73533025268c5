/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/lookup.h - names as files and links inside an image give them. */
#pragma once
#include "tree/tree.h"

/* The node that a path means in the final tree; "." and ".." are resolved by
 * their letters, and the first part may be a link (/bin, /lib, since systems
 * have merged them into /usr). A leading "/" says nothing. TREE_NONE: nothing
 * stands there. */
must_check int lookup_path(const struct tree *t, struct str path, uint32_t *out,
			   struct err *err);
/* The node that a symbolic link's target names. */
must_check int lookup_target(const struct tree *t, uint32_t link, uint32_t *out,
			     struct err *err);
/* A name of a directory in the final tree, or TREE_NONE. */
must_check int lookup_child(const struct tree *t, uint32_t dir, struct str name,
			    uint32_t *out, struct err *err);
