/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/lookup.h - paths as files and symlinks inside an image give them. */
#pragma once
#include "tree/tree.h"

/* The node of a path in the final tree. "." and ".." are resolved by the text
 * alone. If the first component is a symlink, it is followed (/bin, /lib, since
 * systems have merged them into /usr); others are not. A leading "/" says
 * nothing. TREE_NONE: nothing is there. */
must_check int analyze_find_path(const struct tree *t, struct str path,
				 uint32_t *out, struct err *err);
/* The node that the target of a symlink names. */
must_check int analyze_find_target(const struct tree *t, uint32_t link,
				   uint32_t *out, struct err *err);
/* The child of a directory in the final tree, or TREE_NONE. */
must_check int analyze_find_child(const struct tree *t, uint32_t dir,
				  struct str name, uint32_t *out,
				  struct err *err);
