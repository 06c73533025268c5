/* SPDX-License-Identifier: Apache-2.0 */
/* tree/compare.h - every difference of two trees. */
#pragma once
#include "tree/tree.h"

enum tree_field {
	FIELD_PRESENCE, /* only one tree has the path */
	FIELD_TYPE,
	FIELD_MODE,
	FIELD_UID,
	FIELD_GID,
	FIELD_MTIME,
	FIELD_TARGET,
	FIELD_DEVICE,
	FIELD_CONTENT, /* "SIZE sha256:HEX" */
	FIELD_XATTR,   /* what "xattrs" names in an ignore list */
	FIELD_LINKS,   /* first name of the hard-link group */
	FIELDS,
};
extern const char *const tree_field_name[FIELDS];

/* Values as text; for FIELD_PRESENCE "present" and "absent"; for xattrs
 * "NAME=VALUE" with quoted bytes, "" when it has none. */
struct tree_difference {
	struct str path;
	const char *field; /* one of tree_field_name */
	struct str a, b;
};
typedef int tree_difference_fn(void *self, const struct tree_difference *d,
			       struct err *err);

/* Calls fn for each difference, in listing order; fields whose bit (1 << field)
 * is set in ignore are not looked at. *n counts them. A path of which only one
 * tree has anything is one difference, with no fields of its own. */
must_check int tree_compare(const struct tree *a, const struct tree *b,
			    unsigned ignore, tree_difference_fn *fn, void *self,
			    uint64_t *n, struct err *err);
