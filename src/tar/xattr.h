/* SPDX-License-Identifier: Apache-2.0 */
/* tar/xattr.h - extended attributes out of PAX records.
 *
 * "SCHILY.xattr.NAME" carries the raw value, as star, GNU tar, docker and
 * podman write it; "LIBARCHIVE.xattr.NAME" has the name URL-encoded and the
 * value in base64, and counts only where no SCHILY record has that name.
 * GNU tar's RHT.security.selinux is not read: no engine reads it, and they
 * label files themselves. An empty value is a value, as for GNU tar, although
 * PAX lets an empty value take a key back (and Go's archive/tar leaves it
 * out). */
#pragma once
#include "base/limits.h"
#include "tar/tar.h"

struct xattr_item {
	struct tar_xattr x;
	bool schily;
	uint32_t order;
};

struct xattr_list {
	struct xattr_item *v;
	size_t n, cap;
	struct tar_xattr *out; /* the result of tar_xattr_settle */
	size_t out_cap;
};

void tar_xattr_list_done(struct xattr_list *l);
static inline void xattr_list_reset(struct xattr_list *l)
{
	l->n = 0;
}

/* Adds the record when it is an xattr, else does nothing. Borrows key and
 * value, and decodes them where they lie: they must be writable. */
must_check int tar_xattr_add(struct xattr_list *l, const struct limits *lim,
			     struct str key, struct str value, struct err *err);
/* Sorted by name, one of each. Borrowed from l until it changes. */
must_check int tar_xattr_settle(struct xattr_list *l,
				const struct tar_xattr **v, size_t *n,
				struct err *err);
